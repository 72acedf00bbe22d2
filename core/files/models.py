"""Files attached to records."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, clock


class StoredFile(BranchOwned, Base):
    """A file of a record; its bytes lie in ZHIDU_HOME under a random name. Removing hides it and keeps the bytes."""

    __tablename__ = "core_file"
    __table_args__ = (Index("ix_core_file_record", "entity", "record_id"),)

    entity: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_as: Mapped[str] = mapped_column(String(120), unique=True)
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    uploaded_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")
