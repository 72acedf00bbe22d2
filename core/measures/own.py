"""What administrators have counted: records of which conditions hold, over a period, against a target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from core.entities.spec import Entity
from core.handbook.comparing import AT_LEAST, AT_MOST, HAS, IS, LESS, MORE
from core.handbook.conditions import as_sql, named_in, target_of
from core.handbook.kinds import Threshold
from core.handbook.own.expression import EMPTY, FILLED, IS_NOT, of_plain
from core.handbook.own.making import SHARE as OF_ALL
from core.handbook.own.models import COUNT as COUNTED
from core.handbook.own.models import PUBLISHED, OwnRule
from core.handbook.own.rules import Term, of_effect, rule_of, term_of
from core.handbook.preview import as_of
from core.handbook.settings import Shelf
from core.handbook.thresholds import judged_on, months_of
from core.installation import installation
from core.measures.kinds import COUNT, SHARE, Measure, Sum
from core.measures.months import Months, first_day, last_day, moved
from core.people.access import tree_above

Key = tuple[int, str]
IN_LIST = {
    IS: "eq",
    MORE: "gt",
    LESS: "lt",
    AT_LEAST: "ge",
    AT_MOST: "le",
    HAS: "ct",
    IS_NOT: "neq",
    EMPTY: "none",
    FILLED: "some",
}
"""How the list asks what a condition asks."""


def every_measure(session: Session) -> list[Measure]:
    """What the plugins declare, then what administrators have counted."""
    return [*(each for _owner, each in installation().measures), *own_measures(session)]


def measure_of(session: Session, measure_id: str) -> Measure | None:
    """The measure of an id, declared or an administrator's."""
    return next((each for each in every_measure(session) if each.id == measure_id), None)


def own_measures(session: Session) -> list[Measure]:
    """Those in force, each with all its versions: a month is judged by that of its day."""
    versions: dict[int, list[OwnRule]] = {}
    for row in of_effect(session, COUNTED):
        versions.setdefault(row.number, []).append(row)
    in_force = (rows for rows in versions.values() if rows[-1].state == PUBLISHED)
    return [_measure(session, rows[-1], [term_of(each) for each in rows]) for rows in in_force]


def drafted(session: Session, row: OwnRule) -> Measure:
    """What a draft would count, as if it had held all along."""
    return _measure(session, row, [Term(row, rule_of(row), date.min, None)])


def _measure(session: Session, row: OwnRule, terms: Sequence[Term]) -> Measure:
    rule, entity, versions = rule_of(row), installation().entities[row.entity], _Versions(tuple(terms))
    assert isinstance(rule, Threshold)  # noqa: S101 - its effect says so
    return Measure(
        id=rule.measure,
        label=row.name,
        unit=SHARE if row.detail["measured"] == OF_ALL else COUNT,
        entity=row.entity,
        sums=versions.sums,
        url=versions.url,
        about=row.says,
        rests_on=tuple(_rests_on(entity, rule)),
        at_most=rule.at_most,
        rule=rule,
        asked=versions.asked,
        within=_below(session, row.branch_id),
    )


def _rests_on(entity: Entity, rule: Threshold) -> Iterator[tuple[str, str]]:
    for path in named_in(rule.where):
        target = target_of(entity, path, installation().entities)
        yield target.entity.id, target.name


def _below(session: Session, branch_id: int) -> frozenset[int]:
    """A branch and those below it."""
    above = tree_above(session)
    found, ahead = {branch_id}, {branch_id}
    while ahead:
        ahead = {each for each, parent in above.items() if parent in ahead} - found
        found |= ahead
    return frozenset(found)


@dataclass(frozen=True)
class _Versions:
    """A rule in its versions, the latest last. A month from before the first is counted by that, without a target."""

    terms: tuple[Term, ...]

    def of(self, month: str) -> Term | None:
        """The version in force at the end of the period in which a month lies."""
        held = (each for each in self.terms if each.has(judged_on(_threshold(each), month)))
        return max(held, key=lambda each: each.row.version, default=None)

    def sums(self, session: Session, months: Months) -> Iterator[Sum]:
        """For `Measure.sums`: of a month its own figure, of a longer period what came together up to this month."""
        by_version: dict[int, list[str]] = {}
        known = {each.row.version: each for each in self.terms}
        for month in months.all:
            version = (self.of(month) or self.terms[0]).row.version
            by_version.setdefault(version, []).append(month)
        for version, wanted in by_version.items():
            yield from _sums(session, known[version], wanted)

    def asked(
        self, session: Session, branch_ids: Iterable[int], months: Iterable[str]
    ) -> Mapping[Key, Decimal]:
        """For `Measure.asked`: by the settings of the last day of each period."""
        found, places = {}, list(branch_ids)
        shelf = Shelf(session, [each.rule for each in self.terms])
        for month in months:
            term = self.of(month)
            if term is None:
                continue
            rule = _threshold(term)
            for branch_id in places:
                target = shelf.settings(rule, branch_id, judged_on(rule, month))[rule.target]
                if target is not None:
                    found[branch_id, month] = Decimal(target)
        return found

    def url(self, month: str, _months: Months) -> str:
        """For `Measure.url`: the list, narrowed to the period and, where the list can say them, the conditions."""
        row = (self.of(month) or self.terms[0]).row
        entity = installation().entities[row.entity]
        first, last = _period(_threshold(self.of(month) or self.terms[0]), month)
        day = entity.day or "created_at"
        asked = {f"f_{day}.ge": first.isoformat(), f"f_{day}.le": last.isoformat()}
        lines = of_plain(row.conditions)
        if row.all_of or len(lines) == 1:
            for each in lines:
                if "." not in each.field:
                    asked[f"f_{each.field}.{IN_LIST[each.operator]}"] = each.value or "1"
        return f"{entity.path}?{urlencode(asked)}"


def _threshold(term: Term) -> Threshold:
    assert isinstance(term.rule, Threshold)  # noqa: S101 - its effect says so
    return term.rule


def _period(rule: Threshold, month: str) -> tuple[date, date]:
    """From the first day of the period to the last of the month."""
    return first_day(months_of(rule, month)[0]), last_day(month)


def _sums(session: Session, term: Term, months: Sequence[str]) -> Iterator[Sum]:
    """One statement, however many months, branches and rows."""
    rule, entities = _threshold(term), installation().entities
    entity = entities[term.row.entity]
    day = getattr(entity.model, entity.day or "created_at")
    matched = as_sql(entity, rule.where, entities)
    within = [_between(day, *_period(rule, month)) for month in months]
    columns = [func.count(case((and_(each, matched), 1))) for each in within]
    is_share = term.row.detail["measured"] == OF_ALL
    wholes = [func.count(case((each, 1))) for each in within] if is_share else []
    first, last = _period(rule, months[0])[0], last_day(months[-1])
    place = entity.model.branch_id
    asked = select(place, *columns, *wholes).where(_between(day, first, last)).group_by(place)
    for branch_id, *counts in session.execute(asked):
        for number, month in enumerate(months):
            of = counts[len(months) + number] if is_share else None
            yield Sum(branch_id, month, counts[number], of)


def _between(column: Any, first: date, last: date) -> ColumnElement[bool]:
    after = first_day(moved(f"{last.year:04d}-{last.month:02d}", 1))
    found: ColumnElement[bool] = and_(column >= as_of(column, first), column < as_of(column, after))
    return found
