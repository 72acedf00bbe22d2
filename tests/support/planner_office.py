"""Real worker processes that plan the nights of the shop's branches, for tests that kill them."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass, replace
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from company import Company, app_on
from core.installation import EXTENSION, Installation
from core.jobs.kinds import Chunk, Done, JobContext
from core.jobs.models import Job
from core.jobs.worker import WorkerOptions, run_worker
from core.worklist import planner
from duties import ruled_by
from shop_duties import DUTIES, REMINDED

QUICK = WorkerOptions(poll=0.05, beat=0.2, dead_after=1.0, recheck=0.5, daily=0.2)
PAUSE = 0.05  # seconds that a chunk takes, with its rows written and not yet committed, until `hurry`


def worker_main(url: str, home: Path, now: str, log_file: Path) -> None:
    """A worker whose clock stands still; its planner takes its time."""
    with log_file.open("wb") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
    logging.basicConfig(level=logging.WARNING)
    os.environ.update(ZHIDU_WORKER_ID="planner", ZHIDU_NOW=now)
    app = app_on(url, home)
    installed: Installation = app.extensions[EXTENSION]

    def slowly(session: Session, job: JobContext, chunk: Chunk) -> Done:
        done = planner.PLAN.work(session, job, chunk)
        session.flush()
        if not hurried(home).exists():
            time.sleep(PAUSE)
        return done

    installed.jobs[planner.KIND] = replace(planner.PLAN, work=slowly)
    with ruled_by(Company(app), (*DUTIES, REMINDED)):
        run_worker(app, QUICK)


def hurried(home: Path) -> Path:
    return home / "hurry"


_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["planner_office"])


@dataclass
class PlannerProcess:
    """A real worker with its log."""

    process: ForkServerProcess
    log_file: Path

    @classmethod
    def start(cls, company: Company, now: str) -> PlannerProcess:
        settings = company.installation.settings
        log_file = settings.home / f"planner-{time.monotonic_ns()}.log"
        process = _nursery.Process(
            target=worker_main, args=(settings.database_url, settings.home, now, log_file)
        )
        process.start()
        return cls(process, log_file)

    def kill(self) -> None:
        """kill -9. A worker that had ended by itself is told with its log."""
        if not self.process.is_alive():
            raise AssertionError(f"the worker ended with {self.process.exitcode}:\n{self.log()}")
        os.kill(self.process.pid or 0, signal.SIGKILL)
        self.process.join()

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8") if self.log_file.exists() else ""


def job_of(company: Company, branch: str) -> Any:
    """The planner's latest job of a branch, or None."""
    with company.session(branch) as session:
        found = session.scalar(select(Job).where(Job.kind == planner.KIND).order_by(Job.id.desc()).limit(1))
        session.expunge_all()
        return found


def wait_for_chunks(company: Company, worker: PlannerProcess, branch: str, number: int) -> None:
    """Until so many chunks of the branch's night took effect."""
    while (job := job_of(company, branch)) is None or job.chunks_done < number:
        assert worker.process.is_alive(), worker.log()
        assert job is None or job.is_live, f"{job.state}: {job.message} {job.error_place}\n{worker.log()}"
        time.sleep(0.02)


def wait_until_over(company: Company, worker: PlannerProcess, branch: str) -> None:
    while job_of(company, branch).is_live:
        assert worker.process.is_alive(), worker.log()
        time.sleep(0.05)
