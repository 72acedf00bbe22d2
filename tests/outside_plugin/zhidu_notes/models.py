"""The table of notes."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, RowVersion
from zhidu_notes.rules import LONGEST


class NotesNote(RowVersion, BranchOwned, Base):
    """A note."""

    __tablename__ = "notes_note"

    text: Mapped[str] = mapped_column(String(LONGEST))
