"""Which figure says how often a round is made. Free of the database: the host asks it when plugins are registered."""

from __future__ import annotations

from collections.abc import Mapping

from core.handbook import values
from core.handbook.kinds import Cadence, Rule
from core.inspections.kinds import DAY, MONTH, WEEK, InspectionRound

PLAIN = {DAY: (values.DAYS, 1), WEEK: (values.WEEKS, 1), MONTH: (values.MONTHS, 1)}
LENGTHS = {
    values.HOURS: values.DAYS,
    values.MINUTES: values.DAYS,
    values.CLOCK_HOURS: values.DAYS,
    values.DAYS: values.DAYS,
    values.WORKDAYS: values.DAYS,
    values.WEEKS: values.WEEKS,
    values.MONTHS: values.MONTHS,
    values.YEARS: values.YEARS,
}
ONCE_IN = {
    values.TIME: values.DAYS,
    values.WEEKDAY: values.WEEKS,
    values.DAY_OF_MONTH: values.MONTHS,
    values.DAYS_OF_MONTH: values.MONTHS,
}


def setting_of(round_: InspectionRound, rules: Mapping[str, Rule]) -> tuple[Rule, str] | None:
    """The setting that says how often; None where there is none of that name, or no length can be read from it."""
    rule_id, _dot, name = round_.every.partition(".")
    rule = rules.get(rule_id)
    if rule is None:
        return None
    if isinstance(rule, Cadence) and not name:
        name = rule.every or rule.on
    found = next((each for each in rule.settings if each.name == name), None)
    return (rule, name) if found is not None and found.kind in {*LENGTHS, *ONCE_IN} else None


def is_known(round_: InspectionRound, rules: Mapping[str, Rule]) -> bool:
    """Whether it is said how often the round is made."""
    return round_.every in PLAIN or setting_of(round_, rules) is not None
