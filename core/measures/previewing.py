"""What thresholds would have come to under a proposed target: which months of which branches reach it or miss it."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import get_locale, gettext
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.data import clock
from core.handbook.kinds import Rule, Threshold
from core.handbook.models import RuleSetting
from core.handbook.own.models import OwnRule
from core.handbook.preview import Otherwise, Previewed
from core.handbook.settings import Shelf
from core.handbook.thresholds import MISSED, NOT_APPLICABLE, Verdict, judged_on, months_of, verdict
from core.measures.figures import read_one
from core.measures.kinds import Measure
from core.measures.months import Months, month_of, moved
from core.measures.own import drafted, measure_of
from core.measures.reach import Reach
from core.measures.words import figure
from core.people.access import Person, current_person


def of_thresholds(session: Session, rule: Rule, row: RuleSetting, found: Previewed) -> None:
    """Over the branches whose figures the person gets. A target that somebody entered for a month stays."""
    measure, person = _measure(session, rule), current_person()
    if not isinstance(rule, Threshold) or measure is None or person is None or person.branch is None:
        return
    today = clock.today(person.branch.time_zone)
    months = Months(moved(month_of(today), -1), today)
    found.since = months.first_day
    now, then = Shelf(session, (rule,)), Shelf(session, (rule,), (row,))
    known = read_one(session, Reach(person), measure, months)
    for branch_id, month in ((each, month) for each in known.branches for month in _ends(rule, months)):
        value, day = known.value(month, branch_id), judged_on(rule, month)
        entered = known.targets.get((branch_id, month))
        was, would = (
            verdict(
                rule, value, each.settings(rule, branch_id, day)[rule.target] if entered is None else entered
            )
            for each in (now, then)
        )
        found.judged += value is not None
        if was.state != would.state:
            told = (_told(measure, was), _told(measure, would))
            found.add(Otherwise(branch_id, "", None, day, *told, label=_label(session, measure, branch_id)))


def of_count(session: Session, person: Person, made: OwnRule) -> Previewed:
    """The periods of the last months in which a drafted count would have missed its target; for
    `own.previewing.PREVIEWERS`."""
    measure = drafted(session, made)
    today = clock.today(person.branch.time_zone) if person.branch is not None else clock.today()
    months = Months(moved(month_of(today), -1), today)
    rule = measure.rule
    assert rule is not None  # noqa: S101 - a count has one
    found = Previewed(rule, months.first_day)
    known = read_one(session, Reach(person), measure, months)
    for branch_id, month in ((each, month) for each in known.branches for month in _ends(rule, months)):
        came = verdict(rule, known.value(month, branch_id), known.ruled.get((branch_id, month)))
        found.judged += 1
        if came.state == MISSED:
            label = _label(session, measure, branch_id)
            day = judged_on(rule, month)
            found.add(Otherwise(branch_id, "", None, day, "", _told(measure, came), label=label))
    return found


def _measure(session: Session, rule: Rule) -> Measure | None:
    return measure_of(session, rule.measure) if isinstance(rule, Threshold) else None


def _ends(rule: Threshold, months: Months) -> Iterator[str]:
    """The last months of the periods that are over; a measure's figure there is that of the whole period."""
    return (each for each in months.all if months_of(rule, each)[-1] == each)


def _label(session: Session, measure: Measure, branch_id: int) -> str:
    branch = session.get(Branch, branch_id)
    return f"{measure.label} · {branch.name(str(get_locale() or 'en')) if branch is not None else branch_id}"


def _told(measure: Measure, each: Verdict) -> str:
    """`Missed: 96% against 98%`."""
    figures = {"figure": figure(measure, each.figure), "target": figure(measure, each.target)}
    if each.state == NOT_APPLICABLE:
        return gettext("Without a target")
    if each.state == MISSED:
        return gettext("Missed: %(figure)s against %(target)s", **figures)
    return gettext("Reached: %(figure)s against %(target)s", **figures)
