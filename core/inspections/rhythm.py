"""How often a round is made: the period that a day lies in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from core.handbook import values
from core.handbook.kinds import Rule, Settings
from core.handbook.periods import Period, period_of
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.inspections.kinds import InspectionRound
from core.inspections.often import LENGTHS, ONCE_IN, PLAIN, setting_of


def period_on(session: Session, round_: InspectionRound, branch_id: int, day: date) -> Period | None:
    """The period of a round in a branch on a day; None where the round rests, as its figure is unset."""
    return period_by(round_, day, lambda rule: settings_on(session, rule, branch_id, day))


def period_by(round_: InspectionRound, day: date, settings_of: Callable[[Rule], Settings]) -> Period | None:
    """As `period_on`, with settings from wherever they were read."""
    if round_.every in PLAIN:
        return period_of(day, *PLAIN[round_.every])
    named = setting_of(round_, book().rules)
    if named is None:
        return None
    rule, name = named
    value = settings_of(rule)[name]
    kind = rule.setting(name).kind
    if value is None:
        return None
    if kind in ONCE_IN:
        return period_of(day, ONCE_IN[kind])
    count = 1 if kind in (values.HOURS, values.MINUTES, values.CLOCK_HOURS) else max(int(value), 1)
    return period_of(day, LENGTHS[kind], count)
