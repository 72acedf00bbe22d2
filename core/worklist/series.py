"""Cadences: a series for each subject, planned ahead within a horizon, put off while it rests, begun anew when its
anchor or its settings change. Everything is a statement over sets; dates are worked out once for each anchor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import change, fetch, insert_select, join_sets, table_of
from core.data import clock
from core.handbook.basis import basis_of
from core.handbook.kinds import Cadence, Settings
from core.handbook.settings import settings_on
from core.worklist.given import given
from core.worklist.merging import merge
from core.worklist.models import DROPPED, OPEN, Obligation, Series
from core.worklist.opening import COLUMNS, RECKONED, as_row, fresh
from core.worklist.places import place_of
from core.worklist.reckoning import WHOLE, Place, by_cadence, dates, told_on
from core.worklist.ways import narrowed_by, person_of, subjects_of

OBLIGATION, SERIES = table_of(Obligation), table_of(Series)
AHEAD = 40
"""Days for which obligations of cadences are there in advance."""
NO_ANCHOR = WHOLE - timedelta(days=1)
ROWS_AT_ONCE = 5_000
"""Dates that are joined to subjects in one statement."""


def plan(session: Session, rule: Cadence, day: date, ahead: int = AHEAD) -> int:
    """Make the obligations of a cadence that fall due up to `ahead` days after `day`; answers how many are new.

    What was planned stays; whoever is new begins on that day, without what lay before. Safe to do twice.
    """
    settings = settings_on(session, rule, current_branch_id(), day)
    basis = basis_of(session, rule, settings).id
    place = place_of(session, current_branch_id())
    join_sets(session)
    from_ = _from(rule, settings, day, place)
    _join_in(session, rule, basis, day, from_)
    _begin_anew(session, rule, basis, day, from_)
    _rest(session, rule, day)
    _resume(session, rule, day, place)
    _leave(session, rule)
    made = _make(session, rule, settings, basis, day + timedelta(days=ahead), place)
    if made:
        merge(session, rule)
    join_sets(session, False)
    return made


def _from(rule: Cadence, settings: Settings, day: date, place: Place) -> date:
    """The day from which on dates of a series that begins on `day` are asked for.

    Of what is told ahead that is earlier: what should have been told already is told late, as long as the date itself
    is still to come.
    """
    return told_on(rule, settings, day, place.calendar) or day


def _planned_to(rule: Cadence, anchor: Any, day: date, from_: date) -> Any:
    """Up to where a series counts as planned when it begins."""
    begins = literal(from_ - timedelta(days=1), Date)
    if rule.every or rule.on or from_ == day:
        return begins
    return case((anchor >= day, begins), else_=literal(day - timedelta(days=1), Date))


def _subject(rule: Cadence) -> Any:
    return subjects_of(rule).table.alias("subject")


def _anchor(rule: Cadence, rows: Any) -> Any:
    return rows.c[rule.anchor] if rule.anchor else literal(NO_ANCHOR, Date)


def _until(rule: Cadence, rows: Any) -> Any:
    return rows.c[rule.until] if rule.until else cast(null(), Date)


def _in_series(rule: Cadence, rows: Any) -> Any:
    """What says of a subject that the rule is about it."""
    own = [rows.c.id == current_branch_id()] if not rule.entity else []
    anchored = [rows.c[rule.anchor].is_not(None)] if rule.anchor else []
    return and_(narrowed_by(rule, rule.where, rows) if rule.entity else literal(True), *own, *anchored)


def _join_in(session: Session, rule: Cadence, basis: int, day: date, from_: date) -> None:
    rows, there = _subject(rule), SERIES.alias("there")
    known = exists(select(1).where(there.c.rule == rule.id, there.c.record_id == rows.c.id))
    source = select(
        literal(rule.id),
        literal(basis),
        rows.c.id,
        _anchor(rule, rows),
        _until(rule, rows),
        _planned_to(rule, _anchor(rule, rows), day, from_),
        literal(0),
    ).where(_in_series(rule, rows), ~known)
    columns = ("rule", "basis_id", "record_id", "anchor_on", "until_on", "planned_to", "paused_days")
    insert_select(session, Series, columns, source)


def _begin_anew(session: Session, rule: Cadence, basis: int, day: date, from_: date) -> None:
    """Where anchor, last day or settings are others now: what is open is planned anew, what is done stays."""
    rows, own = _subject(rule), SERIES
    moved = or_(_has_moved(rule, rows), own.c.basis_id != basis)
    asked = select(own.c.record_id).where(own.c.rule == rule.id, moved)
    asked = asked.select_from(own.join(rows, rows.c.id == own.c.record_id))
    changed = [row[0] for row in fetch(session, asked)]
    if not changed:
        return
    ids = given(session, "moved", {"id": Integer()}, [(each,) for each in changed])
    in_them = OBLIGATION.c.record_id.in_(select(ids.c.id))
    _withdraw(session, rule, in_them, day)
    here = select(_anchor(rule, rows)).where(rows.c.id == own.c.record_id).correlate(own).scalar_subquery()
    ends = select(_until(rule, rows)).where(rows.c.id == own.c.record_id).correlate(own).scalar_subquery()
    known = _planned_to(rule, here, day, from_)
    anew = {"anchor_on": here, "until_on": ends, "basis_id": basis, "planned_to": known}
    of_them = (own.c.rule == rule.id, own.c.record_id.in_(select(ids.c.id)))
    change(session, Series, update(own).where(*of_them).values(paused_days=0, **anew))


def _has_moved(rule: Cadence, rows: Any) -> ColumnElement[bool]:
    """Whether anchor or last day of a subject are others than its series was planned by."""
    own = SERIES
    until_moved = func.coalesce(_until(rule, rows), NO_ANCHOR) != func.coalesce(own.c.until_on, NO_ANCHOR)
    return or_(_anchor(rule, rows) != own.c.anchor_on, until_moved)


def stands(rule: Cadence) -> ColumnElement[bool]:
    """What says of an obligation that its series is still as it was planned."""
    rows, own = _subject(rule), SERIES
    of_rule = (own.c.rule == rule.id, _in_series(rule, rows), not_(_has_moved(rule, rows)))
    joined = own.join(rows, rows.c.id == own.c.record_id)
    found: ColumnElement[bool] = OBLIGATION.c.record_id.in_(
        select(own.c.record_id).select_from(joined).where(*of_rule)
    )
    return found


def _withdraw(session: Session, rule: Cadence, which: Any, day: date) -> None:
    """What is still to come is taken back; what is late by the old plan is dropped, and stays on record."""
    own = OBLIGATION
    open_ones = (own.c.rule == rule.id, own.c.state == OPEN, which)
    change(session, Obligation, delete(own).where(*open_ones, own.c.due_on >= day, ~_is_target(own)))
    drop_open(session, rule, which)


def drop_open(session: Session, rule: Cadence, *which: Any) -> None:
    """Drop open times of a series, which stay on record beside those that are planned in their place."""
    own = OBLIGATION
    name = own.c.occurrence + "/" + cast(own.c.id, own.c.occurrence.type)
    gone = {"state": DROPPED, "closed_at": clock.now(), "occurrence": name}
    open_ones = (own.c.rule == rule.id, own.c.state == OPEN, *which)
    change(session, Obligation, update(own).where(*open_ones).values(**gone))


def _is_target(own: Any) -> Any:
    """Whether others were merged into it, so that it cannot go."""
    merged = OBLIGATION.alias("merged")
    return exists(select(1).where(merged.c.merged_into == own.c.id).correlate(own))


def _rest(session: Session, rule: Cadence, day: date) -> None:
    """Series whose subject rests now (停工): what is due from today on is not asked for."""
    if not rule.paused:
        return
    resting = select(SERIES.c.record_id).where(SERIES.c.rule == rule.id, SERIES.c.paused_on.is_(None))
    rows = _subject(rule)
    subjects = select(rows.c.id).where(narrowed_by(rule, rule.paused, rows))
    ids = [row[0] for row in fetch(session, resting.where(SERIES.c.record_id.in_(subjects)))]
    if not ids:
        return
    of_them = select(given(session, "resting", {"id": Integer()}, [(each,) for each in ids]).c.id)
    own = OBLIGATION
    ahead = (own.c.rule == rule.id, own.c.state == OPEN, own.c.due_on >= day, own.c.record_id.in_(of_them))
    change(session, Obligation, update(own).where(*ahead).values(paused_on=day))
    of_series = (SERIES.c.rule == rule.id, SERIES.c.record_id.in_(of_them))
    change(session, Series, update(SERIES).where(*of_series).values(paused_on=day))


def _resume(session: Session, rule: Cadence, day: date, place: Place) -> None:
    """What was left of a series runs on: all its dates are put off by the days that it rested."""
    if not rule.paused:
        return
    rows = _subject(rule)
    still = select(rows.c.id).where(narrowed_by(rule, rule.paused, rows))
    back = (SERIES.c.rule == rule.id, SERIES.c.paused_on.is_not(None), SERIES.c.record_id.not_in(still))
    for paused_on in [row[0] for row in fetch(session, select(SERIES.c.paused_on).where(*back).distinct())]:
        rested = (day - paused_on).days
        own = OBLIGATION
        of_them = select(SERIES.c.record_id).where(*back, SERIES.c.paused_on == paused_on)
        open_ones = (own.c.rule == rule.id, own.c.state == OPEN, own.c.paused_on.is_not(None))
        resting = (*open_ones, own.c.record_id.in_(of_them))
        _put_off_merged(session, rule, resting, rested)
        put_off = {"paused_days": own.c.paused_days + rested, "paused_on": None}
        change(session, Obligation, update(own).where(*resting).values(**put_off))
        again = update(SERIES).where(*back, SERIES.c.paused_on == paused_on)
        change(session, Series, again.values(paused_on=None, paused_days=SERIES.c.paused_days + rested))
    recount(session, rule, day, place)


def _put_off_merged(session: Session, rule: Cadence, resting: tuple[Any, ...], rested: int) -> None:
    """What was merged into obligations that rest, rests with them: it may be asked for again (`_part`)."""
    own = OBLIGATION
    into = select(own.c.id).where(*resting)
    merged = (own.c.rule == rule.id, own.c.state == DROPPED, own.c.merged_into.in_(into))
    change(session, Obligation, update(own).where(*merged).values(paused_days=own.c.paused_days + rested))


def _leave(session: Session, rule: Cadence) -> None:
    """Subjects that the rule is not about any more, or that are gone: what they still owe is dropped."""
    rows, own = _subject(rule), OBLIGATION
    in_it = select(rows.c.id).where(_in_series(rule, rows))
    gone = (own.c.rule == rule.id, own.c.state == OPEN, own.c.record_id.not_in(in_it))
    change(session, Obligation, update(own).where(*gone).values(state=DROPPED, closed_at=clock.now()))
    change(session, Series, delete(SERIES).where(SERIES.c.rule == rule.id, SERIES.c.record_id.not_in(in_it)))


def _make(session: Session, rule: Cadence, settings: Settings, basis: int, last: date, place: Place) -> int:
    """New obligations of all series that do not rest, up to a day."""
    own = SERIES
    active = (own.c.rule == rule.id, own.c.paused_on.is_(None), own.c.planned_to < last)
    starts = fetch(
        session,
        select(own.c.anchor_on, own.c.paused_days, func.min(own.c.planned_to))
        .where(*active)
        .group_by(own.c.anchor_on, own.c.paused_days),
    )
    rows: list[tuple[Any, ...]] = []
    made = 0
    for anchor, put_off, first in starts:
        rows += [
            (anchor, put_off, *row)
            for row in _times(rule, settings, basis, (anchor, put_off, first, last), place)
        ]
        if len(rows) >= ROWS_AT_ONCE:
            made += _insert(session, rule, rows)
            rows = []
    made += _insert(session, rule, rows)
    change(session, Series, update(own).where(*active).values(planned_to=last))
    return made


def _times(
    rule: Cadence, settings: Settings, basis: int, span: tuple[date, int, date, date], place: Place
) -> list[tuple[Any, ...]]:
    anchor, put_off, first, last = span
    found = []
    begins = anchor if rule.anchor else None
    for base, starts_on in dates(rule, settings, begins, last - timedelta(days=put_off), place.calendar):
        told = told_on(rule, settings, base, place.calendar) or base
        if told + timedelta(days=put_off) > first:
            reckoned = by_cadence(base, starts_on, put_off, rule, settings, place.calendar)
            inputs = {rule.anchor: anchor} if rule.anchor else {}
            found.append(as_row(reckoned, basis, base.isoformat(), inputs))
    return found


def _insert(session: Session, rule: Cadence, rows: list[tuple[Any, ...]]) -> int:
    if not rows:
        return 0
    columns: dict[str, Any] = {"anchor_on": Date(), "put_off": Integer(), **RECKONED}
    when, own, subject = given(session, "reckoned", columns, rows), SERIES.alias("series"), _subject(rule)
    same = and_(when.c.anchor_on == own.c.anchor_on, when.c.put_off == own.c.paused_days)
    joined = own.join(when, same).join(subject, subject.c.id == own.c.record_id)
    wanted = (
        own.c.rule == rule.id,
        own.c.paused_on.is_(None),
        when.c.nominal_on > own.c.planned_to,
        or_(own.c.until_on.is_(None), when.c.nominal_on <= own.c.until_on),
    )
    person = person_of(rule, subject)
    chosen = fresh(rule, own.c.record_id, when.c.occurrence, when, when.c.day, person, own.c.paused_days)
    return insert_select(session, Obligation, COLUMNS, chosen.select_from(joined).where(*wanted))


def recount(session: Session, rule: Cadence, day: date, place: Place) -> int:
    """Work the dates of what is open and not late out anew: days off were announced, or a pause is over. Answers how
    many moved. What rests on other settings than those of `day` is left to `plan`."""
    own = OBLIGATION
    asked_for = [own.c.state == OPEN, own.c.paused_on.is_(None), own.c.late_on.is_(None)]
    settings: Settings = {}
    if rule.before:
        settings = settings_on(session, rule, current_branch_id(), day)
        asked_for.append(own.c.basis_id == basis_of(session, rule, settings).id)
    open_ones = (own.c.rule == rule.id, *asked_for)
    known = fetch(
        session,
        select(own.c.occurrence, own.c.paused_days, own.c.starts_on, own.c.due_on, own.c.provisional)
        .where(*open_ones)
        .distinct(),
    )
    moved = 0
    for occurrence, put_off, starts_on, due_on, provisional in known:
        base = date.fromisoformat(occurrence)
        found = by_cadence(base, starts_on, put_off, rule, settings, place.calendar)
        if (found.due_on, found.provisional) == (due_on, provisional):
            continue
        same = (own.c.occurrence == occurrence, own.c.paused_days == put_off, own.c.due_on == due_on)
        values = {
            "nominal_on": found.nominal_on,
            "due_on": found.due_on,
            "provisional": found.provisional,
        }
        moved += change(session, Obligation, update(own).where(*open_ones, *same).values(**values))
    moved += _part(session, rule, settings, place)
    if moved:
        merge(session, rule)
    return moved


def _part(session: Session, rule: Cadence, settings: Settings, place: Place) -> int:
    """What was merged and does not fall on one day any more (a rest put it off, days off were announced) is asked for
    again. Answers how many."""
    own, into = OBLIGATION, OBLIGATION.alias("into")
    still = (
        into.c.rule == rule.id,
        into.c.state == OPEN,
        into.c.paused_on.is_(None),
        into.c.late_on.is_(None),
    )
    merged = (own.c.rule == rule.id, own.c.state == DROPPED, own.c.merged_into.is_not(None))
    asked = select(own.c.occurrence, own.c.paused_days, own.c.starts_on, into.c.due_on).where(*merged, *still)
    known = fetch(session, asked.join(into, own.c.merged_into == into.c.id).distinct())
    parted = 0
    for occurrence, put_off, starts_on, due_on in known:
        base = date.fromisoformat(occurrence)
        found = by_cadence(base, starts_on, put_off, rule, settings, place.calendar)
        if found.due_on == due_on:
            continue
        same = (own.c.occurrence == occurrence, own.c.paused_days == put_off)
        there = own.c.merged_into.in_(select(into.c.id).where(*still, into.c.due_on == due_on))
        again = {
            "state": OPEN,
            "merged_into": None,
            "closed_at": None,
            "nominal_on": found.nominal_on,
            "due_on": found.due_on,
            "provisional": found.provisional,
        }
        parted += change(session, Obligation, update(own).where(*merged, *same, there).values(**again))
    return parted
