"""The calendar of a year: every day as it counts in the active branch."""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from babel.dates import get_day_names
from flask import request, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import get_locale, gettext
from sqlalchemy import select

from core.branches.models import Branch
from core.branches.scope import current_branch_id
from core.data import clock
from core.data.marks import N_
from core.entities.registry import demand, entity_by_id
from core.installation import installation
from core.ui import format as shown
from core.ui.page import render
from core.workdays.kept import kept_of
from core.workdays.models import NOTICE
from core.workdays.year import HOLIDAY, MADE_UP, REST, WORK, Day, year_of

FIRST, LAST = 1949, 2099
NAMES = (
    N_("New Year's Day"),
    N_("Spring Festival"),
    N_("Tomb-sweeping Day"),
    N_("Labour Day"),
    N_("Dragon Boat Festival"),
    N_("Mid-autumn Festival"),
    N_("National Day"),
    N_("Anti-Fascist 70th Day"),
)
"""As the national calendar calls them; names that somebody entered are shown as they are."""


class YearView(BaseView):
    """`/core/workdays/?year=2027`: whoever may see working days sees how they count where they work."""

    route_base = "/core/workdays"
    default_view = "year"

    @expose("/", methods=["GET"])
    def year(self) -> Any:
        entity = entity_by_id("core.workday")
        demand(entity, "see")
        session = installation().database.session()
        branch = session.get_one(Branch, current_branch_id())
        today = clock.today(branch.time_zone)
        number = asked_year(request.args.get("year", ""), today)
        calendar, said = kept_of(session, branch.id)
        names = {row[0]: row[1] for row in session.execute(select(Branch.id, _name()))}
        days = year_of(number, calendar, said)
        return render(
            "workdays/year.html",
            title=gettext("Working days of %(year)s", year=number),
            entity=entity,
            branch=names[branch.id],
            legend=legend(),
            provisional=gettext("The days off of %(year)s are not announced yet.", year=number)
            if any(each.provisional for each in days)
            else "",
            weekdays=weekdays(),
            months=[month_of(days, each, today, names) for each in range(1, 13)],
            prev_url=_url(number - 1),
            next_url=_url(number + 1),
            today_url=_url(today.year),
        )


def asked_year(text: str, today: date) -> int:
    """The year that the address names; the present one for anything else."""
    named = int(text) if len(text) == 4 and text.isascii() and text.isdigit() else 0
    return named if FIRST <= named <= LAST else today.year


def month_of(days: Sequence[Day], month: int, today: date, names: Mapping[int, str]) -> dict[str, Any]:
    """Weeks from Monday on, None for days of other months; and in words what is out of the ordinary."""
    own = {each.day: each for each in days if each.day.month == month}
    first = min(own)
    weeks = months.Calendar(firstweekday=0).monthdatescalendar(first.year, month)
    worked = sum(each.kind in (WORK, MADE_UP) for each in own.values())
    return {
        "title": shown.month(first),
        "worked": gettext("%(count)s working days", count=worked),
        "weeks": [
            [_cell(own[each], today, names) if each in own else None for each in week] for week in weeks
        ],
        "lines": _lines([each for each in own.values() if each.name or each.said], names),
    }


def _cell(each: Day, today: date, names: Mapping[int, str]) -> dict[str, Any]:
    words = [shown.date(each.day), kinds()[each.kind], told(each.name), _who(each, names)]
    if each.provisional:
        words.append(gettext("provisional"))
    return {
        "number": each.day.day,
        "iso": each.day.isoformat(),
        "kind": each.kind,
        "mark": marks().get(each.kind, ""),
        "words": shown.listed(word for word in words if word),
        "said": each.said is not None,
        "provisional": each.provisional,
        "today": each.day == today,
    }


def _lines(special: Sequence[Day], names: Mapping[int, str]) -> list[dict[str, str]]:
    """Days out of the ordinary, those that follow one another and are alike in one line."""
    found = []
    numbered = enumerate(special)
    for _key, some in groupby(
        numbered, lambda at: (at[1].day.toordinal() - at[0], at[1].kind, at[1].name, at[1].said)
    ):
        alike = [each for _place, each in some]
        first, last = alike[0], alike[-1]
        days = str(first.day.day) if first is last else f"{first.day.day}–{last.day.day}"
        what = told(first.name) or kinds()[first.kind]
        told_kind = kinds()[first.kind] if first.name else ""
        found.append({"days": days, "what": what, "kind": told_kind, "who": _who(first, names)})
    return found


def _who(each: Day, names: Mapping[int, str]) -> str:
    if each.said is None:
        return ""
    if each.said.branch_id is not None:
        return names.get(each.said.branch_id, "")
    return gettext("Yearly notice") if each.said.source == NOTICE else gettext("The company")


def told(name: str) -> str:
    """The name of a holiday in the reader's language; as it is where somebody entered it."""
    return str(gettext(name)) if name in NAMES else name


def kinds() -> dict[str, str]:
    """What each kind of day is called."""
    return {
        WORK: gettext("working day"),
        REST: gettext("day of rest"),
        HOLIDAY: gettext("holiday"),
        MADE_UP: gettext("make-up working day"),
    }


def marks() -> dict[str, str]:
    """What stands in the cells of days, so that colour is never the only sign."""
    return {HOLIDAY: gettext("off"), MADE_UP: gettext("work")}


def legend() -> list[dict[str, Any]]:
    plain = {"mark": "", "said": False, "provisional": False}
    return [
        *(
            {**plain, "kind": kind, "label": label, "mark": marks().get(kind, "")}
            for kind, label in kinds().items()
        ),
        {**plain, "kind": WORK, "label": gettext("entered by somebody"), "said": True},
        {**plain, "kind": WORK, "label": gettext("provisional"), "provisional": True},
    ]


def weekdays() -> list[dict[str, str]]:
    """Monday first: the name in full, and as it stands above a column."""
    wide, narrow = (
        get_day_names(each, "stand-alone", locale=get_locale() or "en") for each in ("wide", "narrow")
    )
    return [{"wide": wide[each], "narrow": narrow[each]} for each in range(7)]


def _name() -> Any:
    return Branch.name_zh if str(get_locale() or "").startswith("zh") else Branch.name_en


def _url(year: int) -> str:
    return url_for("YearView.year", year=year) if FIRST <= year <= LAST else ""
