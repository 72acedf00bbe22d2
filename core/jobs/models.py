"""Jobs as rows: who started what where, how far it is; and the workers that are alive."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.branches.models import BranchOwned
from core.data import Base, Unrecorded, clock

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
LIVE = (QUEUED, RUNNING)
FINAL = (DONE, FAILED, CANCELLED)

_IS_LIVE = text("state IN ('queued', 'running')")
_PROGRESS: dict[str, Any] = {"history": False}  # how far it is: every chunk would be an entry


def new_run_key() -> str:
    """Names one attempt at a job for the durable engine."""
    return uuid4().hex


class Job(BranchOwned, Base):
    """Long-running work in a branch.

    `chunks` is the plan, `chunks_done` how many of them took effect; `done` and `total` count what the plan counts
    (accounts, rows); `result` is what a kind keeps that shows it itself. `run_key` makes the engine's name of the
    job unique also after a backup was restored. `single_key` is held by at most one live job of a kind in a branch.
    """

    __tablename__ = "core_job"
    __table_args__ = (
        Index(
            "uq_core_job_live",
            "branch_id",
            "kind",
            "single_key",
            unique=True,
            sqlite_where=_IS_LIVE,
            postgresql_where=_IS_LIVE,
        ),
        Index("ix_core_job_state", "state"),
    )

    kind: Mapped[str] = mapped_column(String(80))
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(20), default=QUEUED)
    total: Mapped[int] = mapped_column(default=0, info=_PROGRESS)
    done: Mapped[int] = mapped_column(default=0, info=_PROGRESS)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict, info=_PROGRESS)
    subject_id: Mapped[int | None]
    single_key: Mapped[str | None] = mapped_column(String(120))
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    started_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    message: Mapped[str | None] = mapped_column(Text)
    message_params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error_reference: Mapped[str | None] = mapped_column(String(20))
    error_place: Mapped[str | None] = mapped_column(Text)
    run_key: Mapped[str] = mapped_column(String(32), default=new_run_key, info=_PROGRESS)
    chunks: Mapped[list[Any] | None] = mapped_column(deferred=True, info=_PROGRESS)
    chunks_done: Mapped[int] = mapped_column(default=0, info=_PROGRESS)
    result: Mapped[dict[str, Any] | None] = mapped_column(deferred=True, info=_PROGRESS)

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def workflow_id(self) -> str:
        """The engine's name of this attempt."""
        return f"job-{self.id}-{self.run_key}"


class Worker(Unrecorded, Base):
    """A worker process, or one that was. `beat` counts up while it lives; `stopped` when it ended in good order."""

    __tablename__ = "core_worker"

    executor_id: Mapped[str] = mapped_column(String(120), unique=True)
    beat: Mapped[int] = mapped_column(default=0)
    heartbeat_at: Mapped[datetime] = mapped_column(default=clock.now)
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    stopped: Mapped[bool] = mapped_column(default=False)
    version: Mapped[str] = mapped_column(String(40), default="")
