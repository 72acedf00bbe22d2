"""Figures, money, dates and times as the reader's language writes them; Jinja filters and plain functions alike.

None is shown as a dash everywhere, so that "not known" never looks like zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date as Date  # noqa: N812 - `date` is the filter's name
from datetime import datetime as DateTime  # noqa: N812 - `datetime` is the filter's name
from datetime import timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal
from flask_babel import get_locale, get_timezone, gettext, pgettext

DASH = "—"
DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")


def money(value: Decimal | int | None) -> str:
    """Yuan with two places, thousands separators and the sign in front: `-¥1,234.50`."""
    return DASH if value is None else _yuan(Decimal(value), "#,##0.00", Decimal("0.01"))


def price(value: Decimal | None) -> str:
    """A unit price in yuan with two to four places: `¥2.61`, `¥2.6125`."""
    return DASH if value is None else _yuan(value, "#,##0.00##", Decimal("0.0001"))


def quantity(value: Decimal | int | None, unit: Any = "") -> str:
    """An amount of something, to four places at most and without trailing zeros: `1,234.5 m³`."""
    if value is None:
        return DASH
    text = format_decimal(_half_up(Decimal(value), Decimal("0.0001")), "#,##0.####", _locale())
    return f"{text} {unit}" if unit else text


def number(value: int | None) -> str:
    """A whole number with thousands separators."""
    return DASH if value is None else format_decimal(value, "#,##0", _locale())


def percent(value: Decimal | None, places: int = 1) -> str:
    """A share of one as a percentage with at most `places` places: 0.125 is `12.5%`."""
    if value is None:
        return DASH
    shown = _half_up(value * 100, Decimal(1).scaleb(-places))
    return format_decimal(shown, "#,##0." + "#" * places if places else "#,##0", _locale()) + "%"


def date(value: Date | None) -> str:
    """A day: `Nov 22, 2026`, `2026年11月22日`."""
    return DASH if value is None else format_date(value, "medium", _locale())


def month(value: Date | None) -> str:
    """The month of a day: `November 2026`, `2026年11月`."""
    return DASH if value is None else format_skeleton("yMMMM", value, locale=_locale())


def datetime(value: DateTime | None, zone: tzinfo | str | None = None) -> str:
    """An instant as the clock shows it in `zone` (the reader's zone, else China's): the day and the time by 24 hours.

    Raises ValueError for a time without a zone: nobody could say which instant is meant.
    """
    if value is None:
        return DASH
    if value.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    local = value.astimezone(_zone(zone))
    return f"{date(local)} {local:%H:%M}"


def duration(seconds: float | None) -> str:
    """A length of time in its largest fitting unit: `3 minutes`, `3分钟`."""  # zh-ok: an example
    return DASH if seconds is None else format_timedelta(timedelta(seconds=seconds), locale=_locale())


def yes_no(value: bool | None) -> str:
    """Yes, No, or a dash."""
    return DASH if value is None else gettext("Yes") if value else gettext("No")


def listed(items: Iterable[Any]) -> str:
    """Several words in a row, with the mark that stands between them: `a, b`, `甲、乙`."""  # zh-ok: an example
    return pgettext("between the items of a list", ", ").join(str(each) for each in items)


def file_size(size: int | None) -> str:
    """A file's size from its bytes: `512 B`, `1.4 MB`."""
    if size is None:
        return DASH
    amount, unit = Decimal(size), "B"
    for larger in ("KB", "MB", "GB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return quantity(_half_up(amount, Decimal("0.1")), unit)


def shown(value: Any) -> Any:
    """A value in a cell as it is, or a dash when there is none."""
    return DASH if value is None or value == "" else value


FILTERS: Mapping[str, Callable[..., Any]] = {
    "money": money,
    "price": price,
    "quantity": quantity,
    "number": number,
    "percent": percent,
    "date": date,
    "month": month,
    "datetime": datetime,
    "duration": duration,
    "yes_no": yes_no,
    "listed": listed,
    "file_size": file_size,
    "shown": shown,
}


def _yuan(value: Decimal, pattern: str, step: Decimal) -> str:
    rounded = _half_up(value, step)
    return ("-" if rounded < 0 else "") + "¥" + format_decimal(abs(rounded), pattern, _locale())


def _half_up(value: Decimal, step: Decimal) -> Decimal:
    return value.quantize(step, rounding=ROUND_HALF_UP)


def _locale() -> Locale:
    return get_locale() or Locale("en")


def _zone(zone: tzinfo | str | None) -> tzinfo:
    if isinstance(zone, str):
        return ZoneInfo(zone)
    return zone or get_timezone() or DEFAULT_ZONE
