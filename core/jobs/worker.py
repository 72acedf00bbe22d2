"""The worker process: takes queued jobs of every branch, shows that it is alive, adopts the runs of the dead."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from core.branches.scope import system_scope
from core.history import chain
from core.installation import EXTENSION, Installation
from core.jobs.daily import start_daily
from core.jobs.heartbeat import Heartbeat
from core.jobs.identity import worker_name
from core.jobs.models import LIVE, Job
from core.jobs.runs import UNFINISHED, Runs
from core.jobs.steps import Steps
from core.messages.sender import Sender

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WorkerOptions:
    """All times in seconds.

    `poll`: how often the queue is looked at. `beat`: how often the worker says that it lives. `dead_after`: a worker
    that said nothing for so long is taken for dead. `recheck`: how often jobs are compared with the engine's books.
    `at_once`: how many jobs one worker does at the same time. `seal`: how often the history is sealed. `daily`:
    how often is looked for work that is due once a day.
    """

    poll: float = 0.5
    beat: float = 3.0
    dead_after: float = 30.0
    recheck: float = 10.0
    at_once: int = 2
    seal: float = 5.0
    daily: float = 60.0


def run_worker(
    app: Flask, options: WorkerOptions | None = None, *, stop: threading.Event | None = None
) -> None:
    """Work until SIGTERM or SIGINT (or until `stop` is set), then finish the chunks in hand and return.

    The application's database has to be migrated; SetupError says so when it is not. May be killed at any time.
    """
    installed: Installation = app.extensions[EXTENSION]
    by_signal = stop is None
    end = stop or threading.Event()
    with worker_name(installed.settings.home) as name, _signals(end if by_signal else None):
        Worker(app, installed, name, options or WorkerOptions(), end).work()
    if by_signal:
        _leave_parked_threads()


class Worker:
    """One worker process."""

    def __init__(
        self, app: Flask, installed: Installation, name: str, options: WorkerOptions, end: threading.Event
    ) -> None:
        self.app, self.options, self.name = app, options, name
        self.kinds = installed.jobs
        self.database = installed.database
        self.end = end
        self.runs = Runs(app, installed, end)
        self.heartbeat = Heartbeat(self.database, name, options.dead_after)
        self._checked: dict[str, float] = {}
        self._next_beat = 0.0
        self._next_seal = 0.0
        self._next_daily = 0.0
        self._fault: Exception | None = None

    def work(self) -> None:
        """Until `end` is set. Raises what stopped the worker otherwise; whoever started it starts another."""
        self.heartbeat.beat()
        self.runs.launch(self.name, at_once=self.options.at_once, poll=self.options.poll)
        log.info("worker %s is at work", self.name)
        # Not in the calling thread: while a busy database keeps that one waiting, no signal would be heard.
        watch = threading.Thread(target=self._watch, name="zhidu-worker-watch")
        watch.start()
        sending = Sender(self.app, self.name, self.end).start()
        try:
            self.end.wait()
        finally:
            self.end.set()
            self.runs.finish_chunks()
            watch.join()
            sending.join()
            self.runs.close()
            self._say_goodbye()
            log.info("worker %s has ended", self.name)
        if self._fault is not None:
            raise self._fault

    def _watch(self) -> None:
        try:
            with system_scope("the worker takes queued jobs of every branch"):
                self._tick()
                while not self.end.wait(self.options.poll):
                    self._tick()
        except Exception as fault:
            self._fault = fault
            self.end.set()

    def _tick(self) -> None:
        try:
            if time.monotonic() >= self._next_beat:
                self._next_beat = time.monotonic() + self.options.beat
                self.heartbeat.beat()
                self._adopt()
            if time.monotonic() >= self._next_daily:
                self._next_daily = time.monotonic() + self.options.daily
                start_daily(self.app, self.database, self.kinds.values())
            self._dispatch()
            if time.monotonic() >= self._next_seal:
                self._next_seal = time.monotonic() + self.options.seal
                chain.seal(self.database)
        except SQLAlchemyError:
            log.warning("the database did not answer; trying again", exc_info=True)

    def _adopt(self) -> None:
        for gone in self.heartbeat.gone():
            number = self.runs.adopt(gone.executor_id)
            log.warning("worker %s is gone; %s unfinished runs were adopted", gone.executor_id, number)
            self.heartbeat.forget(gone)

    def _dispatch(self) -> None:
        now = time.monotonic()
        self._checked = {each: at for each, at in self._checked.items() if now - at < self.options.recheck}
        with self.database.sessions() as session:
            live = session.scalars(select(Job).where(Job.state.in_(LIVE)).order_by(Job.id)).all()
        for job in live:
            # A kind that is not here waits for a worker that has it, or for its plugin to be mended.
            if job.workflow_id not in self._checked and job.kind in self.kinds:
                self._checked[job.workflow_id] = now
                self._see_to(job)

    def _see_to(self, job: Job) -> None:
        state = self.runs.state(job.workflow_id)
        if state is None:
            self.runs.enqueue(job.workflow_id, job.id, job.branch_id, job.run_key)
        elif state not in UNFINISHED:
            self._fail_if_still_live(job, state)

    def _fail_if_still_live(self, job: Job, state: str) -> None:
        # A run notes its end in the job first: what is live after the engine's end will not end by itself.
        with self.database.sessions.begin() as session:
            same = select(Job.id).where(Job.id == job.id, Job.run_key == job.run_key, Job.state.in_(LIVE))
            if session.scalar(same) is not None:
                error = RuntimeError(f"the engine ended the run with {state}, but the job is not over")
                Steps(self.app, job.id, job.branch_id, job.run_key).fail(session, error)

    def _say_goodbye(self) -> None:
        try:
            self.heartbeat.stopped()
        except SQLAlchemyError:
            log.warning("the database did not answer at the end", exc_info=True)


@contextmanager
def _signals(end: threading.Event | None) -> Iterator[None]:
    if end is None:
        yield
        return
    asked = (signal.SIGTERM, signal.SIGINT)

    def told(*_args: object) -> None:
        for each in asked:  # a second one inside of `set` would wait for itself
            signal.signal(each, signal.SIG_IGN)
        end.set()

    before = [signal.signal(each, told) for each in asked]
    try:
        yield
    finally:
        for each, handler in zip(asked, before, strict=True):
            signal.signal(each, handler)


def _leave_parked_threads() -> None:
    """A run that another worker took over leaves a thread here that waits for its result, and would hold the exit."""
    if any(each.name.startswith("dbos-executor-") for each in threading.enumerate()):
        time.sleep(0.2)  # those without work end by themselves
        if any(each.name.startswith("dbos-executor-") for each in threading.enumerate()):
            logging.shutdown()
            os._exit(0)
