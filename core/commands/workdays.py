"""`zhidu workdays due`."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.data.errors import SetupError

if TYPE_CHECKING:
    from core.data.database import Database
    from core.workdays import Calendar


@click.group()
def workdays() -> None:
    """Working days, and the dates on which periods end."""


@workdays.command()
@click.option(
    "--from",
    "start",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that it starts; it is not counted.",
)
@click.option("--add", "period", required=True, help="N days, N workdays, N months or N years.")
@click.option("--before", is_flag=True, help="Count back from the day.")
@click.option(
    "--roll",
    type=click.Choice(("next", "previous", "none")),
    default="none",
    show_default=True,
    help="Where a day off moves to.",
)
@click.option(
    "--branch",
    default="",
    metavar="CODE",
    help="With the days of this branch; without it with those that the whole company keeps.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def due(start: datetime, period: str, before: bool, roll: str, branch: str, form: str) -> None:
    """Print the date and how it was counted.

    The yearly notice and the days that the company or a branch entered count; where there is no database, the national
    calendar alone.
    """
    from core.workdays import Period, PeriodError
    from core.workdays import due as due_date

    day: date = start.date()
    try:
        found = due_date(day, Period.read(period), _calendar(branch), before=before, roll=roll)
    except PeriodError as error:
        raise SetupError(str(error)) from error
    if form == "json":
        told = {"due": found.day.isoformat(), "provisional": found.is_provisional, "counted": found.counted}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(found.day.isoformat())
    click.echo(found.counted)
    if found.is_provisional:
        click.echo("Provisional: the days off of that year are not announced yet.")


def _calendar(code: str) -> Calendar:
    """As the database keeps it; the national one without a database, unless a branch is asked for."""
    from sqlalchemy.exc import DBAPIError

    from core.data.database import Database
    from core.settings import Settings
    from core.workdays import Calendar

    database = Database(Settings.from_environment().database_url)
    try:
        if _is_there(database):
            return _kept(database, code)
    except DBAPIError:
        pass  # it cannot be reached, or has no tables yet
    finally:
        database.dispose()
    if code:
        raise SetupError(f"no database says what the branch {code} is; start it, or leave --branch out")
    return Calendar()


def _is_there(database: Database) -> bool:
    """Whether there is something to ask: asking SQLite for a file that is not there would make it."""
    name = database.engine.url.database
    return not database.is_sqlite or (name is not None and Path(name).is_file())


def _kept(database: Database, code: str) -> Calendar:
    from sqlalchemy import select

    from core.branches.models import Branch
    from core.workdays.kept import calendar_of

    with database.sessions() as session:
        branch_id = session.scalar(select(Branch.id).where(Branch.code == code)) if code else None
        if code and branch_id is None:
            raise SetupError(f"there is no branch {code}")
        return calendar_of(session, branch_id)
