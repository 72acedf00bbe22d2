"""A list as a calendar: a month of days, each with its first records."""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale, gettext, ngettext

from core.data import clock
from core.entities import counting
from core.entities.counting import first_of_each, records_by_id, told
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


def has_calendar(entity: Entity) -> bool:
    """Whether the entity has a calendar that the reader may see: they see its days whole."""
    return bool(entity.calendar) and readable(entity, entity.calendar)


def calendar_context(asked: Asked) -> dict[str, Any]:
    """The month that the address names, else the present one. Two statements: which records each day shows and how many
    it has, bounded for each day; and these records."""
    entity, today = asked.entity, today_here()
    first = month_of(asked.arguments.get("month", ""), today)
    weeks = months.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    ids, counts = _first(asked, [day for week in weeks for day in week])
    found = records_by_id(
        installation().database.session(), entity, [one for some in ids.values() for one in some]
    )
    records = {day: [found[one] for one in some if one in found] for day, some in ids.items()}
    label = entity.field(entity.calendar).label
    own = [count for day, count in counts.items() if date.fromisoformat(day).month == first.month]
    total = counting.COUNT_CAP + 1 if max(own, default=0) > counting.COUNT_CAP else sum(own)
    return {
        "title": shown.month(first),
        "total_text": ngettext("%(num)s record", "%(count)s records", total, count=_told(total, own)),
        "label": gettext("%(things)s by %(field)s", things=entity.label_plural, field=label),
        "weekdays": [
            name for _number, name in sorted(get_day_names("wide", locale=get_locale() or "en").items())
        ],
        "weeks": [[_day(asked, day, first, today, records, counts) for day in week] for week in weeks],
        "prev_url": asked.address(month=_text(first - timedelta(days=1))),
        "next_url": asked.address(month=_text(first + timedelta(days=31))),
        "today_url": asked.address(month=""),
    }


def _told(total: int, own: Sequence[int]) -> str:
    """How many a month has; a sum of days of which one is more than counted is more than that."""
    return told(total) if max(own, default=0) > counting.COUNT_CAP else shown.number(total)


def _first(asked: Asked, days: Sequence[date]) -> tuple[dict[str, list[int]], dict[str, int]]:
    """By day: the ids of its first records, and how many it has; bounded for each day."""
    entity, query = asked.entity, replace(asked.query, after="", before="")
    column, whole = getattr(entity.model, entity.calendar), statement_of(entity, query)
    parts = {day.isoformat(): whole.where(column == day) for day in days}
    return first_of_each(installation().database.session(), entity, parts, order_of(entity, query), OF_A_DAY)


def month_of(text: str, today: date) -> date:
    """The first day of `2026-11`; of the present month for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if 1900 <= first.year <= 2999 else today.replace(day=1)


def _text(day: date) -> str:
    return f"{day:%Y-%m}"


def today_here() -> date:
    person = current_person()
    return clock.today(person.branch.time_zone) if person and person.branch else clock.today()


def _day(
    asked: Asked,
    day: date,
    first: date,
    today: date,
    records: Mapping[str, list[Any]],
    counts: Mapping[str, int],
) -> dict[str, Any]:
    entity, some, count = asked.entity, records.get(day.isoformat(), []), counts.get(day.isoformat(), 0)
    more = counting.COUNT_CAP + 1 if count > counting.COUNT_CAP else count - len(some)
    return {
        "number": day.day,
        "date": shown.date(day),
        "iso": day.isoformat(),
        "outside": day.month != first.month,
        "today": day == today,
        "items": [
            {"title": title_for_reader(entity, each), "url": f"{entity.path}{each.id}"} for each in some
        ],
        "more": told(more) if more > 0 else "",
        "more_url": asked.address({f"f_{entity.calendar}": day.isoformat()}, month="", **{SHOWN_AS: ""}),
    }
