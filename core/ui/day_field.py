"""A day is typed, in any of the usual ways, or picked from a calendar that scripts bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import get_timezone, gettext
from markupsafe import Markup
from wtforms.fields import DateField
from wtforms.widgets import TextInput

from core.data import clock
from core.data.days import TwoDaysError, read_day


def today_here() -> date:
    """Today where the reader acts."""
    zone = get_timezone()
    return clock.today(str(zone)) if zone is not None else clock.today()


def typed_day(text: str) -> date:
    """The day that a text names; ValueError with what to type instead, in the reader's language."""
    try:
        return read_day(text, today_here())
    except TwoDaysError:
        raise ValueError(
            gettext("Which is the month? Enter the year first, for example 2026-11-22.")
        ) from None
    except (ValueError, OverflowError):
        raise ValueError(gettext("Enter a date, for example 2026-11-22.")) from None


class DayInput(TextInput):
    """A line for a day, in a box that has room for the calendar's button: nothing moves when it comes."""

    def __init__(self, with_time: bool = False) -> None:
        super().__init__()
        self.with_time = with_time

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs["type"] = "text"
        for name, value in day_attributes(self.with_time).items():
            kwargs.setdefault(name, value)
        return Markup('<span class="day-z">{}</span>').format(Markup(super().__call__(field, **kwargs)))  # noqa: S704 - WTForms escapes it


def day_attributes(with_time: bool = False) -> dict[str, str]:
    """What the script of the calendar asks of an input."""
    return {
        "data-day": "time" if with_time else "day",
        "data-today": today_here().isoformat(),
        "inputmode": "text" if with_time else "numeric",
        "autocomplete": "off",
    }


class DayField(DateField):
    """A day: `2026-11-22`, `20261122`, `22.11.2026`, `11-22`, `t` or `+3`; shown as the first."""

    widget = DayInput()
    data: Any

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if not valuelist:
            return
        self.data = None
        text = valuelist[0].strip()
        self.data = typed_day(text) if text else None
