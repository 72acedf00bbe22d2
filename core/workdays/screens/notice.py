"""The yearly notice of the State Council on days off (节假日安排通知) as a sheet: a row for each day it names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.branches.setwise import insert_rows, table_of
from core.data import UserError, clock
from core.data.marks import N_
from core.exchange.kinds import Column, Finding, ImportKind, Param, Row
from core.exchange.values import NO, YES, as_date, as_yes_no, finding_of
from core.people.rights.reach import demand_branch
from core.workdays.calendar import Calendar, by_law
from core.workdays.kept import calendar_of
from core.workdays.models import NOTICE, OWN, Workday

WEEKEND = 5
LONGEST_NAME = 80
MISSING = N_("Fill in this column.")
OTHER_YEAR = N_("This day is not of the year %(year)s.")
TWICE = N_("This stands in the sheet before, in row %(row)s.")
OWN_WORD = N_("The company has entered this day itself. The notice takes its place.")
NEEDLESS = N_("This is a working day of the week, so the notice need not name it.")
STATUTORY = N_("By law this day is off.")
TOO_LONG = N_("This is longer than %(limit)s characters.")


def _params() -> Sequence[Param]:
    following = str(clock.today().year + 1)
    return [Param("year", _("Year"), help=_("The year that the notice is about."), default=lambda: following)]


def _columns() -> Sequence[Column]:
    return (
        Column("day", _("Day"), required=True, example="2027-10-01"),
        Column(
            "is_workday",
            _("Worked"),
            required=True,
            choices=(YES, NO),
            help=_(
                "No for a day off, also one on a weekend; yes for a weekend day that is worked in its place."
            ),
        ),
        Column("name", _("Holiday"), required=True, width=24, example=_("National Day")),
    )


def _template(session: Session, params: dict[str, str]) -> Sequence[Sequence[Any]]:
    """The days off that need no notice, or what is known of the year already."""
    year, known = _year(params), calendar_of(session, None)
    days = [date(year, 1, 1) + timedelta(days=each) for each in range(366)]
    names = {row[0]: row[1] for row in session.execute(_said(year, Workday.day, Workday.name))}
    return [
        (day, YES if known.is_workday(day) else NO, names.get(day, ""))
        for day in days
        if day.year == year and _is_special(day, known)
    ]


def _is_special(day: date, known: Calendar) -> bool:
    return known.is_workday(day) != (day.weekday() < WEEKEND)


def _check(session: Session, rows: list[Row], params: dict[str, str]) -> None:
    """The notice counts everywhere: only who reaches the whole company brings it in."""
    demand_branch(None)
    year = _year(params)
    own = {row.day for row in session.execute(_said(year, Workday.day).where(Workday.source == OWN))}
    places: dict[date, int] = {}
    for row in rows:
        day, worked = _read(row, "day", as_date), _read(row, "is_workday", as_yes_no)
        name = row.cells.get("name", "").strip()
        if not name:
            row.findings.append(Finding(MISSING, column="name"))
        elif len(name) > LONGEST_NAME:
            row.findings.append(Finding(TOO_LONG, {"limit": LONGEST_NAME}, column="name"))
        if day is None or worked is None:
            continue
        _judge(row, day, worked, year)
        if day in places:
            row.findings.append(Finding(TWICE, {"row": places[day]}, column="day"))
        if day in own:
            row.findings.append(Finding(OWN_WORD, level="warning", column="day"))
        places.setdefault(day, row.number)
        row.values = {"day": day.isoformat(), "is_workday": worked, "name": name}


def _judge(row: Row, day: date, worked: bool, year: int) -> None:
    if day.year != year:
        row.findings.append(Finding(OTHER_YEAR, {"year": year}, column="day"))
    elif worked and day in by_law(year):
        row.findings.append(Finding(STATUTORY, column="is_workday"))
    elif worked and day.weekday() < WEEKEND:
        row.findings.append(Finding(NEEDLESS, level="warning", column="is_workday"))


def _read(row: Row, column: str, read: Any) -> Any:
    text = row.cells.get(column, "")
    if not text:
        row.findings.append(Finding(MISSING, column=column))
        return None
    try:
        return read(text)
    except UserError as error:
        row.findings.append(finding_of(error, column))
        return None


def _store(session: Session, rows: list[Row], params: dict[str, str], _user_id: int | None) -> int:
    """In place of what was known of the year: an earlier notice, and the company's own word on these days."""
    table, year = table_of(Workday), _year(params)
    days = [date.fromisoformat(row.values["day"]) for row in rows]
    gone = (table.c.source == NOTICE) | table.c.day.in_(days)
    session.execute(
        delete(Workday).where(Workday.id.in_(_ids(session, year, gone))),
        execution_options={"synchronize_session": False},
    )
    stored = [{**row.values, "day": day, "source": NOTICE} for row, day in zip(rows, days, strict=True)]
    return insert_rows(session, Workday, stored)


def _ids(session: Session, year: int, gone: Any) -> list[int]:
    return list(session.scalars(_said(year, Workday.id).where(gone)))


def _said(year: int, *columns: Any) -> Any:
    return select(*columns).where(
        Workday.branch_id.is_(None), Workday.day.between(date(year, 1, 1), date(year, 12, 31))
    )


def _year(params: dict[str, str]) -> int:
    text = params.get("year", "")
    if not (len(text) == 4 and text.isdecimal() and text.isascii() and 2000 <= int(text) <= 2099):
        raise UserError("Enter a year, for example %(year)s.", field="year", year=clock.today().year + 1)
    return int(text)


NOTICE_SHEET = ImportKind(
    id="core.workday_notice",
    label=_("Yearly notice of days off"),
    entity="core.workday",
    right="import",
    columns=_columns,
    check=_check,
    store=_store,
    template_rows=_template,
    params=_params,
    help=_("The days off and the worked weekend days of a year, as the State Council announces them."),
)
