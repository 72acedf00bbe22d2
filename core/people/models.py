"""Who holds which position where, and what a person has chosen for themselves."""

from __future__ import annotations

from datetime import date, datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.branches.models import Branch
from core.data import Base, RowVersion


class Appointment(RowVersion, Base):
    """An appointment (任职): a person holds a position in a branch from a date to a date (both included)."""

    __tablename__ = "core_appointment"
    __table_args__ = (Index("ix_core_appointment_person", "user_id", "branch_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    branch_id: Mapped[int] = mapped_column(ForeignKey("core_branch.id"), index=True)
    position: Mapped[str] = mapped_column(String(80))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    branch: Mapped[Branch] = relationship(Branch)
    user: Mapped[User] = relationship(User)


class PersonProfile(Base):
    """What a person chose: language and active branch; and whether the password has to be changed first."""

    __tablename__ = "core_person_profile"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), unique=True)
    locale: Mapped[str | None] = mapped_column(String(10))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("core_branch.id"))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    sessions_from: Mapped[datetime | None]
