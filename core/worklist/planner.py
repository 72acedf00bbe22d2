"""The planner: once a business day of each branch it says what is late, drops what has lost its ground, counts dates
anew where days off were announced, and plans cadences ahead.

It is a durable job. Every chunk may be done twice with the same outcome; the last one notes the day, so a planner that
was down goes through the days that it missed, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.branches.scope import branch_scope, current_branch_id
from core.branches.setwise import change, fetch, insert_rows, table_of
from core.handbook.kinds import Cadence, Deadline, Obliging
from core.handbook.own.rules import MARK, is_own, own_cadences
from core.handbook.registry import book
from core.history import one_entry
from core.installation import installation
from core.jobs.kinds import Chunk, Done, JobContext, JobKind, Planned
from core.people.access import today_in
from core.workdays.models import ServiceTime, Workday
from core.worklist import rounds, series
from core.worklist.closing import drop
from core.worklist.events import made_before, tell_due
from core.worklist.lateness import fall_late, rules_with_open
from core.worklist.models import Obligation, PlanState
from core.worklist.places import place_of
from core.worklist.recounting import recount_deadline
from core.worklist.ways import is_on, known

KIND = "core.plan"
MOST_MISSED = 400
"""Days that are gone through one by one after a standstill; of a longer one the last so many."""
STATE = table_of(PlanState)


def plan_night(session: Session, day: date, ahead: int = series.AHEAD) -> dict[str, int]:
    """All of a night in the active branch, in one go; for tests, demonstrations and commands."""
    counts: dict[str, int] = {}
    for chunk in chunks_of(session, day):
        for name, number in do(session, chunk, ahead).items():
            counts[name] = counts.get(name, 0) + number
    return counts


def chunks_of(session: Session, day: date) -> list[Chunk]:
    """What is to be done up to a day, in order; nothing where the day was planned and no days off have changed."""
    planned, known = _state(session)
    days_known = days_stamp(session)
    if planned is not None and planned >= day and known == days_known:
        return []
    found: list[Chunk] = []
    obliging = _obliging(session, day)
    for missed in _missed(planned, day):
        found += [{"do": "late", "rule": each, "day": missed.isoformat()} for each in obliging]
    for rule in obliging:
        found.append({"do": "ground", "rule": rule, "day": day.isoformat()})
    for rule in obliging:
        found.append({"do": "ahead", "rule": rule, "day": day.isoformat()})
    return [*found, {"do": "note", "rule": "", "day": day.isoformat(), "known": days_known}]


def do(session: Session, chunk: Chunk, ahead: int = series.AHEAD) -> dict[str, int]:
    """One chunk; answers what it counted."""
    day, rule = date.fromisoformat(chunk["day"]), known(session, chunk["rule"])
    if chunk["do"] == "note":
        _note(session, day, chunk["known"])
    if not isinstance(rule, Obliging):  # gone since the night began
        return {}
    with one_entry(session, Obligation, rule=rule.id, planned=chunk["do"], day=chunk["day"]):
        return _done(session, rule, chunk["do"], day, ahead)


def _done(session: Session, rule: Obliging, what: str, day: date, ahead: int) -> dict[str, int]:
    if what == "late":
        opened = rounds.plan(session, rule, day) if isinstance(rule, Cadence) and rule.round else 0
        return {"planned": opened, "late": fall_late(session, rule, day)}
    if what == "ground":
        return {"dropped": _keep_ground(session, rule), "moved": recount(session, rule, day)}
    if isinstance(rule, Cadence) and not rule.round and _goes_on(session, rule, day):
        planned = series.plan(session, rule, day, ahead)
        if planned:
            made_before(session, rule)
        tell_due(session, rule, day)
        return {"planned": planned}
    return {}


def _goes_on(session: Session, rule: Cadence, day: date) -> bool:
    """Whether a series is in force: an administrator's own may be retired, with something still open."""
    return not is_own(rule) or rule.id in own_cadences(session, current_branch_id(), day)


def recount(session: Session, rule: Obliging, day: date) -> int:
    """Work the dates of what is open and still to come out anew; what had fallen due stays. Answers how many moved."""
    place = place_of(session, current_branch_id())
    if isinstance(rule, Cadence):
        return series.recount(session, rule, day, place)
    return recount_deadline(session, rule, day) if isinstance(rule, Deadline) else 0


def _keep_ground(session: Session, rule: Obliging) -> int:
    return drop(session, rule) if isinstance(rule, Deadline) and rule.entity else 0


def _missed(planned: date | None, day: date) -> Iterator[date]:
    first = day if planned is None else max(planned + timedelta(days=1), day - timedelta(days=MOST_MISSED))
    while first <= day:
        yield first
        first += timedelta(days=1)


def _obliging(session: Session, day: date) -> list[str]:
    """The rules of the plugins that are on here: cadences, and deadlines under which something is open, also of
    administrators' own, whose retired series still have what is owed."""
    some = rules_with_open(session)
    series_here = own_cadences(session, current_branch_id(), day)
    own = sorted({*series_here, *(each for each in some if each.startswith(MARK))})
    return [
        each.id
        for each in book().of_kind(Obliging)
        if (isinstance(each, Cadence) or each.id in some) and is_on(session, each)
    ] + own


def _state(session: Session) -> tuple[date | None, str]:
    rows = fetch(session, select(STATE.c.planned_on, STATE.c.days_known))
    return (rows[0][0], rows[0][1]) if rows else (None, "")


def _note(session: Session, day: date, known: str) -> None:
    change(session, PlanState, delete(STATE))
    insert_rows(session, PlanState, [{"planned_on": day, "days_known": known}])


def days_stamp(session: Session) -> str:
    """Changes whenever anything is said of working days or hours of service, anywhere."""
    parts = []
    for model in (Workday, ServiceTime):
        count, latest = session.execute(select(func.count(model.id), func.max(model.changed_at))).one()
        parts.append(f"{count}@{latest.timestamp() if latest else 0}")
    return " ".join(parts)


# ---------------------------------------------------------------- the job


def to_start(session: Session) -> list[tuple[int, dict[str, Any]]]:
    """The branches whose night has not been planned, with what their job is started with. For the worker."""
    if not book().of_kind(Obliging):
        return []
    stamp = days_stamp(session)
    known = {row.branch_id: row for row in session.scalars(select(PlanState))}
    found = []
    for branch_id in session.scalars(select(Branch.id).where(Branch.active).order_by(Branch.id)).all():
        day, state = today_in(session, branch_id), known.get(branch_id)
        if state is None or state.planned_on < day or state.days_known != stamp:
            found.append((branch_id, {"day": day.isoformat()}))
    return found


def _plan(session: Session, job: JobContext) -> Planned:
    chunks = chunks_of(session, date.fromisoformat(job.params["day"]))
    return Planned(chunks, len(chunks))


def _ahead() -> int:
    return installation().settings.plan_ahead


def _work(session: Session, _job: JobContext, chunk: Chunk) -> Done:
    return Done(1, {name: number for name, number in do(session, chunk, _ahead()).items() if number})


PLAN = JobKind(
    id=KIND,
    label=_("Plan obligations"),
    entity="core.obligation",
    right="plan",
    plan=_plan,
    work=_work,
    daily=to_start,
)


def plan_now(session: Session, branch_id: int) -> dict[str, int]:
    """The night of a branch as of today, at once."""
    with branch_scope(branch_id):
        return plan_night(session, today_in(session, branch_id))
