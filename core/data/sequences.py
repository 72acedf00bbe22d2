"""Numbers without gaps: a counter that moves in the transaction that uses the number, or not at all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.data.base import Base, Unrecorded


class Sequence(Unrecorded, Base):
    """The last number given out under a name in a branch."""

    __tablename__ = "core_sequence"
    __table_args__ = (UniqueConstraint("branch_id", "name"),)

    branch_id: Mapped[int] = mapped_column(ForeignKey("core_branch.id"))
    name: Mapped[str] = mapped_column(String(60))
    last: Mapped[int] = mapped_column(BigInteger, default=0)


def next_number(session: Session, branch_id: int, name: str) -> int:
    """The next number, from 1. It is locked until the transaction ends, and given out again if that rolls back."""
    step = (
        update(Sequence)
        .where(Sequence.branch_id == branch_id, Sequence.name == name)
        .values(last=Sequence.last + 1)
        .returning(Sequence.last)
        .execution_options(synchronize_session=False)
    )
    number = session.scalar(step)
    if number is None:
        session.execute(_begin_at_zero(session, branch_id, name))
        number = session.scalars(step).one()
    return number


def _begin_at_zero(session: Session, branch_id: int, name: str) -> Any:
    # Two transactions may both find no row: the second waits here, inserts nothing and then counts on.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"branch_id": branch_id, "name": name, "last": 0}
    return insert(Sequence.__table__).values(row).on_conflict_do_nothing()  # type: ignore[arg-type]
