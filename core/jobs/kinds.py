"""What a plugin declares about long-running work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

Chunk = dict[str, Any]
"""A JSON-able description of one chunk of work."""


@dataclass(frozen=True)
class JobContext:
    """What a running job knows of itself. `params` are what it was started with; `branch_id` is where it acts."""

    job_id: int
    branch_id: int
    started_by: int | None
    params: dict[str, Any]


@dataclass(frozen=True)
class Planned:
    """The chunks of a job in order, and how many units (accounts, rows) they hold together."""

    chunks: list[Chunk]
    total: int


@dataclass(frozen=True)
class Done:
    """What one chunk did: `units` finished, and counters added up over the job (bills, skipped, ...)."""

    units: int
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class JobKind:
    """Long-running work in chunks.

    `plan`, `work` and `finish` each run inside one transaction, in the scope of the job's branch. Each chunk takes
    effect exactly once, also when the worker is killed in the middle. `entity` and `right` say who may start, see
    and cancel it; `result_endpoint` is called with `id` = the job's `subject_id` when it is done. `daily` answers, over
    all branches, in which ones the worker is to start it now and with which params: what is due there once a day.
    """

    id: str
    label: Any
    entity: str
    right: str
    plan: Callable[[Session, JobContext], Planned]
    work: Callable[[Session, JobContext, Chunk], Done]
    finish: Callable[[Session, JobContext], None] | None = None
    cancelled: Callable[[Session, JobContext], None] | None = None
    result_endpoint: str = ""
    daily: Callable[[Session], Sequence[tuple[int, dict[str, Any]]]] | None = None
