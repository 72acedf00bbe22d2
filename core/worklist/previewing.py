"""What deadlines and cadences would have come to under a proposed setting: which due dates move, how many fall away or
come beside them, and how many would have been late. A date is worked out once for all that are alike; the database
counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Date, Integer, Text, and_, case, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from core.data import UtcDateTime, clock
from core.handbook import stored, values
from core.handbook.kinds import Deadline, Rule
from core.handbook.models import RuleSetting
from core.handbook.preview import Otherwise, Previewed, how_many
from core.handbook.settings import Shelf
from core.worklist.given import given
from core.worklist.models import DONE, DROPPED, MISSED, OPEN, Obligation, Series
from core.worklist.places import place_of
from core.worklist.reckoning import Place, by_deadline

AT_ONCE = 5_000
TOLD_EVERY = 500
COLUMNS: dict[str, TypeEngine[Any]] = {
    "number": Integer(),
    "branch_id": Integer(),
    "occurrence": Text(),
    "put_off": Integer(),
    "due_on": Date(),
    "anchor_on": Date(),
    "until_on": Date(),
    "before": UtcDateTime(),
    "after": UtcDateTime(),
    "own": Integer(),
}
NEVER = date(9999, 12, 31)
"""Stands for no last day, so that it can be compared."""


@dataclass(frozen=True)
class Moved:
    """Obligations that are alike, and what they would have come to. `own` is the id where it is one alone; `after` is
    None for what would not have been owed. `anchor_on` and `until_on` are those of a series."""

    branch_id: int
    occurrence: str
    put_off: int
    day: date
    due_on: date
    before: date | datetime
    after: date | datetime | None
    anchor_on: date | None = None
    until_on: date | None = None
    own: int | None = None


class Places:
    """The places of the branches, each read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, Place] = {}

    def of(self, branch_id: int) -> Place:
        if branch_id not in self._known:
            self._known[branch_id] = place_of(self._session, branch_id)
        return self._known[branch_id]

    def ends(self, branch_id: int, due: date | datetime | None) -> datetime | None:
        """The instant from which something is late."""
        if due is None or isinstance(due, datetime):
            return due
        return self.of(branch_id).instant(datetime.combine(due + timedelta(days=1), time()))


def tally(session: Session, found: Previewed, moved: Sequence[Moved], places: Places, alone: bool) -> None:
    """Count how many of what moved would have been late, and keep some to be shown.

    `alone`: they are told by their own ids; else by what makes them alike.
    """
    more, fewer = found.late or (0, 0)
    for start in range(0, len(moved), AT_ONCE):
        rows = moved[start : start + AT_ONCE]
        when = given(
            session, "moved", COLUMNS, [_row(place, each, places) for place, each in enumerate(rows)]
        )
        chosen = _chosen(found.rule, when, rows[0].anchor_on is not None, alone)
        was, would = _is_late(when.c.before), _is_late(when.c.after)
        counts = select(
            func.coalesce(func.sum(case((would > was, 1), else_=0)), 0),
            func.coalesce(func.sum(case((would < was, 1), else_=0)), 0),
        )
        begun, ended = session.execute(chosen(counts)).one()
        more, fewer = more + int(begun), fewer + int(ended)
        _show(session, found, rows, chosen, when)
    found.late = more, fewer


def _row(place: int, each: Moved, places: Places) -> tuple[Any, ...]:
    before, after = (places.ends(each.branch_id, due) for due in (each.before, each.after))
    key = (each.branch_id, each.occurrence, each.put_off, each.due_on, each.anchor_on, each.until_on)
    return (place, *key, before, after, each.own)


def _chosen(rule: Rule, when: Any, of_series: bool, alone: bool) -> Any:
    """Joins a select over obligations to the rows that say what became of them."""
    own = Obligation
    if alone:
        same = own.id == when.c.own
    else:
        same = and_(
            own.branch_id == when.c.branch_id,
            own.occurrence == when.c.occurrence,
            own.paused_days == when.c.put_off,
            own.due_on == when.c.due_on,
        )

    def joined(asked: Any) -> Any:
        asked = asked.select_from(own).join(when, same).where(own.rule == rule.id, own.state != DROPPED)
        if not of_series:
            return asked
        of_subject = and_(Series.rule == own.rule, Series.branch_id == own.branch_id)
        asked = asked.join(Series, and_(of_subject, Series.record_id == own.record_id))
        ends = func.coalesce(Series.until_on, NEVER)
        return asked.where(Series.anchor_on == when.c.anchor_on, ends == when.c.until_on)

    return joined


def _is_late(bound: Any) -> Any:
    """1 for what was ended, or still is open, after a bound; 0 also where there is none."""
    own = Obligation
    done_late = and_(own.state == DONE, own.closed_at >= bound)
    never_done = and_(own.state.in_((OPEN, MISSED)), own.paused_on.is_(None), bound <= clock.now())
    return case((or_(done_late, never_done), 1), else_=0)


def _show(session: Session, found: Previewed, rows: Sequence[Moved], chosen: Any, when: Any) -> None:
    some = select(Obligation.branch_id, Obligation.entity, Obligation.record_id, when.c.number)
    room = found.room
    if not room:
        return
    for branch_id, entity, record_id, number in session.execute(
        chosen(some).order_by(Obligation.id.desc()).limit(room)
    ):
        each = rows[number]
        found.show(Otherwise(branch_id, entity, record_id, each.day, each.before, each.after))


def of_deadlines(session: Session, rule: Rule, row: RuleSetting, found: Previewed) -> None:
    """What the events of the last months would have made due. For `preview.PREVIEWERS`."""
    if not isinstance(rule, Deadline):
        return
    now, then, places = Shelf(session, (rule,)), Shelf(session, (rule,), (row,)), Places(session)
    moved = []
    alone = _by_the_clock(rule)
    for branch_id, starts_on, occurrence, put_off, due_on, due_at, times, number, at in _kept(
        session, rule, found, alone
    ):
        found.judged += times
        before, after = (each.settings(rule, branch_id, starts_on) for each in (now, then))
        if before == after:
            continue
        again = by_deadline(rule, after, starts_on, places.of(branch_id), at)
        due = None if again is None else again.due_at or again.due_on
        was = due_at or due_on
        if due != was:
            found.add_many(branch_id, times)
            moved.append(Moved(branch_id, occurrence, put_off, starts_on, due_on, was, due, own=number))
    tally(session, found, moved, places, alone)


def one_by_one(session: Session, rule: Rule, since: date) -> int:
    """How many of a deadline's are judged one by one. For `preview.SIZES`."""
    if not isinstance(rule, Deadline) or not _by_the_clock(rule):
        return 0
    own = Obligation
    of_rule = (own.rule == rule.id, own.starts_on >= since, own.state != DROPPED)
    return how_many(session, select(own.id).where(*of_rule))


def _by_the_clock(rule: Deadline) -> bool:
    """Whether each is due at an instant of its own."""
    kinds = {each.kind for each in rule.settings if each.name in (rule.within, rule.by)}
    return bool(kinds & {values.HOURS, values.MINUTES, values.CLOCK_HOURS})


def _kept(session: Session, rule: Deadline, found: Previewed, alone: bool) -> Iterator[tuple[Any, ...]]:
    """What came of the events of the last months: those that are alike together, or one by one."""
    own = Obligation
    alike = (own.branch_id, own.starts_on, own.occurrence, own.paused_days, own.due_on, own.due_at)
    of_rule = (own.rule == rule.id, own.starts_on >= found.since, own.state != DROPPED)
    if not alone:
        asked = select(*alike, func.count()).where(*of_rule).group_by(*alike)
        for each in session.execute(asked):
            yield (*each, None, None)
        return
    wanted = select(*alike, own.id, own.inputs).where(*of_rule).order_by(own.id.desc()).limit(found.most + 1)
    for place, each in enumerate(session.execute(wanted)):
        if place == found.most:
            found.is_cut = True
            return
        if place % TOLD_EVERY == 0:
            found.told(place)
        at = stored.live_map(each.inputs).get("at")
        yield (*each[: len(alike)], 1, each.id, at.astimezone(UTC) if at is not None else None)
