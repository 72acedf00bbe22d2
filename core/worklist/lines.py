"""How much of each rule waits for a person, for the lines of My work.

Of what anybody in a position may do there may be tens of thousands: its rules are found by jumps along an index, one
after the other, and each is counted to GLANCE_CAP. What is owed in person, and what the branch itself owes with a
report or a round, is little, and is read as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.entities import counting
from core.handbook.kinds import Cadence
from core.handbook.registry import book
from core.inspections.models import OPEN as BEGUN
from core.inspections.models import Inspection
from core.installation import installation
from core.people.access import Person
from core.worklist.models import OPEN, Obligation

COMING = 14
"""Days ahead that the home page looks; the list has all."""
LATE, TODAY, AHEAD = "late", "today", "ahead"


@dataclass(frozen=True)
class Group:
    """What is open of a rule in a span of days, of the reader in person or of a position; `first` is the first of the
    due days. `starts_on` and `nominal_on` are those of what is first, where a report or a round is of them."""

    rule: str
    span: str
    is_named: bool
    count: int
    first: date
    starts_on: date | None = None
    nominal_on: date | None = None


def groups(session: Session, person: Person, day: date, but: Collection[str] = ()) -> list[Group]:
    """One statement for each position and one more, however many obligations there are; of the rules `but`, nothing."""
    singly = _counted_singly()
    return [*_of_positions(session, person, day, {*singly, *but}), *_read(session, person, day, singly, but)]


def is_open(day: date) -> tuple[ColumnElement[bool], ...]:
    """What is asked for up to COMING days ahead."""
    return (*_is_asked(), Obligation.due_on <= day + timedelta(days=COMING))


def _is_asked() -> tuple[ColumnElement[bool], ...]:
    return (
        Obligation.branch_id == current_branch_id(),
        Obligation.state == OPEN,
        Obligation.paused_on.is_(None),
    )


def _counted_singly() -> list[str]:
    """The rules whose obligations lead to a report or to a round."""
    of_rounds = {each.id for each in book().of_kind(Cadence) if each.round}
    return sorted(of_rounds | {each.rule for each in installation().reports.values()})


# ---------------------------------------------------------------- of positions


def _of_positions(session: Session, person: Person, day: date, but: Collection[str]) -> Iterator[Group]:
    """A statement for each position; of the rules `but`, nothing."""
    once: dict[tuple[str, str], Group] = {}
    spans = _spans(day)
    for position in person.positions:
        held = _rules_of(position.id)
        mine = (Obligation.owner_position == position.id, Obligation.owner_id.is_(None))
        figures = [each for due in spans.values() for each in _figures(held, (*mine, *due))]
        asked = select(held.c.rule, *figures).where(held.c.rule.is_not(None), held.c.rule.not_in(sorted(but)))
        for rule, *found in session.execute(asked):
            for span, count, first in zip(spans, found[::2], found[1::2], strict=True):
                if count:
                    before = once.get((rule, span), Group(rule, span, False, 0, first))
                    count, first = before.count + count, min(before.first, first)
                    once[rule, span] = Group(rule, span, False, count, first)
    yield from once.values()


def _rules_of(position: str) -> Any:
    """Every rule under which something is open for a position, the smallest first; None at the end."""
    here = (Obligation.branch_id == current_branch_id(), Obligation.state == OPEN)
    mine = select(Obligation.rule).where(*here, Obligation.owner_position == position)
    smallest = mine.order_by(Obligation.rule).limit(1)
    held = select(smallest.scalar_subquery().label("rule")).cte("held", recursive=True)
    jump = smallest.where(Obligation.rule > held.c.rule).correlate(held).scalar_subquery()
    return held.union_all(select(jump).where(held.c.rule.is_not(None)))


def _spans(day: date) -> dict[str, tuple[ColumnElement[bool], ...]]:
    return {
        LATE: (Obligation.due_on < day,),
        TODAY: (Obligation.due_on == day,),
        AHEAD: (Obligation.due_on > day, Obligation.due_on <= day + timedelta(days=COMING)),
    }


def _figures(held: Any, wanted: Sequence[ColumnElement[bool]]) -> tuple[Any, Any]:
    """How many of a rule are wanted, and the first of their due days."""
    of_rule = select(Obligation.due_on).where(*_is_asked(), Obligation.rule == held.c.rule, *wanted)
    some = of_rule.limit(counting.GLANCE_CAP + 1).correlate(held).subquery()
    first = of_rule.order_by(Obligation.due_on).limit(1).correlate(held).scalar_subquery()
    return select(func.count()).select_from(some).scalar_subquery(), first


# ---------------------------------------------------------------- in person, and by report or round


def _read(
    session: Session, person: Person, day: date, singly: Sequence[str], but: Collection[str]
) -> Iterator[Group]:
    when = case((Obligation.due_on < day, LATE), (Obligation.due_on == day, TODAY), else_=AHEAD)
    named = case((Obligation.owner_id.is_(None), 0), else_=1)
    days = (Obligation.due_on, Obligation.starts_on, Obligation.nominal_on)
    each = select(Obligation.rule, when.label("span"), named.label("named"), *days)
    others = Obligation.rule.not_in(sorted(but))
    shown = each.where(*is_open(day), _is_few(person, singly), ~_shown_as_round(day), others)
    mine = shown.order_by(Obligation.due_on).limit(counting.COUNT_CAP + 1).subquery("mine")
    keys = (mine.c.rule, mine.c.span, mine.c.named)
    firsts = [func.min(mine.c[each.name]) for each in days]
    for rule, span, is_named, *found in session.execute(select(*keys, func.count(), *firsts).group_by(*keys)):
        yield Group(rule, span, bool(is_named), *found)


def _is_few(person: Person, singly: Sequence[str]) -> ColumnElement[bool]:
    positions = [each.id for each in person.positions]
    of_position = and_(
        Obligation.owner_id.is_(None),
        Obligation.owner_position.in_(positions),
        Obligation.rule.in_(singly),
    )
    in_person = and_(Obligation.owner_id.is_not(None), Obligation.owner_id == person.user_id)
    return or_(in_person, of_position)


def _shown_as_round(day: date) -> ColumnElement[bool]:
    """Of what My work has a line by the round itself: as long as it can be made, or once it was begun."""
    rules = [each for each in book().of_kind(Cadence) if each.round]
    same = Inspection.branch_id == Obligation.branch_id, Inspection.due_on == Obligation.due_on
    begun = select(Inspection.id).where(*same, Inspection.state == BEGUN).correlate(Obligation)
    of_rule = (
        and_(Obligation.rule == each.id, begun.where(Inspection.round == each.round).exists())
        for each in rules
    )
    to_come = and_(Obligation.rule.in_([each.id for each in rules]), Obligation.due_on >= day)
    return or_(to_come, *of_rule)
