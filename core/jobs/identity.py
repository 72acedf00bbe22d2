"""A worker's name: the same after a restart, and never borne by two live processes of one machine.

The engine gives a worker that starts again the runs that its name had left unfinished.
"""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from core.data.errors import SetupError

MOST_ON_ONE_MACHINE = 64


@contextmanager
def worker_name(home: Path) -> Iterator[str]:
    """ZHIDU_WORKER_ID, or the machine's name with the first free number; held until the block (or process) ends.

    Raises SetupError when ZHIDU_WORKER_ID is borne by another process.
    """
    folder = home / "workers"
    folder.mkdir(exist_ok=True)
    with ExitStack() as held:
        chosen = os.environ.get("ZHIDU_WORKER_ID")
        for name in [chosen] if chosen else _numbered():
            handle = _held(folder / f"{_as_file_name(name)}.lock")
            if handle is not None:
                held.callback(handle.close)
                yield name
                return
        if chosen:
            raise SetupError(f"another worker named {chosen} runs here; set ZHIDU_WORKER_ID to another name")
        raise SetupError(f"{MOST_ON_ONE_MACHINE} workers run here already; stop one first")


def _numbered() -> list[str]:
    return [f"{socket.gethostname()}-{number}" for number in range(1, MOST_ON_ONE_MACHINE + 1)]


def _as_file_name(name: str) -> str:
    return "".join(each if each.isalnum() or each in "-_." else "_" for each in name)


def _held(file: Path) -> IO[str] | None:
    """The lock on `file`; the kernel gives it back when the process ends, however it ends."""
    handle = file.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle
