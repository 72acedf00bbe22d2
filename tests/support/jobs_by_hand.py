"""A job done in this process without the engine: step by step, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from core.branches import branch_scope, system_scope
from core.installation import EXTENSION, Installation
from core.jobs.meanwhile import Meanwhile
from core.jobs.models import LIVE, Job
from core.jobs.steps import Signal, Steps, WorkFailedError, WorkStoppedError


def do_all(app: Flask, stop_at: int = 0) -> list[Job]:
    """Every live job of every branch, in their order, as they are when it is done.

    Each is asked to stop when it says for the `stop_at`th time how far it is.
    """
    installed: Installation = app.extensions[EXTENSION]
    with system_scope("a test does what waits"), installed.database.sessions() as session:
        live = session.scalars(select(Job).where(Job.state.in_(LIVE)).order_by(Job.id)).all()
    return [_do(app, each, _stopping(each, stop_at)) for each in live]


def _stopping(job: Job, stop_at: int) -> Callable[[], None]:
    said = 0

    def pause() -> None:
        nonlocal said
        said += 1
        if said == stop_at:
            Meanwhile(job.workflow_id).ask_to_stop()

    return pause


def _do(app: Flask, job: Job, pause: Callable[[], None]) -> Job:
    database = app.extensions[EXTENSION].database
    steps = Steps(app, job.id, job.branch_id, job.run_key, pause)

    def take(name: str, *args: object) -> object:
        with database.sessions.begin() as session:
            return getattr(steps, name)(session, *args)

    try:
        signal, index, count = take("plan")  # type: ignore[misc]
        while signal == Signal.GO and index < count:
            signal = take("chunk", index)
            index += 1
        take("end", signal)
    except WorkStoppedError:
        take("end", Signal.CANCEL)
    except WorkFailedError as error:
        take("fail", error)
    with branch_scope(job.branch_id), database.sessions() as session:
        return session.scalars(select(Job).where(Job.id == job.id)).one()
