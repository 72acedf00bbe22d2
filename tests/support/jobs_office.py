"""A small application with jobs of its own, for tests in this process and for real worker processes.

A chunk inserts one row. Its table has no key, so that a chunk done twice is seen.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.orm import Session

import core.people.models  # noqa: F401 - foreign keys to people resolve
from core.branches import Branch, BranchPlugin, branch_scope, current_branch_id
from core.data import Base, UserError
from core.data.database import Database
from core.installation import EXTENSION, Installation
from core.jobs import queue, storage
from core.jobs.kinds import Done, JobContext, JobKind, Planned
from core.jobs.models import Job
from core.jobs.worker import WorkerOptions, run_worker
from core.settings import Settings

QUICK = WorkerOptions(poll=0.05, beat=0.2, dead_after=1.0, recheck=0.5)


trace = Table(
    "office_trace", MetaData(), *(Column(name, Integer) for name in ("branch_id", "job_id", "number"))
)


@dataclass
class Office:
    """The application, its database and one branch where the plugin `office` is on."""

    app: Flask
    database: Database
    branch_id: int

    def start(self, kind: str = "office.count", single_key: str | None = None, **params: Any) -> int:
        with self.app.app_context(), branch_scope(self.branch_id), self.database.sessions.begin() as session:
            return queue.start(session, kind, params, single_key=single_key).id

    def cancel(self, job_id: int) -> None:
        with self.app.app_context(), branch_scope(self.branch_id), self.database.sessions.begin() as session:
            queue.cancel(session, job_id)

    def job(self, job_id: int) -> Job:
        with branch_scope(self.branch_id), self.database.sessions() as session:
            return session.scalars(select(Job).where(Job.id == job_id)).one()

    def numbers(self, job_id: int) -> list[int]:
        """The chunks that took effect, in order."""
        with branch_scope(self.branch_id), self.database.sessions() as session:
            mine = trace.c.job_id == job_id, trace.c.branch_id == self.branch_id
            return list(session.scalars(select(trace.c.number).where(*mine).order_by(trace.c.number)))

    def switch(self, on: bool) -> None:
        with self.database.sessions.begin() as session:
            session.scalars(select(BranchPlugin)).one().enabled = on

    def work(self, *jobs: int, options: WorkerOptions = QUICK) -> None:
        """A worker in this process, until the jobs are over."""
        stop = threading.Event()
        worker = threading.Thread(target=run_worker, args=(self.app, options), kwargs={"stop": stop})
        worker.start()
        try:
            while worker.is_alive() and any(self.job(each).is_live for each in jobs):
                time.sleep(0.02)
        finally:
            stop.set()
            worker.join()


# ---------------------------------------------------------------- kinds


def plan(session: Session, job: JobContext) -> Planned:
    chunks = [{"number": number} for number in range(job.params.get("chunks", 5))]
    return Planned(chunks, total=len(chunks) * 10)


def count(session: Session, job: JobContext, chunk: dict[str, Any]) -> Done:
    if chunk["number"] == job.params.get("refuse_at"):
        raise UserError("Chunk %(number)s is refused.", number=chunk["number"])
    _note(session, job, chunk["number"])
    if chunk["number"] == job.params.get("break_at"):
        session.add(Branch(code="here", name_zh="重复", name_en="twice"))  # breaks a unique key
        session.flush()
    time.sleep(job.params.get("pause", 0))
    return Done(10, {"even" if chunk["number"] % 2 == 0 else "odd": 1})


def _note(session: Session, job: JobContext, number: int) -> None:
    values = {"branch_id": current_branch_id(), "job_id": job.job_id, "number": number}
    session.execute(insert(trace).values(**values))


def finish(session: Session, job: JobContext) -> None:
    _note(session, job, 1000)


def cancelled(session: Session, job: JobContext) -> None:
    _note(session, job, -1)


def with_savepoint(session: Session, job: JobContext, chunk: dict[str, Any]) -> Done:
    """Writes inside a savepoint first, then breaks: nothing of it may stay."""
    with session.begin_nested():
        _note(session, job, chunk["number"])
    raise ValueError("broken after the savepoint")


KINDS = [
    JobKind("office.count", "Count", "office.trace", "run", plan, count, finish, cancelled),
    JobKind("office.savepoint", "Savepoint", "office.trace", "run", plan, with_savepoint),
]


# ---------------------------------------------------------------- making and running


def make(url: str, home: Path) -> Office:
    """A fresh office: tables, a branch, the plugin switched on."""
    home.mkdir(exist_ok=True)
    database = Database(url)
    Base.metadata.create_all(database.engine)
    trace.create(database.engine)
    storage.migrate(database)
    with database.sessions.begin() as session:
        branch = Branch(code="here", name_zh="这里", name_en="Here")
        session.add(branch)
        session.flush()
        session.add(BranchPlugin(branch_id=branch.id, plugin="office"))
        branch_id = branch.id
    return Office(_app(database, home), database, branch_id)


def _app(database: Database, home: Path) -> Flask:
    app = Flask(__name__)
    settings = Settings(0, database.url, home, "secret", home)
    app.extensions[EXTENSION] = Installation(
        settings, database, host=None, jobs={each.id: each for each in KINDS}
    )
    return app


def main() -> None:
    """A worker process: `jobs_office.py DATABASE_URL HOME`."""
    run_worker(_app(Database(sys.argv[1]), Path(sys.argv[2])), QUICK)


if __name__ == "__main__":
    main()
