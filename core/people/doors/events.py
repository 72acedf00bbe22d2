"""What happens at the doors, told in one place: log-ins, refusals, log-outs, keys, second factors."""

from __future__ import annotations

import logging
from typing import Any

log = logging.getLogger(__name__)


def note_event(what: str, user_id: int | None, username: str = "", **details: Any) -> None:
    """Note one event: `what` such as "logged_in", whom it concerns (None: nobody known), the name that was given."""
    said = " ".join(f"{name}={value!r}" for name, value in sorted(details.items()))
    log.info("%s: person %s %r %s", what, user_id, username, said)
