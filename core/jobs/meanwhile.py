"""How far the chunk in hand is, and whether somebody wants it stopped: in small files under ZHIDU_HOME.

A transaction tells nobody anything before it ends, and on SQLite nobody else can write until then: so what is said
meanwhile does not go through the database. On PostgreSQL the request to stop is looked for there too, for workers
whose ZHIDU_HOME is another machine's.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from core.installation import installation
from core.jobs.models import RUNNING, Job

FOLDER = "running"


@dataclass(frozen=True)
class Meanwhile:
    """What is told of one attempt at a job while a chunk of it is in hand."""

    workflow_id: str

    @property
    def _told(self) -> Path:
        return installation().settings.home / FOLDER / self.workflow_id

    @property
    def _stop(self) -> Path:
        return self._told.with_suffix(".stop")

    def done(self, chunk: int) -> int:
        """So many units of a chunk are done; 0 where nothing is told of it."""
        try:
            number, units = self._told.read_text().split()
        except (OSError, ValueError):
            return 0
        return int(units) if int(number) == chunk else 0

    def tell(self, chunk: int, units: int) -> None:
        """Say that so many units of the chunk in hand are done."""
        self._told.parent.mkdir(exist_ok=True)
        fresh = self._told.with_suffix(".new")
        fresh.write_text(f"{chunk} {units}")
        os.replace(fresh, self._told)

    def ask_to_stop(self) -> None:
        """Ask the chunk in hand to be left."""
        self._stop.parent.mkdir(exist_ok=True)
        self._stop.touch()

    @property
    def is_asked_to_stop(self) -> bool:
        return self._stop.exists()

    def over(self) -> None:
        """The attempt has ended: nothing is told any more."""
        for each in (self._told, self._stop):
            each.unlink(missing_ok=True)


def done_of(job: Job) -> int:
    """What is done of a job, with what is told of the chunk in hand."""
    if job.state != RUNNING:
        return job.done
    return min(job.done + Meanwhile(job.workflow_id).done(job.chunks_done), max(job.total, job.done))
