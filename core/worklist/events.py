"""What happens to records, told to the rule book: deadlines begin, and what was owed is fulfilled.

Events are named `<entity>.<what happened>`: `added` and `saved` come from every form, sheet and REST call, a state
from the move of a workflow, the form or the REST call that led to it, `<RULE>-due`, `<RULE>-late`,
`<RULE>-step<number>` and `<RULE>-done` from obligations themselves, `<RULE>-told` from notices, others from whoever
calls `happened`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Date, Integer, Select, Subquery, func, literal, or_, select
from sqlalchemy.orm import Session

from core.branches.models import BranchOwned
from core.branches.scope import current_branch_id
from core.branches.setwise import AT_ONCE, fetch, table_of
from core.data import clock
from core.entities.spec import Entity
from core.handbook.conditions import as_sql
from core.handbook.judging import day_of
from core.handbook.kinds import Amount, Cadence, Deadline, Notice, Obliging, Rule
from core.handbook.own.figures import keep_figures
from core.handbook.own.moments import ADDED, state_field
from core.handbook.own.rules import Term, is_own, on_event
from core.handbook.registry import book
from core.history import one_entry
from core.installation import installation
from core.messages.noticing import NONE_OWED, notify, notify_many
from core.messages.told import LISTENERS
from core.people.access import current_user_id, today_in
from core.worklist.closing import drop_failed, fulfil
from core.worklist.correcting import correct
from core.worklist.given import given
from core.worklist.models import BRANCH_ENTITY, DONE, OPEN, Obligation
from core.worklist.opening import begin
from core.worklist.pausing import pause, resume
from core.worklist.series import stands
from core.worklist.ways import entity_of_event, is_on

SAVED = "saved"
MADE_BEFORE: list[Callable[[Session, Obliging], None]] = []
"""Of parts above: asked when something has begun to be owed under a rule, which may have been done already."""


class When(NamedTuple):
    """The day of an event, where it is known for all of its records, who brought it about, the field that told the day,
    and the instant, where the record tells that."""

    on: date | None
    by: int | None
    field: str = ""
    at: datetime | None = None


@dataclass
class Written:
    """Rows of one entity that were written: some by their ids, others between the first and the last of a span."""

    ids: set[int] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)


def happened(
    session: Session,
    event: str,
    records: Sequence[Any] | Select[Any],
    on: date | None = None,
    by: int | None = None,
    field: str = "",
    owed: Select[Any] | None = None,
    at: datetime | None = None,
) -> None:
    """Tell what happened to records of the active branch; rows that are new have to be flushed.

    `records` are mapped ones, or a Core select of (id, branch_id, day) over `table_of(...)` for thousands; `on` is the
    day of the event where the select does not say it, `field` the field of the records that told it, `at` the instant
    from which hours are counted: without it the present one, of what happens today. Of what became of obligations,
    `owed` selects (id of the subject, id of the obligation): notices keep which one they speak of. Safe to tell twice:
    nothing opens a second time.
    """
    waiting = [each for each in book().on_event(event) if is_on(session, each)]
    if not waiting or (isinstance(records, Sequence) and not records):
        return
    session.flush()
    of = NONE_OWED
    if owed is not None and any(isinstance(each, Notice) for each in waiting):
        of = dict(fetch(session, owed))  # of several of a subject, one
    when = When(on, by if by is not None else current_user_id(), field, at)
    _set_off(session, event, waiting, records, when, of)


def own_happened(session: Session, entity: Entity, moment: str, rows: Written) -> None:
    """Tell administrators' own rules of the active branch what was added, or has become `moment` and still is."""
    event, today = f"{entity.id}.{moment}", _today(session)
    terms = on_event(session, event, current_branch_id())
    tells_day = moment == ADDED and _day_of(entity) is not None
    for each in terms if tells_day else [each for each in terms if each.has(today)]:
        records = _of_rows(session, entity, rows, tells_day)
        if tells_day:
            records = _within(records, each)
        if moment != ADDED:
            records = records.where(table_of(entity.model).c[state_field(entity)] == moment)
        if isinstance(each.rule, Amount):
            keep_figures(session, each, records, today)
            continue
        told_by = entity.day or "" if tells_day else ""
        _set_off(session, event, [each.rule], records, When(None, current_user_id(), told_by))


def _within(records: Select[Any], term: Term) -> Select[Any]:
    """Those of the days on which a rule is or was in force."""
    day: Any = records.selected_columns[2]
    found = records.where(day >= term.first)
    return found if term.end is None else found.where(day < term.end)


def _set_off(
    session: Session,
    event: str,
    waiting: Sequence[Rule],
    records: Sequence[Any] | Select[Any],
    when: When,
    owed: Mapping[int, int] = NONE_OWED,
) -> None:
    notices = [each for each in waiting if isinstance(each, Notice)]
    if notices:
        _notify(session, event, notices, records, when, owed)
    rules = [each for each in waiting if isinstance(each, Obliging)]
    if rules:
        with one_entry(session, Obligation, event=event):
            _oblige(session, event, rules, _source(session, records, when.on), when)


def _oblige(
    session: Session,
    event: str,
    rules: Sequence[Obliging],
    source: Subquery,
    when: When,
) -> None:
    """What the event fulfils ends before what it makes due begins; what it lets rest rests from the start."""
    for rule in rules:
        path = dict(rule.closed_by).get(event)
        if path is not None:
            fulfil(session, rule, event, source, path, when.by)
            tell_of(session, rule, "done", source, path, event)
    for rule in rules:
        if isinstance(rule, Deadline) and rule.event == event:
            if begin(session, rule, source, _instant(session, when), when.field):
                made_before(session, rule)
            tell_due(session, rule, _today(session))
    for rule in rules:
        for ways, rests in ((rule.resumed_by, resume), (rule.paused_by, pause)):
            path = dict(ways).get(event)
            if path is not None:
                rests(session, rule, event, source, path, when.on or _today(session))


def made_before(session: Session, rule: Obliging) -> None:
    """End what was done before it was asked for."""
    for each in MADE_BEFORE:
        each(session, rule)


def _notify(
    session: Session,
    event: str,
    rules: Sequence[Notice],
    records: Sequence[Any] | Select[Any],
    when: When,
    owed: Mapping[int, int],
) -> None:
    """Thousands of records are read, and customers told of them, in portions."""
    on, by = when.on, when.by
    if not isinstance(records, Select):
        notify(session, rules, event, records, on or _today(session), by, owed)
        return
    for rule in rules:
        days = {row[0]: row[2] for row in fetch(session, _about(rule, event, records))}
        model = entity_of_event(event).model
        ids = sorted(days)
        for start in range(0, len(ids), AT_ONCE):
            found = session.scalars(select(model).where(model.id.in_(ids[start : start + AT_ONCE])))
            told_of = [(record, on or days[record.id] or _today(session)) for record in found]
            notify_many(session, rule, event, told_of, by, owed)


def _about(rule: Notice, event: str, records: Select[Any]) -> Select[Any]:
    """Those that an administrator's rule is about, chosen by the database; a department's may ask for what has no
    column."""
    if not is_own(rule) or not rule.where:
        return records
    entity = entity_of_event(event)
    rows: Any = table_of(entity.model).alias("told_of")
    those = select(rows.c.id).where(as_sql(entity, rule.where, installation().entities, source=rows))
    return records.where(records.selected_columns[0].in_(those))


def tell_of(session: Session, rule: Obliging, what: str, source: Subquery, path: str, event: str) -> None:
    """What became of obligations is an event of their subjects."""
    from core.worklist.ways import led

    told = event_of(rule, what)
    if not book().on_event(told):
        return
    own, entity = table_of(Obligation), entity_of_event(event)
    found = led(entity, path, source, not rule.entity).subquery("done")
    closed = (own.c.rule == rule.id, own.c.state == DONE, own.c.closed_entity == entity.id)
    by_these = (own.c.record_id == found.c.subject, own.c.closed_record == found.c.record)
    fulfilled = select(own.c.record_id, own.c.branch_id, found.c.day).where(*closed, *by_these).distinct()
    duties = select(own.c.record_id, own.c.id).where(*closed, *by_these).order_by(own.c.id)
    happened(session, told, fulfilled, owed=duties)


def tell_due(session: Session, rule: Obliging, day: date) -> None:
    """What has come due by `day` is an event of its subject, on the day when it was due.

    Safe to tell twice: nobody hears of an event of one day twice, and what is late was told before.
    """
    own, told = table_of(Obligation), event_of(rule, "due")
    if not book().on_event(told):
        return
    asked = [own.c.rule == rule.id, own.c.state == OPEN, own.c.paused_on.is_(None), own.c.late_on.is_(None)]
    if (
        isinstance(rule, Cadence) and not rule.round
    ):  # who has renewed since the last night is not told of the old term
        asked.append(stands(rule))
    due = select(own.c.record_id, own.c.branch_id, own.c.due_on).where(*asked, own.c.due_on <= day)
    duties = select(own.c.record_id, own.c.id).where(*asked, own.c.due_on <= day).order_by(own.c.id)
    happened(session, told, due, owed=duties)


def event_of(rule: Obliging, what: str) -> str:
    """`gas.bill.GAS-R79-late`."""
    return f"{rule.entity or BRANCH_ENTITY}.{rule.id}-{what}"


def heard(session: Session, rule: str, entity: str, record_id: int) -> None:
    """For `messages.told`: what a notice wanted told of a record is told (`gas.bill.GAS-R80-told`)."""
    event = f"{entity}.{rule}-told"
    if book().on_event(event):
        rows = table_of(installation().entities[entity].model)
        of_record = select(rows.c.id, rows.c.branch_id, literal(_today(session), Date))
        happened(session, event, of_record.where(rows.c.id == record_id), _today(session))


def tell_of_messages() -> None:
    """Let messages tell the rule book that they went out, once."""
    if heard not in LISTENERS:
        LISTENERS.append(heard)


def saved(session: Session, entity: Entity, records: Any, what: str, on: date | None = None) -> None:
    """For `Installation.happened`: a form or REST call has written a record, or a sheet those of some ids; a move has
    led to a state, `on` a day."""
    event, field = f"{entity.id}.{what}", "" if on is not None else entity.day or ""
    if not issubclass(entity.model, BranchOwned):
        return
    waits = bool(book().on_event(event))
    if isinstance(records, list):
        if waits:
            happened(session, event, _of_rows(session, entity, Written(set(records))), field=field)
        return
    if waits:
        told = on or day_of(session, entity, records, records.branch_id)
        named = getattr(records, field) if field else None
        at = named if isinstance(named, datetime) else None
        happened(session, event, [records], told, field=field, at=at)
    if what == SAVED:
        correct(session, entity, records)
        drop_failed(session, entity, records.id)


def _of_rows(session: Session, entity: Entity, rows: Written, tells_day: bool = True) -> Select[Any]:
    """The records that were written, each on the day that it tells of; those that tell of none, today."""
    table = table_of(entity.model)
    told = given(session, "ids", {"id": Integer()}, [(each,) for each in sorted(rows.ids)])
    today: Any = literal(_today(session), Date)
    named = _day_of(entity) if tells_day else None
    day = func.coalesce(named, today) if named is not None else today
    ways = [table.c.id.between(*span) for span in rows.spans]
    if rows.ids:
        ways.append(table.c.id.in_(select(told.c.id)))
    return select(table.c.id, table.c.branch_id, day.label("day")).where(or_(*ways))


def _day_of(entity: Entity) -> Any:
    """The column with the day that records of an entity tell of, where they tell of one."""
    column = table_of(entity.model).c.get(entity.day) if entity.day else None
    return column if column is not None and isinstance(column.type, Date) else None


def _source(session: Session, records: Sequence[Any] | Select[Any], on: date | None) -> Subquery:
    if isinstance(records, Select):
        ids, _branches, days = records.selected_columns
        return records.with_only_columns(
            ids.label("id"), days.label("day"), maintain_column_froms=True
        ).subquery("told")
    rows = [(each.id, on or _today(session)) for each in records]
    return select(given(session, "given", {"id": Integer(), "day": Date()}, rows)).subquery("told")


def _today(session: Session) -> date:
    return today_in(session, current_branch_id())


def _instant(session: Session, when: When) -> datetime | None:
    """From which hours are counted: the one that the record tells, else the present one of what happens today."""
    if when.at is not None:
        return when.at
    return clock.now() if when.on is None or when.on == _today(session) else None
