"""Views of lists that people save, and how each person arranged a list last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, RowVersion, Unrecorded


class ListView(RowVersion, BranchOwned, Base):
    """A view of a list (列表视图) with a name: filters, search and sort as its address has them, and its columns.

    A shared view is everybody's in the branch, or that of whoever holds `position` there.
    """

    __tablename__ = "core_list_view"
    __table_args__ = (
        UniqueConstraint("branch_id", "user_id", "entity", "name"),
        Index("ix_core_list_view_entity", "branch_id", "entity"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    entity: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(60))
    shared: Mapped[bool] = mapped_column(default=False)
    position: Mapped[str | None] = mapped_column(String(80))
    arguments: Mapped[dict[str, Any]]
    columns: Mapped[list[Any]]


class ListHabit(Unrecorded, BranchOwned, Base):
    """How a person arranged a list: its columns (none: as described), their widths in pixels, the view it opens with.

    What a person looks at is no change that anybody asks about, so the history keeps none of it.
    """

    __tablename__ = "core_list_habit"
    __table_args__ = (UniqueConstraint("branch_id", "user_id", "entity"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    entity: Mapped[str] = mapped_column(String(80))
    columns: Mapped[list[Any]] = mapped_column(default=list)
    widths: Mapped[dict[str, Any]] = mapped_column(default=dict)
    view_id: Mapped[int | None] = mapped_column(ForeignKey("core_list_view.id"), index=True)
