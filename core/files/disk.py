"""Bytes on disk that live and die with the transaction of the row that names them."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from core.data import UserError
from core.data.database import GatedSession

MAX_BYTES = 20 * 1024 * 1024
_BLOCK = 256 * 1024
_PENDING = "zhidu_pending_files"


@dataclass(frozen=True)
class Written:
    """A file that was taken in: where it waits, how large it is, and its SHA-256."""

    path: Path
    size: int
    sha256: str


@contextmanager
def incoming(folder: Path, stream: IO[bytes], most: int | None = None) -> Iterator[Written]:
    """Write an upload into `folder` under a passing name; whatever is not moved away is removed.

    Raises UserError when it is empty or larger than `most` bytes, else MAX_BYTES.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    path = folder / f".incoming-{secrets.token_hex(16)}"
    try:
        yield _write(path, stream, most or MAX_BYTES)
    finally:
        path.unlink(missing_ok=True)


def _write(path: Path, stream: IO[bytes], most: int) -> Written:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as out:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > most:
                limit = most // 1024 // 1024
                raise UserError(
                    "This file is larger than %(limit)s MB. Choose a smaller one.", status=413, limit=limit
                )
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if not size:
        raise UserError("This file is empty. Choose another one.")
    return Written(path, size, digest.hexdigest())


def keep(session: Session, written: Written, target: Path) -> None:
    """Give the file its lasting name at once; a rollback of the session's transaction takes it away again."""
    pending: list[tuple[Path, SessionTransaction | None]] = session.info.setdefault(_PENDING, [])
    pending.append((target, session.get_nested_transaction() or session.get_transaction()))
    written.path.rename(target)


def _belongs(own: SessionTransaction | None, ended: SessionTransaction) -> bool:
    while own is not None and own is not ended:
        own = own.parent
    return own is not None


def _rolled_back(session: Session, ended: SessionTransaction) -> None:
    _forget(session, [path for path, own in session.info.get(_PENDING, ()) if _belongs(own, ended)])


def _committed(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_PENDING, None)


def _ended(session: Session, transaction: SessionTransaction) -> None:
    # A session that is closed without commit or rollback says nothing else.
    if transaction.parent is None:
        _forget(session, [path for path, _ in session.info.get(_PENDING, ())])


def _forget(session: Session, paths: list[Path]) -> None:
    if not paths:
        return
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    session.info[_PENDING] = [each for each in session.info[_PENDING] if each[0] not in paths]


event.listen(GatedSession, "after_soft_rollback", _rolled_back)
event.listen(GatedSession, "after_commit", _committed)
event.listen(GatedSession, "after_transaction_end", _ended)
