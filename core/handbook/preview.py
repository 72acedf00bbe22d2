"""What the last twelve months would have come to under a proposed setting. Nothing is written."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, DateTime, and_, func, select, true
from sqlalchemy.orm import Session

from core.branches.scope import Scope, enter, leave
from core.data import clock
from core.data.types import UtcDateTime
from core.entities.spec import Entity
from core.handbook import stored
from core.handbook.amounts import figured
from core.handbook.conditions import as_sql
from core.handbook.facts import FactsOf
from core.handbook.findings import silently
from core.handbook.judging import asked, day_of
from core.handbook.kinds import Amount, Approval, Cadence, Check, Deadline, Notice, Rule, Span
from core.handbook.models import CAME_TO, Finding, RuleSetting
from core.handbook.own.moments import ADDED, state_field
from core.handbook.settings import Shelf
from core.handbook.words import sentence
from core.installation import installation
from core.people.access import Person, branches_below

MOST = 20_000
"""So many of the latest records are judged again; beyond them the preview says that it is one of these alone."""
AT_ONCE = 2_000
"""So many are judged while somebody waits; where there are more, a worker does it (`core.previews`)."""
CHUNK = 500
SHOWN = 50
ZERO = Decimal(0)


def unheard(_judged: int) -> None:
    """For those who wait for the answer."""


Outcome = Span | bool | date | datetime | str | None
"""Money, whether it was let in, when it falls due, or what a reader is told of it; None for nothing at all."""


@dataclass(frozen=True)
class Otherwise:
    """Something of which something else would have come. Without a record, `label` says what it is."""

    branch_id: int
    entity: str
    record_id: int | None
    day: date
    before: Outcome
    after: Outcome
    label: str = ""


@dataclass
class Previewed:
    """How many were judged, and which would have come out otherwise: `otherwise` has the first of them.

    No more than `most` are judged, and `told` hears now and then how many are. `late` says how many would have been
    late that were not, and how many not that were; None for what has no due date.
    """

    rule: Rule
    since: date
    most: int = MOST
    told: Callable[[int], None] = unheard
    judged: int = 0
    is_cut: bool = False
    otherwise: list[Otherwise] = field(default_factory=list)
    by_branch: dict[int, int] = field(default_factory=dict)
    late: tuple[int, int] | None = None
    _low: Decimal = ZERO
    _high: Decimal = ZERO

    def begin(self) -> bool:
        """Count one that is going to be judged; False where enough were."""
        if self.judged >= self.most:
            self.is_cut = True
            return False
        if self.judged % CHUNK == 0:
            self.told(self.judged)
        self.judged += 1
        return True

    def add(self, each: Otherwise) -> None:
        """Count one, and keep it where there is room to show it."""
        self.add_many(each.branch_id, 1)
        self.show(each)
        self._low += _low(each.after) - _low(each.before)
        self._high += _high(each.after) - _high(each.before)

    def add_many(self, branch_id: int, count: int) -> None:
        """Count what a statement over sets has found."""
        self.by_branch[branch_id] = self.by_branch.get(branch_id, 0) + count

    def show(self, each: Otherwise) -> None:
        """Keep one to be shown, where there is room."""
        if self.room:
            self.otherwise.append(each)

    @property
    def room(self) -> int:
        """How many more can be shown."""
        return SHOWN - len(self.otherwise)

    @property
    def count(self) -> int:
        return sum(self.by_branch.values())

    @property
    def money(self) -> tuple[Decimal, Decimal] | None:
        """By how much the lowest and the highest sums change, in yuan; None for what is no money."""
        return (self._low, self._high) if isinstance(self.rule, Amount) else None


Previewer = Callable[[Session, Rule, RuleSetting, Previewed], None]
PREVIEWERS: dict[str, Previewer] = {}
"""By kind of rule; packages above add theirs (deadlines, cadences) when they are imported."""
SIZES: dict[str, Callable[[Session, Rule, date], int]] = {}
"""By kind of rule, how many records since a day its previewer judges one by one; 0 for what it judges as sets."""


def can_preview(rule: Rule) -> bool:
    return rule.kind in PREVIEWERS


def preview(
    session: Session,
    person: Person,
    rule: Rule,
    row: RuleSetting,
    most: int = MOST,
    told: Callable[[int], None] = unheard,
) -> Previewed | None:
    """The rule judged again with the proposed row for the whole time; None for kinds that nobody can judge again.

    At most the latest `most` records are, and `told` hears how many. Over the branches that the person reads: the
    active one and those below it for whoever oversees them.
    """
    if not can_preview(rule):
        return None
    found = Previewed(rule, first_day(person), most, told)
    with reading(person), silently(), session.no_autoflush:
        PREVIEWERS[rule.kind](session, rule, row, found)
    return found


def said_otherwise(session: Session, rule: Rule, row: RuleSetting) -> tuple[str, str]:
    """What the rule says in the branch on the day of a proposed value, and what it would say by it."""
    now, then = Shelf(session, (rule,)), Shelf(session, (rule,), (row,))
    before, after = (sentence(rule, each.settings(rule, row.branch_id, row.from_on)) for each in (now, then))
    return before, after


def expected(session: Session, person: Person, rule: Rule, is_draft: bool = False) -> int:
    """How many records a preview is going to judge one by one; 0 where the database judges sets."""
    since = first_day(person)
    with reading(person):
        if isinstance(rule, Check):
            entity = installation().entities[rule.entity]
            moved = (_moved(entity, rule.moments),) if is_draft else ()
            return how_many(session, records_since(entity, since, *moved))
        if isinstance(rule, Amount) and is_draft:
            entity = installation().entities[rule.entity]
            about = as_sql(entity, rule.where, installation().entities)
            return how_many(session, records_since(entity, since, about))
        if isinstance(rule, Amount):
            return how_many(session, _amounts(select(Finding.id), rule, since))
        return SIZES[rule.kind](session, rule, since) if rule.kind in SIZES else 0


def records_since(entity: Entity, since: date, *criteria: ColumnElement[bool]) -> Any:
    """The ids of the records that `records_of` judges."""
    return since_day(select(entity.model.id).where(*criteria), entity, since)


def how_many(session: Session, asked: Any) -> int:
    """How many a select of ids finds, MOST at most."""
    return session.scalar(select(func.count()).select_from(asked.limit(MOST).subquery())) or 0


def preview_check(
    session: Session,
    person: Person,
    rule: Check,
    earlier: Check | None,
    most: int = MOST,
    told: Callable[[int], None] = unheard,
) -> Previewed:
    """What a check that is not in force would have said of the last months' records, beside its `earlier` version."""
    found, entities = Previewed(rule, first_day(person), most, told), installation().entities
    entity = entities[rule.entity]
    with reading(person), silently(), session.no_autoflush:
        for record in records_of(session, entity, found, _moved(entity, rule.moments)):
            facts = FactsOf(session, entity, record, entities)
            before = earlier is None or asked(earlier, facts, {}) is None
            after = asked(rule, facts, {}) is None
            if before != after:
                day = day_of(session, entity, record, record.branch_id)
                found.add(Otherwise(record.branch_id, entity.id, record.id, day, before, after))
    return found


def preview_event(
    session: Session, person: Person, rule: Deadline | Notice | Approval | Cadence
) -> Previewed:
    """How many records a rule that is not in force would have acted on; the database counts. A series is about those
    that are there, everything else about those of the last months."""
    found, entities = Previewed(rule, first_day(person)), installation().entities
    entity = entities[rule.event.rpartition(".")[0] if isinstance(rule, Deadline | Notice) else rule.entity]

    def lately(asked_: Any) -> Any:
        return asked_ if isinstance(rule, Cadence) else since_day(asked_, entity, found.since)

    every = lately(select(entity.model.branch_id, func.count()))
    those = and_(as_sql(entity, rule.where, entities), _reached(entity, rule))
    with reading(person), silently(), session.no_autoflush:
        counts = session.execute(every.group_by(entity.model.branch_id)).all()
        found.judged = sum(count for _branch, count in counts)
        for branch_id, count in session.execute(every.where(those).group_by(entity.model.branch_id)):
            found.add_many(branch_id, count)
        latest = lately(select(entity.model)).where(those)
        for record in session.scalars(latest.order_by(entity.model.id.desc()).limit(found.room)):
            day = day_of(session, entity, record, record.branch_id)
            found.show(Otherwise(record.branch_id, entity.id, record.id, day, None, True))
    return found


@contextlib.contextmanager
def reading(person: Person) -> Iterator[None]:
    active = person.branch.id if person.branch is not None else None
    readable = branches_below(person) if person.everything else person.readable
    token = enter(Scope(active=active, readable=tuple(readable)))
    try:
        yield
    finally:
        leave(token)


def _of_checks(session: Session, rule: Rule, row: RuleSetting, found: Previewed) -> None:
    if not isinstance(rule, Check):
        return
    entity = installation().entities[rule.entity]
    now, then = Shelf(session, (rule,)), Shelf(session, (rule,), (row,))
    for record in records_of(session, entity, found):
        branch_id = record.branch_id
        day = day_of(session, entity, record, branch_id)
        facts = FactsOf(session, entity, record, installation().entities)
        before = asked(rule, facts, now.settings(rule, branch_id, day)) is None
        after = asked(rule, facts, then.settings(rule, branch_id, day)) is None
        if before != after:
            found.add(Otherwise(branch_id, entity.id, record.id, day, before, after))


def _reached(entity: Entity, rule: Deadline | Notice | Approval | Cadence) -> ColumnElement[bool]:
    """What has happened already to the records that a rule would have acted on."""
    if isinstance(rule, Cadence):
        anchored: ColumnElement[bool] = getattr(entity.model, rule.anchor).is_not(None)
        return anchored
    if isinstance(rule, Approval):
        return _moved(entity, (rule.transition,))
    return _become(entity, rule.event.rpartition(".")[2])


def _moved(entity: Entity, names: Sequence[str]) -> ColumnElement[bool]:
    """The records that a move may have brought where they are; all of them where nothing moves."""
    workflow = installation().workflows.get(entity.id)
    moves = [each for each in workflow.transitions if each.id in names] if workflow is not None else []
    if workflow is None or not moves:
        return true()
    before = {state for each in moves for state in each.source}
    kept: ColumnElement[bool] = getattr(entity.model, workflow.field).not_in(before)
    return kept


def _become(entity: Entity, moment: str) -> ColumnElement[bool]:
    """The records that have become something and still are; all of them where they were added alone."""
    if moment == ADDED or not state_field(entity):
        return true()
    are: ColumnElement[bool] = getattr(entity.model, state_field(entity)) == moment
    return are


def records_of(
    session: Session, entity: Entity, found: Previewed, *criteria: ColumnElement[bool]
) -> Iterator[Any]:
    """The latest records of the last months, in chunks; of an entity without a day, those made since. `criteria` narrow
    them."""
    model = entity.model
    every = select(model).where(*criteria).order_by(model.id.desc()).limit(CHUNK)
    wanted = since_day(every, entity, found.since)
    last: int | None = None
    while True:
        chunk = session.scalars(wanted if last is None else wanted.where(model.id < last)).all()
        for record in chunk:
            if not found.begin():
                return
            yield record
        if len(chunk) < CHUNK:
            return
        last = chunk[-1].id


def since_day(asked: Any, entity: Entity, day: date) -> Any:
    """The same, of the records that tell of a day or a later one; where an entity names none, made since."""
    column = getattr(entity.model, entity.day or "created_at", None)
    return asked if column is None else asked.where(column >= as_of(column, day))


def as_of(column: Any, day: date) -> Any:
    kind = column.type
    if isinstance(kind, Date) and not isinstance(kind, DateTime):
        return day
    if isinstance(kind, UtcDateTime):
        return datetime.combine(day, time(), ZoneInfo(clock.DEFAULT_TIME_ZONE))
    return day


def _of_amounts(session: Session, rule: Rule, row: RuleSetting, found: Previewed) -> None:
    """Amounts are judged again by the facts that were kept with them."""
    if not isinstance(rule, Amount):
        return
    then = Shelf(session, (rule,), (row,))
    kept = _amounts(select(Finding), rule, found.since)
    for each in session.scalars(kept.order_by(Finding.id.desc()).limit(found.most + 1)):
        if not found.begin():
            return
        before = span_of(each.result)
        after = figured(rule, stored.live_map(each.inputs), then.settings(rule, each.branch_id, each.day))
        if before != after:
            found.add(Otherwise(each.branch_id, each.entity, each.subject_id or 0, each.day, before, after))


def _amounts(asked: Any, rule: Rule, since: date) -> Any:
    """The same, of the amounts that were worked out by a rule since a day."""
    return asked.where(Finding.rule == rule.id, Finding.outcome == CAME_TO, Finding.day >= since)


def span_of(result: dict[str, Any]) -> Span | None:
    """The span that a finding kept."""
    low, high = stored.live(result["low"]), stored.live(result["high"])
    return None if low is None else Span(low, high)


def _low(value: Outcome) -> Decimal:
    return value.low if isinstance(value, Span) else ZERO


def _high(value: Outcome) -> Decimal:
    return value.high if isinstance(value, Span) else ZERO


def first_day(person: Person) -> date:
    """A year ago, by the calendar of the active branch."""
    day = clock.today(person.branch.time_zone) if person.branch is not None else clock.today()
    return day.replace(year=day.year - 1, day=min(day.day, 28))


PREVIEWERS[Check.kind] = _of_checks
PREVIEWERS[Amount.kind] = _of_amounts
