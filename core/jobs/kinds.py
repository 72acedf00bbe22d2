"""What a plugin declares about long-running work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

Chunk = dict[str, Any]
"""A JSON-able description of one chunk of work."""


def unheard(_units: int) -> None:
    """For work that nobody watches."""


def about_entity(params: dict[str, Any], right: str = "") -> tuple[str, str]:
    """For `JobKind.about`: the entity that the job was started with, and the right on it, where not always the same."""
    return str(params["entity"]), right or str(params["right"])


@dataclass(frozen=True)
class JobContext:
    """What a running job knows of itself. `params` are what it was started with; `branch_id` is where it acts.

    A long chunk calls `told` now and then with how many of its units are done; where the job has to stop, the chunk
    is left there and rolled back.
    """

    job_id: int
    branch_id: int
    started_by: int | None
    params: dict[str, Any]
    told: Callable[[int], None] = unheard


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
    and cancel it; where both depend on what it was started with, `about` answers them, given its params. A
    `private` one is nobody's but whose who started it. Of a `whole` one nothing stays when it is stopped: it is one
    chunk. `result_endpoint` is called with `id` = the job's `subject_id` when it is done, or the job's own id where
    it `keeps_result` itself. `daily` answers, over all branches, in which ones the worker is to start it now and
    with which params: what is due there once a day. A chunk of one that `reads_first` reads for long and writes at
    its end; until then, nobody waits for it on SQLite either.
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
    about: Callable[[dict[str, Any]], tuple[str, str]] | None = None
    private: bool = False
    whole: bool = False
    keeps_result: bool = False
    reads_first: bool = False

    def judged_by(self, params: dict[str, Any]) -> tuple[str, str]:
        """The entity and the right on it that one needs who has to do with a job of these params."""
        return (self.entity, self.right) if self.about is None else self.about(params)

    def plugin(self, params: dict[str, Any]) -> str:
        """The plugin that has to be on where the job acts."""
        of = self.id if self.about is None else self.about(params)[0]
        return of.partition(".")[0]
