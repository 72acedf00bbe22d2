"""Takes files in, hands them out and hides them; always inside the active branch. The caller commits."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError, clock
from core.entities.query import MAX_ID
from core.files import disk
from core.files.kinds import check_content, kind_by_name
from core.files.models import StoredFile
from core.files.names import clean_name
from core.installation import installation

log = logging.getLogger(__name__)


def files_folder() -> Path:
    """Where the bytes of all branches lie."""
    return installation().settings.home / "files"


def store(
    session: Session,
    entity_id: str,
    record_id: int,
    stream: IO[bytes],
    name: str,
    user_id: int | None = None,
    folder: Path | None = None,
    most: int | None = None,
) -> StoredFile:
    """Keep a file with a record that the caller has found through the row gate.

    The bytes are on disk before the transaction commits, and are removed when it does not. Raises UserError for a
    file that is too large (`most` bytes where that is given), empty, of a type that is not taken, or not what its name
    says.
    """
    shown = clean_name(name)
    kind = kind_by_name(shown)
    base = folder or files_folder()
    place = f"{current_branch_id()}/{clock.now().year:04d}"
    with disk.incoming(base / place, stream, most) as written:
        check_content(kind, written.path)
        stored = StoredFile(
            entity=entity_id,
            record_id=record_id,
            name=shown,
            media_type=kind.media_type,
            size=written.size,
            sha256=written.sha256,
            stored_as=f"{place}/{secrets.token_hex(16)}",
            uploaded_by=user_id,
        )
        session.add(stored)
        session.flush()
        disk.keep(session, written, base / stored.stored_as)
    return stored


def find(session: Session, file_id: int) -> StoredFile:
    """The file's row, if it is of this branch and was not removed; else UserError with status 404."""
    statement = select(StoredFile).where(StoredFile.id == file_id, StoredFile.removed_at.is_(None))
    stored = session.scalar(statement) if file_id <= MAX_ID else None
    if stored is None:
        raise UserError("This file is not there any more.", status=404)
    return stored


def open_file(session: Session, file_id: int, folder: Path | None = None) -> tuple[StoredFile, Path]:
    """The row and the path of a file of this branch. UserError with status 404 when it is not to be had."""
    stored = find(session, file_id)
    base = (folder or files_folder()).resolve()
    path = (base / stored.stored_as).resolve()
    if not path.is_relative_to(base) or not path.is_file():
        log.error("the bytes of file %s (%s) are missing", stored.id, stored.stored_as)
        raise UserError("This file is not there any more.", status=404)
    return stored, path


def remove(session: Session, file_id: int) -> StoredFile:
    """Hide a file; its bytes stay, so that it can be brought back."""
    stored = find(session, file_id)
    stored.removed_at = clock.now()
    session.flush()
    return stored


def files_of(session: Session, entity_id: str, record_id: int) -> Sequence[StoredFile]:
    """The files of a record, the latest first."""
    statement = (
        select(StoredFile)
        .where(
            StoredFile.entity == entity_id, StoredFile.record_id == record_id, StoredFile.removed_at.is_(None)
        )
        .order_by(StoredFile.id.desc())
    )
    return session.scalars(statement).all()
