"""Jobs as durable workflows of DBOS: what was done stays done, whatever happens to the process.

Every step is a transaction of the project's own engine and gated sessions. Its mark in the table
`datasource_outputs` and its rows commit together, so a step that is run again after a kill answers from its mark.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID, SQLAlchemyDatasource
from flask import Flask

from core.data.errors import SetupError
from core.installation import Installation
from core.jobs import storage
from core.jobs.engine_log import LEVEL, quiet
from core.jobs.steps import Signal, Steps, WorkFailedError, WorkStoppedError, passes_by_itself

APPLICATION = "zhidu"
QUEUE = "zhidu-jobs"

APPLICATION_VERSION = "1"
"""The version of the workflow below, not of the program.

The engine resumes only runs of its own version, by default a hash of the source, so that an upgrade would leave
unfinished runs lying. A run is plan, chunks, end: this order has not changed since version 1, so the runs of an older
program go on under a newer one. Change it only with the order of the steps, and only after the workers ran empty.
"""

MOST_RECOVERIES = 100
"""A job that takes its worker down each time is given up after so many attempts, and then failed."""

UNFINISHED = frozenset({"ENQUEUED", "DELAYED", "PENDING"})


class WorkerEnds(BaseException):
    """Leaves a run between two chunks, or a long chunk, which is rolled back; the next worker resumes it.

    Like SystemExit it is no Exception: the engine records those as the run's result.
    """


class Runs:
    """The engine in this process, for one application. At most one at a time.

    Once `ending` is set no further chunk is begun.
    """

    def __init__(self, app: Flask, installed: Installation, ending: threading.Event) -> None:
        self.app = app
        self.database = installed.database
        self._ending = ending
        self._busy = 0
        self._idle = threading.Condition()

    def launch(self, executor_id: str, *, at_once: int, poll: float) -> None:
        """Start the engine; runs that `executor_id` left unfinished go on. Changes no table.

        `at_once` is how many jobs this process works on at the same time, `poll` is in seconds.
        """
        if not storage.ready(self.database):
            raise SetupError("the tables of the jobs are missing or old; run: zhidu migrate")
        quiet()
        DBOS(config=self._config(executor_id))
        self._workflow = DBOS.workflow(name="zhidu.job", max_recovery_attempts=MOST_RECOVERIES)(
            self._run_job()
        )
        self._source = SQLAlchemyDatasource.create(
            self.database.url,
            engine=self.database.engine,
            schema=None if self.database.is_sqlite else storage.SCHEMA,
            sessionmaker=self.database.sessions,
            run_migrations=False,
        )
        DBOS.launch()
        DBOS.register_queue(
            QUEUE, worker_concurrency=at_once, polling_interval_sec=poll, on_conflict="always_update"
        )

    def enqueue(self, workflow_id: str, job_id: int, branch_id: int, run_key: str) -> None:
        """Hand a job to whichever worker is free. Handing it over twice is the same as once."""
        with SetWorkflowID(workflow_id):
            DBOS.enqueue_workflow(QUEUE, self._workflow, job_id, branch_id, run_key)

    def state(self, workflow_id: str) -> str | None:
        """The engine's word for how a run stands; None when it never heard of it."""
        status = DBOS.get_workflow_status(workflow_id)
        return None if status is None else status.status

    def adopt(self, executor_id: str) -> int:
        """Take the unfinished runs of a worker that is gone; answers how many."""
        return len(DBOS._recover_pending_workflows([executor_id]))

    def finish_chunks(self) -> None:
        """Wait, once `ending` is set, until the chunks in hand are done; the next worker does the rest."""
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0)

    def close(self) -> None:
        """Shut the engine down."""
        DBOS.destroy(destroy_registry=True)

    def _config(self, executor_id: str) -> DBOSConfig:
        # Nothing leaves the machine: no conductor key, no OTLP endpoints.
        return DBOSConfig(
            name=APPLICATION,
            application_version=APPLICATION_VERSION,
            executor_id=executor_id,
            system_database_url=storage.system_url(self.database),
            dbos_system_schema=storage.SCHEMA,
            sys_db_pool_size=8,
            run_migrations=False,
            enable_otlp=False,
            log_level=LEVEL,
        )

    @property
    def isolation(self) -> str:
        """PostgreSQL: as in web requests, since the same functions of a plugin run in both and lock what they
        depend on; the engine's default, SERIALIZABLE, would redo whole chunks for conflicts that are none.
        SQLite has one writer at a time and knows no weaker level worth having.
        """
        return "SERIALIZABLE" if self.database.is_sqlite else "READ COMMITTED"

    def _run_job(self) -> Callable[[int, int, str], None]:
        def run_job(job_id: int, branch_id: int, run_key: str) -> None:
            steps = Steps(self.app, job_id, branch_id, run_key, self._demand_time)
            with self._at_work():
                try:
                    self._follow(steps)
                except Exception as error:
                    if not isinstance(error, WorkFailedError) and not passes_by_itself(error):
                        raise  # the engine's own: this process has lost the run to another
                    self._step("fail", steps.fail, error)

        return run_job

    def _follow(self, steps: Steps) -> None:
        signal, index, count = self._step("plan", steps.plan)
        while signal == Signal.GO and index < count:
            try:
                signal = self._step("chunk", steps.chunk, index)
            except WorkStoppedError:
                signal = Signal.CANCEL
            index += 1
        self._step("end", steps.end, signal)

    def _demand_time(self) -> None:
        if self._ending.is_set():
            raise WorkerEnds

    def _step(self, name: str, step: Callable[..., Any], *args: Any) -> Any:
        self._demand_time()
        options: Any = {"name": name, "isolation_level": self.isolation}
        return self._source.run_tx_step(options, lambda: step(self._source.sql_session(), *args))

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        with self._idle:
            self._busy += 1
        try:
            yield
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()
