"""Uploaded sheets and their rows, kept from the dry run on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, Unrecorded, clock

CHECKING, CHECKED, ACCEPTED, DISCARDED = "checking", "checked", "accepted", "discarded"
OK, WARNING, ERROR = "ok", "warning", "error"


class ImportSheet(BranchOwned, Base):
    """A sheet that was uploaded: checked first, then accepted or discarded, once.

    `content` is the file as long as a worker has yet to check it.
    """

    __tablename__ = "core_import_sheet"

    kind: Mapped[str] = mapped_column(String(80), index=True)
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20), default=CHECKED)
    ok_rows: Mapped[int] = mapped_column(default=0)
    warning_rows: Mapped[int] = mapped_column(default=0)
    error_rows: Mapped[int] = mapped_column(default=0)
    stored_rows: Mapped[int] = mapped_column(default=0)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=clock.now)
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    accepted_at: Mapped[datetime | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, info={"history": False})

    @property
    def rows(self) -> int:
        """All rows under the heading."""
        return self.ok_rows + self.warning_rows + self.error_rows


class ImportRow(Unrecorded, BranchOwned, Base):
    """A row of an uploaded sheet: what was written, what was understood, what was found, and whether it was stored."""

    __tablename__ = "core_import_row"
    __table_args__ = (Index("ix_core_import_row_sheet_number", "sheet_id", "number", unique=True),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("core_import_sheet.id"))
    number: Mapped[int]
    level: Mapped[str] = mapped_column(String(10))
    stored: Mapped[bool] = mapped_column(default=False)
    cells: Mapped[dict[str, Any]] = mapped_column(default=dict)
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    findings: Mapped[list[Any]] = mapped_column(default=list)
