"""WTForms fields that keep figures exact, search what they refer to, and take no text that a database cannot hold."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext
from sqlalchemy import BigInteger
from wtforms import SelectField, StringField
from wtforms.fields import IntegerField
from wtforms.validators import ValidationError

from core.data.clock import DEFAULT_TIME_ZONE
from core.data.types import FEN_PER_YUAN, PARTS_PER_UNIT
from core.entities.query import MAX_ID, record_exists, titles_of
from core.entities.registry import entity_by_id
from core.installation import installation
from core.people.access import current_person
from core.ui.day_field import DayInput, typed_day
from core.ui.shell_form import options

LARGEST = Decimal("90000000000000")
LARGEST_BIG, LARGEST_INTEGER = 2**63 - 1, 2**31 - 1
_FIGURE = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]*)?")
_WHOLE = re.compile(r"[+-]?[0-9][0-9,]*")


def plain_figure(text: str) -> str:
    """Figures as people type them, full-width ones too, in plain ASCII."""
    return unicodedata.normalize("NFKC", text).strip()


class ExactField(StringField):
    """An exact decimal figure; thousands separators are allowed."""

    scale = PARTS_PER_UNIT

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.raw = valuelist[0].strip()
        self.data = None
        if self.raw:
            self.data = self._figure(plain_figure(self.raw))

    def _figure(self, text: str) -> Decimal:
        if not _FIGURE.fullmatch(text):
            raise ValueError(gettext("Enter a number, for example 12.5."))
        figure = Decimal(text.replace(",", ""))
        if abs(figure) * self.scale > LARGEST:
            raise ValueError(gettext("This number is too large."))
        places = len(str(self.scale)) - 1
        if len(text.partition(".")[2].rstrip("0")) > places:
            raise ValueError(gettext("Use at most %(places)s decimal places.", places=places))
        return figure

    def _value(self) -> str:
        if getattr(self, "raw", ""):
            return str(self.raw)
        return "" if self.data is None else self.written(self.data)

    def written(self, figure: Decimal) -> str:
        """A stored figure as it is entered."""
        return format(figure.normalize(), "f")


class MoneyField(ExactField):
    """Yuan with at most two decimal places."""

    scale = FEN_PER_YUAN

    def written(self, figure: Decimal) -> str:
        return f"{figure:.2f}"


class WholeField(IntegerField):
    """A whole number that its column can hold."""

    def __init__(self, *args: Any, column: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        big = column is not None and isinstance(column.type, BigInteger)
        self.largest = LARGEST_BIG if big else LARGEST_INTEGER

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data = None
        text = plain_figure(valuelist[0])
        if not text:
            return
        if not _WHOLE.fullmatch(text):
            raise ValueError(gettext("Enter a whole number, for example 12."))
        if len(text) > 25 or abs(int(text.replace(",", ""))) > self.largest:
            raise ValueError(gettext("This number is too large."))
        self.data = int(text.replace(",", ""))


class InstantField(StringField):
    """A moment, entered as the clock of the active branch shows it: a day and a time. A zone that is written counts."""

    widget = DayInput(with_time=True)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or valuelist[0].strip() == self._shown(self.object_data):
            return
        self.raw, self.data = valuelist[0].strip(), None
        if not self.raw:
            return
        try:
            moment = _typed_moment(self.raw)
            self.data = (moment if moment.tzinfo else moment.replace(tzinfo=_branch_zone())).astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValueError(gettext("Enter a day and a time, for example 2026-11-22 14:30.")) from None

    def _value(self) -> str:
        return str(getattr(self, "raw", "")) or self._shown(self.data)

    def _shown(self, moment: datetime | None) -> str:
        return moment.astimezone(_branch_zone()).strftime("%Y-%m-%d %H:%M") if moment else ""


def _typed_moment(text: str) -> datetime:
    """ISO 8601, or a day in any of its ways with a time such as 14:30. Raises ValueError."""
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    day, _, clock_time = plain_figure(text).rpartition(" ")
    return datetime.combine(typed_day(day), time.fromisoformat(clock_time))


def _branch_zone() -> ZoneInfo:
    person = current_person()
    return ZoneInfo(person.branch.time_zone if person and person.branch else DEFAULT_TIME_ZONE)


class ReferenceField(SelectField):
    """A picker: it searches the target's records and never loads them all."""

    def __init__(self, *args: Any, target: str, **kwargs: Any) -> None:
        self._offered: Any = None
        looks = kwargs.pop("render_kw", None) or {}
        super().__init__(*args, coerce=identifier, validate_choice=False, **kwargs)
        self.target = target
        picker = url_for("EntityView.picker", plugin=target.partition(".")[0], name=target.partition(".")[2])
        self.render_kw = {**looks, "data-picker-url": picker}

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data = identifier(valuelist[0])
        if self.data is None and valuelist[0].strip():
            raise ValueError(_not_there())

    def offer_current(self) -> None:
        """Let the control show the record that is chosen now; of what cannot be chosen here, nothing is told.

        It is looked up when the control is drawn: a form that is saved draws none.
        """
        self.choices = None

    def offer_titled(self, text: str) -> None:
        """Let the control show what the record points to, of which the reader is shown `text`; nothing is looked up."""
        if self.data and self.data == self.object_data:
            self.choices = options([("", ""), (str(self.data), text)])

    @property
    def choices(self) -> Any:
        """What the control offers before anybody searches."""
        if self._offered is None:
            self._offered = self._current()
        return self._offered

    @choices.setter
    def choices(self, offered: Any) -> None:
        self._offered = offered

    def _current(self) -> Any:
        session, target = installation().database.session(), entity_by_id(self.target)
        known = self.data and (self.data == self.object_data or record_exists(session, target, self.data))
        found = titles_of(session, target, [self.data]) if known else {}
        return options([("", ""), *((str(key), title) for key, title in found.items())])

    def pre_validate(self, form: Any) -> None:
        if self.data is None or self.data == self.object_data:  # what the record points to already stays
            return
        if not record_exists(installation().database.session(), entity_by_id(self.target), self.data):
            raise ValidationError(_not_there())


def identifier(value: Any) -> int | None:
    """The id that a text names, or None."""
    text = str(value).strip() if value is not None else ""
    is_id = text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= MAX_ID
    return int(text) if is_id else None


def _not_there() -> str:
    return gettext("Choose one from the list; this one is not there.")


def storable(_form: Any, field: Any) -> None:
    """A validator: no control characters and no halves of characters; PostgreSQL refuses them with an error."""
    text = field.data or ""
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\r\t" for each in text):
        raise ValidationError(gettext("This entry holds characters that cannot be stored."))
