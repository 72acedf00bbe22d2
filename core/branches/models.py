"""The tree of branches, and which plugin is on where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from core.data import Base, RowVersion, clock
from core.data.clock import DEFAULT_TIME_ZONE

HEAD_OFFICE, REGION, BRANCH = "head_office", "region", "branch"


class Branch(RowVersion, Base):
    """A branch (分支机构): head office, region or branch office. `code` is its short name in addresses and accounts."""

    __tablename__ = "core_branch"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20), default=BRANCH)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("core_branch.id"), index=True)
    time_zone: Mapped[str] = mapped_column(String(40), default=DEFAULT_TIME_ZONE)
    locale: Mapped[str] = mapped_column(String(10), default="zh")
    active: Mapped[bool] = mapped_column(default=True)

    def name(self, locale: str) -> str:
        """The branch's name in `locale`."""
        return self.name_zh if locale.startswith("zh") else self.name_en

    def __str__(self) -> str:
        from flask_babel import get_locale

        return self.name(str(get_locale() or "en"))


class BranchPlugin(Base):
    """A switch: plugin `plugin` is on or off in a branch. No row means off."""

    __tablename__ = "core_branch_plugin"
    __table_args__ = (UniqueConstraint("branch_id", "plugin"),)

    branch_id: Mapped[int] = mapped_column(ForeignKey("core_branch.id"))
    plugin: Mapped[str] = mapped_column(String(40))
    enabled: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))


class BranchOwned:
    """Mixin of every row that belongs to one branch; the gate filters and stamps `branch_id`."""

    @declared_attr
    def branch_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey("core_branch.id"), index=True, sort_order=-5)
