"""Plugins that do not run, and jobs that nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import gettext
from sqlalchemy import select

from core.branches.models import BranchPlugin
from core.data import clock
from core.jobs.models import FAILED, LIVE, QUEUED, Job, Worker
from core.keeping.doctor.findings import FAIL, OK, WARN, Finding, Patient, some
from core.keeping.shapes import version_tables

SILENT = timedelta(seconds=60)
WAITED_LONG = timedelta(minutes=10)
RAN_LONG = timedelta(hours=24)
LATELY = timedelta(days=7)


def plugins(patient: Patient) -> Iterator[Finding]:
    """What was found and does not run."""
    installed = patient.installed.host.installed
    stopped = [each for each in installed if each.state != "active"]
    for each in stopped:
        yield Finding(
            "plugins",
            FAIL,
            gettext("The plugin %(plugin)s does not run: %(error)s", plugin=each.id, error=each.error),
            gettext("Mend it or take it out; zhidu plugin check says more."),
        )
    if not stopped:
        names = ", ".join(each.id for each in installed) or "-"
        yield Finding("plugins", OK, gettext("Every plugin runs: %(plugins)s.", plugins=names))


def switches(patient: Patient) -> Iterator[Finding]:
    """Plugins that are on somewhere, or have tables, and are not installed."""
    installed = {each.id for each in patient.installed.host.installed} | {"core"}
    on = set(patient.session.scalars(select(BranchPlugin.plugin).where(BranchPlugin.enabled)))
    tables = set(version_tables(patient.session.connection()))
    missing = sorted((on | tables) - installed)
    if missing:
        yield Finding(
            "switches",
            WARN,
            gettext(
                "Plugins with data here, or switched on, are not installed: %(plugins)s.",
                plugins=some(missing),
            ),
            gettext("Install them again; their data has been kept."),
        )
    else:
        yield Finding("switches", OK, gettext("Every plugin that is switched on is installed."))


def jobs(patient: Patient) -> Iterator[Finding]:
    """Whether somebody does the queued work, and what got stuck."""
    session, now = patient.session, clock.now()
    workers = session.scalars(select(Worker).where(Worker.stopped.is_(False))).all()
    alive = [each for each in workers if now - each.heartbeat_at < SILENT]
    live = session.scalars(select(Job).where(Job.state.in_(LIVE)).order_by(Job.id)).all()
    yield _workers(len(alive), len(live))
    waiting = [each for each in live if each.state == QUEUED and now - each.created_at > WAITED_LONG]
    unknown = [each for each in waiting if each.kind not in patient.installed.jobs]
    long = [each for each in live if each.state != QUEUED and now - (each.started_at or now) > RAN_LONG]
    if unknown:
        kinds = some(sorted({each.kind for each in unknown}))
        yield Finding(
            "jobs",
            WARN,
            gettext("Jobs wait for a plugin that does not run: %(kinds)s.", kinds=kinds),
            gettext("Install or mend the plugin, or stop these jobs."),
        )
    if alive and (stuck := [each.id for each in waiting if each not in unknown]):
        yield Finding(
            "jobs",
            WARN,
            gettext("Jobs have waited for more than ten minutes: %(jobs)s.", jobs=some(stuck)),
            gettext("Start another worker, or look why the running jobs take so long."),
        )
    if long:
        yield Finding(
            "jobs",
            WARN,
            gettext("Jobs have run for more than a day: %(jobs)s.", jobs=some([each.id for each in long])),
            gettext("Look at them under background jobs; stop those that do not move."),
        )
    failed = session.scalars(
        select(Job.id).where(Job.state == FAILED, Job.finished_at > now - LATELY).order_by(Job.id)
    ).all()
    if failed:
        yield Finding(
            "jobs",
            WARN,
            gettext("Jobs failed in the last seven days: %(jobs)s.", jobs=some(failed)),
            gettext("Their pages say why; start them again when the reason is gone."),
        )


def _workers(alive: int, live: int) -> Finding:
    if alive:
        said = gettext("%(alive)s workers are at work; %(live)s jobs wait or run.", alive=alive, live=live)
        return Finding("jobs", OK, said)
    if live:
        said = gettext("No worker is alive, and %(live)s jobs wait.", live=live)
        return Finding("jobs", FAIL, said, gettext("Start zhidu run, or zhidu worker."))
    said = gettext("No worker is alive; no job waits.")
    return Finding("jobs", WARN, said, gettext("Start zhidu run, or zhidu worker, before work is asked for."))
