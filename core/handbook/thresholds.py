"""Figures over a period against the target of a rule (指标): compared unrounded; nothing due is not applicable."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from core.handbook.kinds import Threshold
from core.handbook.registry import book
from core.handbook.settings import Shelf

Key = tuple[int, str]
"""A branch's id and a month (`2026-11`)."""
REACHED, MISSED, NOT_APPLICABLE = "reached", "missed", "not_applicable"
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Verdict:
    """How a period came out; `figure` and `target` as they were compared (a share in percent)."""

    state: str
    figure: Decimal | None
    target: Decimal | None


def of_measure(measure_id: str) -> list[Threshold]:
    """The rules that set a target for a measure."""
    found: list[Threshold] = book().of_kind(Threshold)
    return [each for each in found if each.measure == measure_id]


def rule_of(measure_id: str) -> Threshold | None:
    """The rule that sets the target of a measure; the first, should there be several."""
    return next(iter(of_measure(measure_id)), None)


def targets(
    session: Session, measure_ids: Iterable[str], branch_ids: Iterable[int], months: Iterable[str]
) -> dict[str, dict[Key, Decimal]]:
    """By measure: what the rules ask of each branch, by the settings in force on the last day of the period (the month,
    quarter, half or year) in which each month lies."""
    known = {name: rule for name in measure_ids if (rule := rule_of(name)) is not None}
    if not known:
        return {}
    shelf, wanted, places = Shelf(session, known.values()), list(months), list(branch_ids)
    found: dict[str, dict[Key, Decimal]] = {}
    for name, rule in known.items():
        for month in wanted:
            for branch_id in places:
                target = shelf.settings(rule, branch_id, judged_on(rule, month))[rule.target]
                if target is not None:
                    found.setdefault(name, {})[branch_id, month] = Decimal(target)
    return found


def verdict(rule: Threshold, figure: Decimal | None, target: Decimal | None) -> Verdict:
    """As `compared`, by a rule."""
    return compared(figure, target, at_most=rule.at_most)


def compared(figure: Decimal | None, target: Decimal | None, *, at_most: bool) -> Verdict:
    """`figure` is None where nothing was due. The target itself is reached (以上 and 以内 include it)."""
    if figure is None or target is None:
        return Verdict(NOT_APPLICABLE, figure, target)
    is_reached = figure <= target if at_most else figure >= target
    return Verdict(REACHED if is_reached else MISSED, figure, target)


def months_of(rule: Threshold, month: str) -> tuple[str, ...]:
    """The months of the period in which a month lies."""
    length = MONTHS[rule.over]
    year, number = (int(part) for part in month.split("-"))
    first = (number - 1) // length * length + 1
    return tuple(f"{year}-{each:02}" for each in range(first, first + length))


def judged_on(rule: Threshold, month: str) -> date:
    """The last day of the period in which a month lies: by the settings of that day the period is judged."""
    return last_day(months_of(rule, month)[-1])


def last_day(month: str) -> date:
    """The last day of a month."""
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, calendar.monthrange(year, number)[1])
