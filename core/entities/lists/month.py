"""A list as a calendar: a month of days, each with its first records."""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale, gettext, ngettext
from sqlalchemy import func

from core.data import clock
from core.entities.lists.arguments import SHOWN_AS
from core.entities.lists.asked import Asked
from core.entities.query import order_of, statement_of
from core.entities.reading import readable, title_for_reader
from core.entities.spec import Entity
from core.installation import installation
from core.people.access import current_person
from core.ui import format as shown

OF_A_DAY = 4
"""How many records a day shows."""
AT_MOST = 600
"""How many records a month reads; a day with more says so and leads to its list."""


def has_calendar(entity: Entity) -> bool:
    """Whether the entity has a calendar that the reader may see: they see its days whole."""
    return bool(entity.calendar) and readable(entity, entity.calendar)


def calendar_context(asked: Asked) -> dict[str, Any]:
    """The month that the address names, else the present one. Two statements: its records, and how many a day has."""
    entity, session, today = asked.entity, installation().database.session(), _today()
    first = month_of(asked.arguments.get("month", ""), today)
    weeks = months.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    column = getattr(entity.model, entity.calendar)
    query = replace(asked.query, after="", before="")
    within = statement_of(entity, query).where(column >= weeks[0][0], column <= weeks[-1][-1])
    counted = within.with_only_columns(column, func.count()).group_by(column)
    counts: Mapping[date, int] = {day: count for day, count in session.execute(counted)}
    records: dict[date, list[Any]] = {}
    for record in session.scalars(within.order_by(column, *order_of(entity, query)).limit(AT_MOST)):
        records.setdefault(getattr(record, entity.calendar), []).append(record)
    label = entity.field(entity.calendar).label
    total = sum(count for day, count in counts.items() if day.month == first.month)
    return {
        "title": shown.month(first),
        "total_text": ngettext("%(num)s record", "%(count)s records", total, count=shown.number(total)),
        "label": gettext("%(things)s by %(field)s", things=entity.label_plural, field=label),
        "weekdays": [
            name for _number, name in sorted(get_day_names("wide", locale=get_locale() or "en").items())
        ],
        "weeks": [[_day(asked, day, first, today, records, counts) for day in week] for week in weeks],
        "prev_url": asked.address(month=_text(first - timedelta(days=1))),
        "next_url": asked.address(month=_text(first + timedelta(days=31))),
        "today_url": asked.address(month=""),
    }


def month_of(text: str, today: date) -> date:
    """The first day of `2026-11`; of the present month for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if 1900 <= first.year <= 2999 else today.replace(day=1)


def _text(day: date) -> str:
    return f"{day:%Y-%m}"


def _today() -> date:
    person = current_person()
    return clock.today(person.branch.time_zone) if person and person.branch else clock.today()


def _day(
    asked: Asked,
    day: date,
    first: date,
    today: date,
    records: Mapping[date, list[Any]],
    counts: Mapping[date, int],
) -> dict[str, Any]:
    entity, some = asked.entity, records.get(day, [])[:OF_A_DAY]
    more = counts.get(day, 0) - len(some)
    return {
        "number": day.day,
        "date": shown.date(day),
        "iso": day.isoformat(),
        "outside": day.month != first.month,
        "today": day == today,
        "items": [
            {"title": title_for_reader(entity, each), "url": f"{entity.path}{each.id}"} for each in some
        ],
        "more": shown.number(more) if more > 0 else "",
        "more_url": asked.address({f"f_{entity.calendar}": day.isoformat()}, month="", **{SHOWN_AS: ""}),
    }
