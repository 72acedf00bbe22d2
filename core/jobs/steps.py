"""The steps of a job, each one transaction in the scope of the job's branch.

They know nothing of the engine that calls them. Whatever happens to a worker, a chunk's rows and its place in
`chunks_done` commit together or not at all, and no chunk is done whose place is taken.
"""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from core.branches.scope import branch_scope
from core.branches.switches import CORE, plugins_on
from core.data import UserError, clock
from core.data.marks import N_
from core.history import acting
from core.installation import installation
from core.jobs.kinds import Done, JobKind
from core.jobs.meanwhile import Meanwhile
from core.jobs.models import CANCELLED, DONE, FAILED, LIVE, QUEUED, RUNNING, Job, new_run_key
from core.jobs.queue import context_of, stopped_by_person

log = logging.getLogger(__name__)

PLUGIN_OFF = N_(
    "The plugin was switched off in this branch, so the work was stopped. What was finished before stays."
)
FAULT = N_(
    "The work stopped because of a fault. What was finished before stays. "
    "Tell the administrator the reference number %(reference)s."
)
WHOLE_FAULT = N_(
    "The work stopped because of a fault. Nothing was kept of it. "
    "Tell the administrator the reference number %(reference)s."
)

PASSING_STATES = ("08", "40", "53", "57P")  # classes of PostgreSQL: connection, rollback, resources, shutdown

ResultT = TypeVar("ResultT")


class Signal(StrEnum):
    """What follows a step."""

    GO = "go"
    CANCEL = "cancel"
    SWITCHED_OFF = "switched_off"
    NOT_HERE = "not_here"  # the plugin does not run in this process: the job goes back into the queue
    OVER = "over"  # the job is over, or another attempt has it


class WorkFailedError(Exception):
    """A step failed. Carries only what may be kept and shown: no SQL, no data."""

    def __init__(
        self, message: str, params: dict[str, Any], reference: str | None = None, place: str | None = None
    ) -> None:
        super().__init__(message, params, reference, place)
        self.message, self.params, self.reference, self.place = message, params, reference, place


class WorkStoppedError(Exception):
    """The job was asked to stop in the middle of a chunk, which has been rolled back."""


class Steps:
    """The steps of one attempt at one job. Each is called with the session of its transaction.

    `pause` is called in the middle of long chunks; what it raises leaves them.
    """

    def __init__(
        self, app: Flask, job_id: int, branch_id: int, run_key: str, pause: Callable[[], None] | None = None
    ) -> None:
        self.app, self.job_id, self.branch_id, self.run_key = app, job_id, branch_id, run_key
        self.pause = pause

    def plan(self, session: Session) -> tuple[str, int, int]:
        """Plan the chunks, once. Answers a signal, the number of the first chunk to do and how many there are."""
        return self._inside(session, self._plan)

    def chunk(self, session: Session, index: int) -> str:
        """Do one chunk, once, unless the job has to stop."""
        return self._inside(session, lambda inner: self._chunk(inner, index), self._reads_first)

    def end(self, session: Session, signal: str) -> None:
        """Finish the job, or note why it stopped."""
        self._inside(session, lambda inner: self._end(inner, Signal(signal)))
        self._meanwhile_over()

    def fail(self, session: Session, error: Exception) -> None:
        """Note a failure; what the person reads is chosen here."""
        known = error if isinstance(error, WorkFailedError) else reported(error, self.job_id)
        self._inside(session, lambda inner: self._fail(inner, known))
        self._meanwhile_over()

    # ------------------------------------------------------------ bodies

    def _plan(self, session: Session) -> tuple[str, int, int]:
        job = self._job(session)
        signal, kind = self._outlook(session, job)
        if job is None or kind is None or signal is not Signal.GO:
            return signal.value, 0, 0
        # Claimed first: someone who cancels at this moment waits, or was first and leaves nothing to claim.
        if not self._change(session, state=RUNNING, started_at=job.started_at or clock.now()):
            return Signal.OVER.value, 0, 0
        if job.chunks is None:
            planned = kind.plan(session, context_of(job))
            self._change(session, chunks=list(planned.chunks), total=planned.total)
            session.refresh(job, ["chunks"])
        return Signal.GO.value, job.chunks_done, len(job.chunks or ())

    def _chunk(self, session: Session, index: int) -> str:
        job = self._job(session)
        signal, kind = self._outlook(session, job)
        if job is None or kind is None or signal is not Signal.GO:
            return signal.value
        if job.chunks_done > index:
            return Signal.GO.value
        watched = replace(context_of(job), told=self._watched(session, job, index))
        done = kind.work(session, watched, (job.chunks or [])[index])
        self._count(session, job, index, done)
        return Signal.GO.value

    def _watched(self, session: Session, job: Job, index: int) -> Callable[[int], None]:
        meanwhile = Meanwhile(job.workflow_id)
        asked = select(Job.cancel_requested).where(Job.id == job.id)

        def told(units: int) -> None:
            if self.pause is not None:
                self.pause()
            with session.no_autoflush:
                if meanwhile.is_asked_to_stop or session.scalar(asked):
                    raise WorkStoppedError
            meanwhile.tell(index, units)

        return told

    def _count(self, session: Session, job: Job, index: int, done: Done) -> None:
        # Last, so that a request to cancel never waits for the chunk's row lock.
        counts = dict(job.counts)
        for name, number in done.counts.items():
            counts[name] = counts.get(name, 0) + number
        taken = self._change(
            session, at_chunk=index, chunks_done=index + 1, done=Job.done + done.units, counts=counts
        )
        if not taken:
            raise RuntimeError(f"chunk {index} of job {job.id} was done elsewhere at the same time")

    def _end(self, session: Session, signal: Signal) -> None:
        job = self._job(session)
        if job is None or not job.is_live or signal is Signal.OVER:
            return
        if signal is Signal.NOT_HERE:
            self._change(session, state=QUEUED, run_key=new_run_key())
            return
        kind = installation().jobs.get(job.kind)
        hook = kind and (kind.finish if signal is Signal.GO else kind.cancelled)
        if hook:
            hook(session, context_of(job))
        message = {Signal.GO: None, Signal.CANCEL: stopped_by_person(kind), Signal.SWITCHED_OFF: PLUGIN_OFF}[
            signal
        ]
        state = DONE if signal is Signal.GO else CANCELLED
        self._change(session, state=state, finished_at=clock.now(), message=message)
        log.info("job %s (%s) is %s", job.id, job.kind, state)

    def _fail(self, session: Session, error: WorkFailedError) -> None:
        kind = self._kind(session)
        whole = error.message == FAULT and kind is not None and kind.whole
        self._change(
            session,
            state=FAILED,
            finished_at=clock.now(),
            message=WHOLE_FAULT if whole else error.message,
            message_params=error.params,
            error_reference=error.reference,
            error_place=error.place,
        )

    # ------------------------------------------------------------ parts

    def _inside(
        self,
        session: Session,
        body: Callable[[Session], ResultT],
        reads_first: Callable[[Session], bool] = lambda _session: False,
    ) -> ResultT:
        with self.app.app_context(), branch_scope(self.branch_id):
            try:
                if not reads_first(session):
                    begin_writing(session)
                with acting(self._started_by(session), f"job {self.job_id}"):
                    result = body(session)
                    session.flush()
                return result
            except (WorkFailedError, WorkStoppedError):
                raise
            except UserError as refusal:
                raise WorkFailedError(refusal.message, _jsonable(refusal.params)) from None
            except Exception as error:
                if passes_by_itself(error):
                    raise  # the engine rolls back and tries the step again
                raise reported(error, self.job_id) from None
            finally:
                installation().database.session.remove()

    def _kind(self, session: Session) -> JobKind | None:
        named = session.scalar(select(Job.kind).where(Job.id == self.job_id))
        return installation().jobs.get(named or "")

    def _reads_first(self, session: Session) -> bool:
        kind = self._kind(session)
        return kind is not None and kind.reads_first

    def _meanwhile_over(self) -> None:
        with self.app.app_context():
            Meanwhile(f"job-{self.job_id}-{self.run_key}").over()

    def _started_by(self, session: Session) -> int | None:
        """Who asked for the job: the history names them for what it does."""
        return session.scalar(select(Job.started_by).where(Job.id == self.job_id))

    def _job(self, session: Session) -> Job | None:
        statement = select(Job).where(Job.id == self.job_id, Job.run_key == self.run_key)
        return session.scalar(statement.execution_options(populate_existing=True))

    def _outlook(self, session: Session, job: Job | None) -> tuple[Signal, JobKind | None]:
        if job is None or not job.is_live:
            return Signal.OVER, None
        kind = installation().jobs.get(job.kind)
        if job.cancel_requested:
            return Signal.CANCEL, kind
        if kind is None:
            return Signal.NOT_HERE, None
        plugin = kind.plugin(job.params)
        if plugin != CORE and plugin not in plugins_on(session, self.branch_id):
            return Signal.SWITCHED_OFF, kind
        return Signal.GO, kind

    def _change(self, session: Session, *, at_chunk: int | None = None, **values: Any) -> bool:
        statement = update(Job).where(Job.id == self.job_id, Job.run_key == self.run_key, Job.state.in_(LIVE))
        if at_chunk is not None:
            statement = statement.where(Job.chunks_done == at_chunk)
        result: Any = session.execute(
            statement.values(**values), execution_options={"synchronize_session": False}
        )
        return bool(result.rowcount)


def begin_writing(session: Session) -> None:
    """Open the transaction for all that follows.

    SQLite's driver begins only before a plain INSERT, UPDATE or DELETE; what a step does first may be something else
    (a savepoint, WITH ... INSERT), and that would take effect outside the step's transaction.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def passes_by_itself(error: Exception) -> bool:
    """A lost connection, a deadlock, a server that restarts, a busy file."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error, OperationalError) and "locked" in str(error.orig)
    return str(state).startswith(PASSING_STATES)


def reported(error: Exception, job_id: int) -> WorkFailedError:
    """Log an unexpected error under a reference number; the answer says only the number and the place."""
    reference = secrets.token_hex(4).upper()
    log.error("job %s failed, reference %s", job_id, reference, exc_info=error)
    return WorkFailedError(FAULT, {"reference": reference}, reference, _place(error))


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if _is_own(each.filename) and each.filename != __file__]
    if not own:
        return type(error).__name__
    last = own[-1]
    return f"{type(error).__name__} in {last.name} ({'/'.join(Path(last.filename).parts[-3:])}:{last.lineno})"


def _is_own(file: str) -> bool:
    return "site-packages" not in file and not file.startswith("<")


def _jsonable(params: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads(json.dumps(params, default=str)))
