"""What was done, by whom, when, from where; and how far each branch's chain of seals goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, Posted, Unrecorded, clock

ADD, EDIT, DELETE = "add", "edit", "delete"
RESTORE, BRING_BACK = "restore", "bring-back"
CHUNK = "chunk"
LOG_IN, LOG_IN_FAILED, LOG_IN_HELD_OFF, LOG_OUT = (
    "logged_in",
    "log_in_failed",
    "log_in_held_off",
    "logged_out",
)
EXPORT, PRINT = "export", "print"
MOVE, MOVE_ASKED, MOVE_APPROVED, MOVE_DECLINED = "move", "move_asked", "move_approved", "move_declined"

_UNSEALED = text("seal IS NULL")


class HistoryEntry(Unrecorded, Posted, BranchOwned, Base):
    """One thing that was done. Written once, in the transaction of what it tells of; only the seal comes later.

    `branch_id` is where the person acted; none for what is done outside every branch (a log-in, a command over all).
    `for_user_id` is the person acted for, `origin` an address, or `command`, or `job` with its number. `act` is the
    same for everything of one transaction. `changes` is field -> [old, new], or field -> [new] where what stood
    before is not known; `details` tells what is no field's value (how many rows, a file's name, why).
    `sealed_as` counts a branch's sealed entries from 1; see `core.history.chain`.
    """

    __tablename__ = "core_history"
    __table_args__ = (
        UniqueConstraint("branch_id", "sealed_as"),
        Index("ix_core_history_record", "table_name", "record_id"),
        Index(
            "ix_core_history_unsealed",
            "id",
            sqlite_where=_UNSEALED,
            postgresql_where=_UNSEALED,
        ),
    )

    branch_id: Mapped[int | None] = mapped_column(  # type: ignore[assignment]
        ForeignKey("core_branch.id"), sort_order=-5
    )
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), index=True)
    for_user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    origin: Mapped[str] = mapped_column(String(60))
    act: Mapped[str] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(String(40))
    table_name: Mapped[str] = mapped_column(String(80))
    record_id: Mapped[int | None]
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sealed_as: Mapped[int | None] = mapped_column(BigInteger)
    seal: Mapped[str | None] = mapped_column(String(64))


class HistoryHead(Unrecorded, Base):
    """The end of a branch's chain: how many entries are sealed and the last seal. `chain` 0 is that of no branch."""

    __tablename__ = "core_history_head"

    chain: Mapped[int] = mapped_column(unique=True)
    length: Mapped[int] = mapped_column(BigInteger)
    seal: Mapped[str] = mapped_column(String(64))
