"""A small application with jobs of its own, for tests in this process and for real worker processes.

A chunk inserts one row. Its table has no key, so that a chunk done twice is seen.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from dbos import DBOS
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.orm import Session

import core.people.models  # noqa: F401 - foreign keys to people resolve
import databases
from core.branches import Branch, BranchPlugin, branch_scope, current_branch_id
from core.data import UserError
from core.data.database import Database
from core.handbook.registry import RuleBook
from core.installation import EXTENSION, Installation, installation
from core.jobs import queue, storage
from core.jobs.kinds import Done, JobContext, JobKind, Planned
from core.jobs.meanwhile import done_of
from core.jobs.models import Job
from core.jobs.worker import WorkerOptions, run_worker
from core.settings import Settings

QUICK = WorkerOptions(poll=0.05, beat=0.2, dead_after=1.0, recheck=0.5)


LATER = 1000  # added to the numbers that the next version of the program notes
FINISHED = 9999
NO_STRANGERS = 99
NEXT_VERSION = "2"

trace = Table(
    "office_trace", MetaData(), *(Column(name, Integer) for name in ("branch_id", "job_id", "number"))
)


@dataclass
class Office:
    """The application, its database and one branch where the plugin `office` is on."""

    app: Flask
    database: Database
    branch_id: int

    @contextmanager
    def inside(self) -> Iterator[None]:
        """The application's context and the branch's scope."""
        with self.app.app_context(), branch_scope(self.branch_id):
            yield

    def start(self, kind: str = "office.count", single_key: str | None = None, **params: Any) -> int:
        with self.inside(), self.database.sessions.begin() as session:
            return queue.start(session, kind, params, single_key=single_key).id

    def cancel(self, job_id: int) -> None:
        with self.inside(), self.database.sessions.begin() as session:
            queue.cancel(session, job_id)

    def job(self, job_id: int) -> Job:
        with branch_scope(self.branch_id), self.database.sessions() as session:
            return session.scalars(select(Job).where(Job.id == job_id)).one()

    def numbers(self, job_id: int) -> list[int]:
        """The chunks that took effect, in order."""
        with branch_scope(self.branch_id), self.database.sessions() as session:
            mine = trace.c.job_id == job_id, trace.c.branch_id == self.branch_id
            return list(session.scalars(select(trace.c.number).where(*mine).order_by(trace.c.number)))

    def wait_for_chunks(self, job_id: int, number: int) -> None:
        """Until so many chunks took effect. A job that ends before is an error."""
        while (job := self.job(job_id)).chunks_done < number:
            assert job.is_live, f"the job is {job.state}: {job.message} {job.error_place}"
            time.sleep(0.02)

    def wait_inside(self, job_id: int, units: int) -> None:
        """Until so many units of the chunk in hand are told. A job that ends before is an error."""
        with self.app.app_context():
            while done_of(job := self.job(job_id)) < units:
                assert job.is_live, f"the job is {job.state}: {job.message} {job.error_place}"
                time.sleep(0.02)

    def wait_until_over(self, *jobs: int) -> None:
        while any(self.job(each).is_live for each in jobs):
            time.sleep(0.05)

    def leave_after(self, job_id: int, chunks: int) -> None:
        """A worker in this process, ended in the middle of the job."""
        stop = threading.Event()
        worker = threading.Thread(target=run_worker, args=(self.app, QUICK), kwargs={"stop": stop})
        worker.start()
        self.wait_for_chunks(job_id, chunks)
        stop.set()
        worker.join()

    def hurry(self) -> None:
        """From now on no chunk takes its time."""
        with self.app.app_context():
            _in_a_hurry().touch()

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
    if not _in_a_hurry().exists():
        time.sleep(job.params.get("pause", 0))
    return Done(10, {"even" if chunk["number"] % 2 == 0 else "odd": 1})


def _in_a_hurry() -> Path:
    return installation().settings.home / "hurry"


def _note(session: Session, job: JobContext, number: int) -> None:
    values = {"branch_id": current_branch_id(), "job_id": job.job_id, "number": number}
    session.execute(insert(trace).values(**values))


def finish(session: Session, job: JobContext) -> None:
    _note(session, job, FINISHED)


def cancelled(session: Session, job: JobContext) -> None:
    _note(session, job, -1)


def with_savepoint(session: Session, job: JobContext, chunk: dict[str, Any]) -> Done:
    """Writes inside a savepoint first, then breaks: nothing of it may stay."""
    with session.begin_nested():
        _note(session, job, chunk["number"])
    raise ValueError("broken after the savepoint")


def whole(session: Session, job: JobContext, chunk: dict[str, Any]) -> Done:
    """One long chunk that tells how far it is; 10 units each."""
    for number in range(chunk["parts"]):
        _note(session, job, number)
        job.told((number + 1) * 10)
        if not _in_a_hurry().exists():
            time.sleep(job.params.get("pause", 0))
    return Done(chunk["parts"] * 10)


def plan_whole(session: Session, job: JobContext) -> Planned:
    return Planned([{"parts": job.params["parts"]}], job.params["parts"] * 10)


KINDS = [
    JobKind("office.count", "Count", "office.trace", "run", plan, count, finish, cancelled),
    JobKind("office.savepoint", "Savepoint", "office.trace", "run", plan, with_savepoint),
    JobKind("office.whole", "Whole", "office.trace", "run", plan_whole, whole, finish, cancelled, whole=True),
]


# ---------------------------------------------------------------- making and running


def make(url: str, home: Path) -> Office:
    """A fresh office: tables, a branch, the plugin switched on."""
    home.mkdir(exist_ok=True)
    database = Database(url)
    databases.make_tables(url)
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
    app.extensions[EXTENSION].rules = RuleBook()
    return app


def worker_main(url: str, home: Path, name: str, log_file: Path, version: str) -> None:
    """A worker process. It ends with NO_STRANGERS if it looks for another host."""
    with log_file.open("wb") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
    sys.addaudithook(_stay_at_home)
    logging.basicConfig(level=logging.WARNING)
    os.environ["ZHIDU_WORKER_ID"] = name
    if version == NEXT_VERSION:
        upgrade()
    run_worker(_app(Database(url), home), QUICK)


def upgrade() -> None:
    """The program's next version: the work is done by other code, and the engine knows one workflow more."""

    def later_count(session: Session, job: JobContext, chunk: dict[str, Any]) -> Done:
        return count(session, job, {"number": chunk["number"] + LATER})

    @DBOS.workflow()
    def another_workflow() -> None:
        """Only here so that a hash of the workflows' source would differ."""

    KINDS[0] = replace(KINDS[0], work=later_count)


def _stay_at_home(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo" and args[0] not in (None, "127.0.0.1", "localhost"):
        os._exit(NO_STRANGERS)
    if event == "socket.connect" and isinstance(args[1], tuple) and args[1][0] != "127.0.0.1":
        os._exit(NO_STRANGERS)


# Workers are forked from a process that has imported everything and opened nothing: an import takes seconds.
_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["core.jobs.worker", "core.people.models"])


def migrating(url: str) -> ForkServerProcess:
    """A process that makes the engine's tables."""
    process = _nursery.Process(target=migrate_main, args=(url,))
    process.start()
    return process


def migrate_main(url: str) -> None:
    storage.migrate(Database(url))


@dataclass
class WorkerProcess:
    """A real worker with its log; `name` is its ZHIDU_WORKER_ID."""

    process: ForkServerProcess
    log_file: Path

    @classmethod
    def start(cls, office: Office, name: str, version: str = "") -> WorkerProcess:
        home = office.app.extensions[EXTENSION].settings.home
        log_file = home / f"{name}-{time.monotonic_ns()}.log"
        process = _nursery.Process(
            target=worker_main, args=(office.database.url, home, name, log_file, version)
        )
        process.start()
        return cls(process, log_file)

    @property
    def is_alive(self) -> bool:
        return self.process.is_alive()

    def signal(self, number: signal.Signals) -> None:
        if not self.is_alive:
            raise AssertionError(f"the worker ended with {self.process.exitcode}:\n{self.log()}")
        os.kill(self.process.pid or 0, number)

    def kill(self) -> None:
        """kill -9. A worker that had ended by itself is told with its log."""
        self.signal(signal.SIGKILL)
        self.process.join()

    def stop(self) -> int | None:
        """SIGTERM; answers the exit status."""
        self.signal(signal.SIGTERM)
        self.process.join()
        return self.process.exitcode

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8") if self.log_file.exists() else ""
