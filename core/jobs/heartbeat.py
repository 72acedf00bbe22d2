"""Who is alive: each worker counts up in its row; whose count stands still is gone.

The observer's own stopwatch measures the standstill, so that machines whose clocks differ agree well enough, and a
clock that tests hold still kills nobody. An error in judgement costs a step done in vain, never one done twice.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import delete, select, update

from core.data import clock
from core.data.database import Database
from core.jobs.models import Worker


@dataclass(frozen=True)
class Gone:
    """A worker that ended or fell silent at `beat`."""

    executor_id: str
    beat: int


class Heartbeat:
    """The heartbeat of one worker, and its view of the others. `dead_after` is in seconds."""

    def __init__(self, database: Database, executor_id: str, dead_after: float) -> None:
        self.database, self.executor_id, self.dead_after = database, executor_id, dead_after
        self._seen: dict[str, tuple[int, float]] = {}

    def beat(self) -> None:
        """Say that this worker lives."""
        with self.database.sessions.begin() as session:
            counted = update(Worker).where(Worker.executor_id == self.executor_id)
            values = {"beat": Worker.beat + 1, "heartbeat_at": clock.now(), "stopped": False}
            result = session.execute(
                counted.values(**values), execution_options={"synchronize_session": False}
            )
            if not result.rowcount:  # type: ignore[attr-defined]
                session.add(Worker(executor_id=self.executor_id, version=_version()))

    def stopped(self) -> None:
        """Say that this worker ends, so that others need not wait for the silence."""
        with self.database.sessions.begin() as session:
            session.execute(update(Worker).where(Worker.executor_id == self.executor_id).values(stopped=True))

    def gone(self) -> list[Gone]:
        """The other workers that ended or have been silent too long."""
        with self.database.sessions() as session:
            others = session.scalars(select(Worker).where(Worker.executor_id != self.executor_id)).all()
        now = time.monotonic()
        self._seen = {each.executor_id: self._since(each, now) for each in others}
        return [
            Gone(each.executor_id, each.beat)
            for each in others
            if each.stopped or now - self._seen[each.executor_id][1] > self.dead_after
        ]

    def forget(self, gone: Gone) -> None:
        """Remove the row of a worker whose runs were adopted, unless it came back meanwhile."""
        with self.database.sessions.begin() as session:
            session.execute(
                delete(Worker).where(Worker.executor_id == gone.executor_id, Worker.beat == gone.beat)
            )

    def _since(self, worker: Worker, now: float) -> tuple[int, float]:
        known = self._seen.get(worker.executor_id)
        return known if known is not None and known[0] == worker.beat else (worker.beat, now)


def _version() -> str:
    try:
        return version("zhidu")
    except PackageNotFoundError:
        return ""
