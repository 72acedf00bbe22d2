"""Figures and targets as the reader reads them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from core.handbook.thresholds import NOT_APPLICABLE, REACHED, Verdict
from core.measures.kinds import COUNT, MONEY, SHARE, Measure
from core.measures.months import first_day
from core.ui import format as shown

UNITS = {MONEY: _("yuan (¥)"), SHARE: _("percent"), COUNT: _("pieces")}
NOT_OVER = {
    "month": _("Month not over"),
    "quarter": _("Quarter not over"),
    "half": _("Half-year not over"),
    "year": _("Year not over"),
}
HUNDRED = Decimal(100)


def figure(measure: Measure, value: Decimal | None) -> str:
    """A value in the measure's own unit, percent for a share."""
    if value is None:
        return shown.DASH
    if measure.unit == MONEY:
        return shown.money(value)
    return shown.percent(value / HUNDRED) if measure.unit == SHARE else shown.number(int(value))


def plain(measure: Measure, value: Decimal | None) -> str:
    """The same as a number that programs read; empty for none."""
    if value is None:
        return ""
    return str(round(value, 2 if measure.unit == MONEY else 1 if measure.unit == SHARE else 0))


def span(months: tuple[str, ...]) -> str:
    """`November 2025 to October 2026`."""
    first, last = (shown.month(first_day(each)) for each in (months[0], months[-1]))
    return gettext("%(first)s to %(last)s", first=first, last=last)


def judged(found: Verdict, running: str, *, at_most: bool) -> dict[str, Any]:
    """How a figure stands to its target, in words with a tone; empty where there is nothing to judge.

    `running` is the period that is not over yet: before its end nothing is missed.
    """
    if found.state == NOT_APPLICABLE:
        return {}
    if found.state == REACHED:
        return {"label": gettext("Target met"), "tone": "success", "icon": "circle-check"}
    if running:
        return {"label": str(NOT_OVER[running]), "tone": "neutral", "icon": "clock"}
    missed = gettext("Above the target") if at_most else gettext("Below the target")
    return {"label": missed, "tone": "danger", "icon": "alert-circle"}
