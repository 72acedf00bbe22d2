"""`zhidu workdays due`."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from core.data.errors import SetupError


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
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def due(start: datetime, period: str, before: bool, roll: str, form: str) -> None:
    """Print the date and how it was counted."""
    from core.workdays import Calendar, Period, PeriodError
    from core.workdays import due as due_date

    day: date = start.date()
    try:
        found = due_date(day, Period.read(period), Calendar(), before=before, roll=roll)
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
