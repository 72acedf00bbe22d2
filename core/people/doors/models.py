"""What the doors keep: open sessions, attempts in vain, links to a new password, second factors, keys of programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.data import Base, RowVersion, Unrecorded, clock

BROWSER, TOKEN, PENDING = "browser", "token", "pending"


class LogInSession(Unrecorded, Base):
    """An open session of a browser, or a bearer token; `pending` is a log-in that lacks its second factor.

    The secret itself is with its holder; here is its hash.

    A session that ends is deleted, so nothing is left that could be taken up again.
    """

    __tablename__ = "core_login_session"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    began_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_used_at: Mapped[datetime] = mapped_column(default=clock.now)
    ends_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(45), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")


class DoorCounter(Unrecorded, Base):
    """How often somebody knocked in vain, by account and by address. `key` is a hash: people mistype passwords here."""

    __tablename__ = "core_door_counter"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(64))
    count: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_until: Mapped[datetime | None]


class PasswordLink(Unrecorded, Base):
    """A link with which a person sets a new password, once. `made_by` is the administrator, None for one by mail."""

    __tablename__ = "core_password_link"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ends_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))


class SecondFactor(Unrecorded, Base):
    """A person's authenticator app. The secret is derived from `salt` and the installation's key, so it is not here.

    `last_step` is the half minute of the last code that was taken: no code is taken twice.
    """

    __tablename__ = "core_second_factor"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), unique=True)
    salt: Mapped[str] = mapped_column(String(64))
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class RecoveryCode(Unrecorded, Base):
    """A code for the day when the phone is gone; deleted when it is used."""

    __tablename__ = "core_recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    code_hash: Mapped[str] = mapped_column(String(64))


class FactorDuty(RowVersion, Base):
    """Whoever holds a position, in a branch or everywhere (None), has to have a second factor."""

    __tablename__ = "core_factor_duty"

    position: Mapped[str] = mapped_column(String(80))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("core_branch.id"), index=True)


class ApiKey(Base):
    """A key with which a program acts for a person, through REST only and within `scopes`.

    `scopes` lists `<entity>:<action>`; the one entry `read` stands for whatever the owner may see.
    """

    __tablename__ = "core_api_key"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True)
    label: Mapped[str] = mapped_column(String(80))
    prefix: Mapped[str] = mapped_column(String(16))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any]]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ends_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None] = mapped_column(info={"history": False})
    last_address: Mapped[str] = mapped_column(String(45), default="", info={"history": False})
