"""The tokens by which records are found, and how far they have been made."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, Unrecorded

LONGEST = 24
TOKEN = String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")
"""In the order of its bytes on both databases, so that everything with one beginning lies together."""


class SearchToken(Unrecorded, BranchOwned, Base):
    """A token of a field of a branch's record: the piece of its value from which on somebody may type.

    One row a token, as a B-tree over plain columns is the only index that PostgreSQL uses behind row-level security:
    the operators of arrays and text vectors may leak, so it keeps them from any index.
    """

    __tablename__ = "core_search_token"
    __table_args__ = (
        Index("ix_core_search_token_record", "field_id", "record_id"),
        {"sqlite_with_rowid": False},
    )

    id = None  # type: ignore[assignment]
    branch_id: Mapped[int] = mapped_column(ForeignKey("core_branch.id"), primary_key=True, sort_order=-5)
    field_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(TOKEN, primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class CommonToken(Unrecorded, Base):
    """A token of a record that belongs to no branch (a person, a branch)."""

    __tablename__ = "core_search_common"
    __table_args__ = (
        Index("ix_core_search_common_record", "field_id", "record_id"),
        {"sqlite_with_rowid": False},
    )

    id = None  # type: ignore[assignment]
    field_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    token: Mapped[str] = mapped_column(TOKEN, primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SearchState(Unrecorded, Base):
    """How far the tokens of a table have been made. `made_as` says by which description, `upto` the last id done."""

    __tablename__ = "core_search_state"

    table_name: Mapped[str] = mapped_column(String(80), unique=True)
    made_as: Mapped[str] = mapped_column(String(16))
    upto: Mapped[int] = mapped_column(BigInteger, default=0)
    done: Mapped[bool] = mapped_column(default=False)
