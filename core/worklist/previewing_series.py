"""What cadences would have come to under a proposed setting: dates that move, fall away or come beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from core.handbook import stored, values
from core.handbook.kinds import Cadence, Rule, Settings
from core.handbook.models import RuleSetting
from core.handbook.preview import Otherwise, Previewed
from core.handbook.settings import Shelf
from core.people.access import today_in
from core.worklist.models import BRANCH_ENTITY, DROPPED, Obligation, Series
from core.worklist.previewing import NEVER, Moved, Places, tally
from core.worklist.previewing_rounds import of_rounds
from core.worklist.reckoning import by_cadence, dates

Key = tuple[int, int] | date
"""What tells the times of a series apart when its day moves: the month or the week, else the date itself."""
Subjects = tuple[int, date, date | None, int, date, int]
"""Branch, anchor, last day, days put off, the day after which they were asked for, and how many they are."""


@dataclass
class Reading:
    """A series under the settings as they are and as they would be; each is worked out once."""

    session: Session
    rule: Cadence
    now: Shelf
    then: Shelf
    places: Places
    _known: dict[str, dict[Key, tuple[date, date]]] = field(default_factory=dict)

    def settings(self, branch_id: int, day: date) -> tuple[Settings, Settings]:
        """Those in force on a day, and those proposed."""
        return self.now.settings(self.rule, branch_id, day), self.then.settings(self.rule, branch_id, day)

    def dates(
        self, branch_id: int, anchor: date, settings: Settings, last: date
    ) -> dict[Key, tuple[date, date]]:
        """By month, week or date: the date as counted, and the day after which its period begins."""
        name = f"{branch_id} {anchor} {last} {stored.canonical(stored.plain_map(settings))}"
        if name not in self._known:
            begins = anchor if self.rule.anchor else None
            found = dates(self.rule, settings, begins, last, self.places.of(branch_id).calendar)
            self._known[name] = {self.key(each): (each, opens) for each, opens in found}
        return self._known[name]

    def key(self, base: date) -> Key:
        kind = self.rule.setting(self.rule.on).kind if self.rule.on else ""
        if kind in (values.DAY_OF_MONTH, values.DAYS_OF_MONTH):
            return base.year, base.month
        return base.isocalendar()[:2] if kind == values.WEEKDAY else base

    def due(self, branch_id: int, settings: Settings, base: date, opens: date, put_off: int) -> date:
        calendar = self.places.of(branch_id).calendar
        return by_cadence(base, opens, put_off, self.rule, settings, calendar).due_on


def of_cadences(session: Session, rule: Rule, row: RuleSetting, found: Previewed) -> None:
    """The times of series that came in the last months. For `preview.PREVIEWERS`."""
    if not isinstance(rule, Cadence):
        return
    if rule.round:
        of_rounds(session, rule, row, found)
        return
    reading = Reading(
        session, rule, Shelf(session, (rule,)), Shelf(session, (rule,), (row,)), Places(session)
    )
    moved = [each for each, times in _moved(reading, found) if _counted(found, each, times)]
    tally(session, found, moved, reading.places, alone=False)
    for subjects in _subjects(session, rule, found.since):
        _come_beside(reading, found, subjects)


def _counted(found: Previewed, each: Moved, times: int) -> bool:
    found.judged += times
    if each.after == each.before:
        return False
    found.add_many(each.branch_id, times)
    return True


def _moved(reading: Reading, found: Previewed) -> Iterator[tuple[Moved, int]]:
    """What was owed, with what it would have come to, and how many there are of it."""
    for branch_id, occurrence, put_off, due_on, anchor, until, times in _kept(reading, found.since):
        base, today = date.fromisoformat(occurrence), today_in(reading.session, branch_id)
        due: date | None = due_on
        if base + timedelta(days=put_off) > today:
            continue
        now, then = reading.settings(branch_id, base)
        if now != then:
            last = _month_after(today)
            again = reading.dates(branch_id, anchor, then, last).get(reading.key(base))
            due = reading.due(branch_id, then, *again, put_off) if again is not None else None
        yield (
            Moved(branch_id, occurrence, put_off, base, due_on, due_on, due, anchor, until),
            times,
        )


def _kept(reading: Reading, since: date) -> Sequence[Any]:
    own, series = Obligation, Series
    ends = func.coalesce(series.until_on, NEVER)
    alike = (own.branch_id, own.occurrence, own.paused_days, own.due_on, series.anchor_on, ends)
    of_subject = and_(series.rule == own.rule, series.branch_id == own.branch_id)
    asked = select(*alike, func.count()).select_from(own)
    asked = asked.join(series, and_(of_subject, series.record_id == own.record_id))
    asked = asked.where(own.rule == reading.rule.id, own.nominal_on >= since, own.state != DROPPED)
    return reading.session.execute(asked.group_by(*alike)).all()


def _subjects(session: Session, rule: Cadence, since: date) -> Iterator[Subjects]:
    """Those who are in the series now, together where they are alike."""
    own, series = Obligation, Series
    begun = select(own.branch_id, own.record_id, func.min(own.starts_on).label("first"))
    begun_on = begun.where(own.rule == rule.id).group_by(own.branch_id, own.record_id).subquery("begun")
    first = func.coalesce(begun_on.c.first, since)
    alike = (series.branch_id, series.anchor_on, series.until_on, series.paused_days, first)
    same = and_(begun_on.c.branch_id == series.branch_id, begun_on.c.record_id == series.record_id)
    asked = select(*alike, func.count()).select_from(series).outerjoin(begun_on, same)
    for each in session.execute(asked.where(series.rule == rule.id).group_by(*alike)):
        yield tuple(each)


def _come_beside(reading: Reading, found: Previewed, subjects: Subjects) -> None:
    """Dates on which nothing was asked for, and would have been."""
    branch_id, anchor, until, put_off, first, times = subjects
    today, begins = today_in(reading.session, branch_id), max(first, found.since)
    _now, then = reading.settings(branch_id, today)
    last = min(today - timedelta(days=put_off), until or NEVER)
    for key, (base, opens) in reading.dates(branch_id, anchor, then, last).items():
        was, would = reading.settings(branch_id, base)
        if (
            base <= begins
            or was == would
            or key in reading.dates(branch_id, anchor, was, _month_after(today))
        ):
            continue
        found.judged += times
        found.add_many(branch_id, times)
        due = reading.due(branch_id, then, base, opens, put_off)
        for record_id in _some(reading, subjects, found.room):
            entity = reading.rule.entity or BRANCH_ENTITY
            found.show(Otherwise(branch_id, entity, record_id, base, None, due))


def _some(reading: Reading, subjects: Subjects, room: int) -> Sequence[int]:
    """A few of those who are alike; whoever began later may be among them, as their page will say."""
    if not room:
        return ()
    branch_id, anchor, _until, put_off, _first, times = subjects
    alike = (Series.branch_id == branch_id, Series.anchor_on == anchor, Series.paused_days == put_off)
    asked = select(Series.record_id).where(Series.rule == reading.rule.id, *alike)
    return reading.session.scalars(asked.order_by(Series.record_id).limit(min(room, times))).all()


def _month_after(day: date) -> date:
    """Far enough that the last times of a series keep their partners."""
    return day + timedelta(days=31)
