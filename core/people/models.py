"""Who holds which position where, and what a person has chosen for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.branches.models import Branch
from core.data import Base, RowVersion

REGULAR, ACTING = "regular", "acting"


class Appointment(RowVersion, Base):
    """An appointment (任职): a person holds a position in a branch from a date to a date (both included).

    An acting one has a last day. When it names for whom (代理), it counts only while that person holds the position.
    """

    __tablename__ = "core_appointment"
    __table_args__ = (Index("ix_core_appointment_person", "user_id", "branch_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    branch_id: Mapped[int] = mapped_column(ForeignKey("core_branch.id"), index=True)
    position: Mapped[str] = mapped_column(String(80))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    kind: Mapped[str] = mapped_column(String(10), default=REGULAR, server_default=REGULAR)
    acting_for_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), index=True)

    branch: Mapped[Branch] = relationship(Branch)
    user: Mapped[User] = relationship(User, foreign_keys=[user_id])


class Chosen(NamedTuple):
    """What every request asks of a person's profile, as it was when the request began."""

    locale: str | None
    branch_id: int | None
    must_change_password: bool


class PersonProfile(Base):
    """What a person chose: language and active branch; and whether the password has to be changed first."""

    __tablename__ = "core_person_profile"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), unique=True)
    # What a person looks at is no change that anybody asks about.
    locale: Mapped[str | None] = mapped_column(String(10), info={"history": False})
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("core_branch.id"), info={"history": False})
    must_change_password: Mapped[bool] = mapped_column(default=False)


def chosen_columns() -> tuple[ColumnElement[Any], ...]:
    """The columns of `Chosen`; the last is empty where there is no profile."""
    return tuple(getattr(PersonProfile, name) for name in Chosen._fields)


def chosen(values: Sequence[Any]) -> Chosen | None:
    """What `chosen_columns` gave, or None where there is no profile."""
    return Chosen(*values) if values[-1] is not None else None
