"""A sample context of the calendar of a year."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.workdays import Calendar
from core.workdays.models import NOTICE, OWN
from core.workdays.screens.year import legend, month_of, weekdays
from core.workdays.year import Said, year_of
from ui_sample_words import Say

TODAY = date(2026, 11, 22)


def year(t: Say) -> dict[str, Any]:
    said = {
        date(2027, 10, 4): Said("National Day", NOTICE),
        date(2027, 5, 8): Said(t("Fair", "展会"), OWN, 2),
    }
    calendar = Calendar({date(2027, 10, 4): False, date(2027, 5, 8): True})
    days = year_of(2027, calendar, said)
    return {
        "title": t("Working days of 2027", "2027 年工作日历"),
        "entity": {"path": "/core/workday/", "label_plural": t("Working days", "工作日")},
        "branch": t("Gas east", "燃气东区"),
        "provisional": t("The days off of 2027 are not announced yet.", "2027 年的放假安排尚未公布。"),
        "legend": legend(),
        "weekdays": weekdays(),
        "months": [month_of(days, each, TODAY, {2: t("Gas east", "燃气东区")}) for each in range(1, 13)],
        "prev_url": "?year=2026",
        "next_url": "?year=2028",
        "today_url": "?year=2026",
    }
