"""What the gas screens share."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import UserError, clock
from core.installation import installation
from core.people.access import current_person
from core.ui.shell_form import ShellForm, refuse

Row = TypeVar("Row")


def session() -> Session:
    return installation().database.session()


def today() -> date:
    """The business date of the active branch."""
    person = current_person()
    zone = person.branch.time_zone if person and person.branch else clock.DEFAULT_TIME_ZONE
    return clock.today(zone)


def found(model: type[Row], row_id: int) -> Row:
    """The row of an id inside the branch; NotFound for any other."""
    row = session().get(model, row_id) if row_id < 2**31 else None
    if row is None:
        raise NotFound
    return row


def show_refusal(form: ShellForm, error: UserError) -> None:
    """Put a refusal beside the field that it concerns, or on top of the form."""
    session().rollback()
    refuse(form, error)


def cells(*values: Any) -> list[dict[str, Any]]:
    """Plain cells of a table's row."""
    return [value if isinstance(value, dict) else {"value": value} for value in values]


def columns(*headings: Any) -> list[dict[str, Any]]:
    """Headings: a label, or a label with True for a column of figures."""
    pairs = [each if isinstance(each, tuple) else (each, False) for each in headings]
    return [{"label": label, "numeric": numeric} for label, numeric in pairs]
