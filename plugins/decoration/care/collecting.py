"""What a night collects: greetings for the birthdays, holidays and the heating season of the days ahead, as drafts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from babel.dates import format_skeleton
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import change, insert_rows, table_of
from core.data.marks import N_
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.workdays import calendar, rolled
from core.workdays.kept import calendar_of
from plugins.decoration.care import audience
from plugins.decoration.care.drafting import draft_all, here, in_words, make
from plugins.decoration.models.care import CareBatch, CareDay
from plugins.decoration.rules import names_care as c
from plugins.decoration.rules.birthdays import keys_on
from plugins.decoration.rules.book import care as paper

AHEAD = 7
"""Days for which drafts are there in advance, so that people can approve a week at once."""
YOU = N_("you")
HEATING_FROM = N_("Heating from %(day)s on")
BIRTHDAYS_OF = N_("Birthdays from %(first)s to %(last)s")
BY_LAW = {
    calendar.NEW_YEAR: paper.NEW_YEAR,
    calendar.SPRING: paper.SPRING,
    calendar.LABOUR: paper.LABOUR,
    calendar.DRAGON_BOATS: paper.DRAGON_BOATS,
    calendar.MID_AUTUMN: paper.MID_AUTUMN,
    calendar.NATIONAL: paper.NATIONAL,
}
LABELS = dict(paper.HOLIDAY_NAMES)


def collect(session: Session, today: date) -> int:
    """Everything of the days ahead in the active branch; answers how many drafts are new. Safe to do twice."""
    found = collect_birthdays(session, today) + collect_holidays(session, today)
    found += collect_heating(session, today)
    change(session, CareDay, delete(table_of(CareDay)))
    insert_rows(session, CareDay, [{"collected_on": today}])
    return found


def collect_birthdays(session: Session, today: date) -> int:
    """DEC-R76: customers whose birthday it is so many days later, and those who belong to them; a batch a week."""
    offset = _settings(session, "DEC-R76", today)["birthday_offset_days"]
    if offset is None:
        return 0
    made = 0
    itself = in_words(session, YOU)
    for day in (today + timedelta(days=each) for each in range(AHEAD + 1)):
        keys, cause = keys_on(day + timedelta(days=offset)), f"{c.BIRTHDAY}/{day}"
        if not audience.is_anybody(session, keys, cause):
            continue
        batch = _of_week(session, day)
        of_customers = audience.CUSTOMER.c.birthday_key.in_(keys)
        of_families = audience.CONTACT.c.birthday_key.in_(keys)
        new = audience.draft_customers(session, batch, itself, cause, day, of_customers)
        new += audience.draft_families(session, batch, itself, cause, day, of_families)
        made += new
        batch.due_on = min(batch.due_on, day) if new else batch.due_on
    session.flush()
    return made


def collect_holidays(session: Session, today: date) -> int:
    """DEC-R77: the holidays of the law that the branch greets on, each on its first day."""
    wanted = _settings(session, "DEC-R77", today)["holiday_calendar"] or ()
    made = 0
    for day, name in holidays(today, today + timedelta(days=AHEAD)):
        if name in wanted and not _there(session, f"{c.HOLIDAY}/{day}"):
            title = in_words(session, LABELS[name])
            made += draft_all(session, make(session, c.HOLIDAY, title, day, f"{c.HOLIDAY}/{day}"))
    return made


def collect_heating(session: Session, today: date) -> int:
    """DEC-R79: the reminder of the heating season, once the branch says when that begins."""
    settings = _settings(session, "DEC-R79-B", today)
    starts, ahead = settings["heating_start_date"], settings["heating_notice_days"]
    if starts is None or ahead is None:
        return 0
    days = calendar_of(session, current_branch_id())
    due_on, cause = rolled(starts - timedelta(days=ahead), days, "previous"), f"{c.HEATING}/{starts}"
    if not (due_on - timedelta(days=AHEAD) <= today < starts) or _there(session, cause):
        return 0
    title = in_words(session, HEATING_FROM, day=_shown(session, starts))
    batch = make(session, c.HEATING, title, max(due_on, today), cause)
    return draft_all(session, batch, _shown(session, starts))


def holidays(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The first days of the holidays of the law between two days, each with the name that settings know it by."""
    for year in range(first.year, last.year + 1):
        begins: dict[str, date] = {}
        for day, name in sorted(calendar.named_by_law(year).items()):
            begins.setdefault(name, day)
        for name, day in sorted(begins.items(), key=lambda each: each[1]):
            if first <= day <= last and name in BY_LAW:
                yield day, BY_LAW[name]


def _of_week(session: Session, day: date) -> CareBatch:
    """The draft of the week of a day. What joins after it was approved comes into a further one."""
    monday = day - timedelta(days=day.weekday())
    cause = f"{c.BIRTHDAY}/{monday}"
    found = session.scalar(
        select(CareBatch).where(CareBatch.cause == cause, CareBatch.state == c.DRAFT).limit(1)
    )
    if found is not None:
        return found
    week = {
        "first": _shown(session, monday),
        "last": _shown(session, monday + timedelta(days=6)),
    }
    return make(session, c.BIRTHDAY, in_words(session, BIRTHDAYS_OF, **week), day, cause)


def _there(session: Session, cause: str) -> bool:
    """Whether a batch of a cause is there, in whatever state."""
    return session.scalar(select(CareBatch.id).where(CareBatch.cause == cause).limit(1)) is not None


def _settings(session: Session, rule: str, day: date) -> Any:
    return settings_on(session, book().rules[rule], current_branch_id(), day)


def _shown(session: Session, day: date) -> str:
    """A day without its year, in the language of the branch."""
    return format_skeleton("MMMd", day, locale=here(session).locale)
