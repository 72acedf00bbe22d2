"""A real process that sends from the outbox, as the worker does: `python sending.py NAME`."""

from __future__ import annotations

import sys
import threading

from core.app import create_app
from core.messages.sender import Sender, SenderOptions


def main() -> None:
    options = SenderOptions(poll=0.02, minute=0.0)
    Sender(create_app(), sys.argv[1], threading.Event(), options).run()


if __name__ == "__main__":
    main()
