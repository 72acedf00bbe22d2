"""One run of pytest, however many processes: its folder, shared by all of them, and locks between them."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "ZHIDU_TEST_RUN"
OWNER = "ZHIDU_TEST_OWNER"
IS_FULL = os.environ.get("ZHIDU_TEST_FULL") == "1"
"""`make test-full`, which takes the long tests too."""


def begin() -> None:
    """Called once, by the process that started pytest; its workers inherit the environment."""
    made = Path(tempfile.mkdtemp(prefix="zhidu-tests-"))
    made.chmod(0o711)  # an ordinary user's PostgreSQL lives in a folder of its own below
    os.environ[FOLDER] = str(made)
    os.environ[OWNER] = str(os.getpid())


def end() -> None:
    """Remove everything that the run left behind."""
    shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)
    os.environ.pop(OWNER)


def path() -> Path:
    return Path(os.environ[FOLDER])


def cache() -> Path:
    """Where every installation of the run keeps what can be made anew."""
    return path() / "cache"


def owner() -> int:
    """Process id of the pytest that outlives all workers."""
    return int(os.environ[OWNER])


@contextmanager
def lock(name: str) -> Iterator[None]:
    """Hold back the other test processes while one makes what all of them share."""
    with (path() / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def kills(backend: str) -> int:
    """How often a test kills what it tests: again and again in `make test-full`, on the database of an office."""
    return 20 if IS_FULL and backend == "postgresql" else 3
