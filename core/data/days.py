"""Days as people type them: `2026-11-22`, `20261122`, `22.11.2026`, `11-22`, `t`, `+3`.

`core/ui/static/js/days.js` reads the same; `tests/support/typed_days.py` holds what both are asked.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_SEPARATOR = r"[-/.年月\s]+"  # zh-ok: as typed
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})日?")  # zh-ok: as typed
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NO_YEAR = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})日?")  # zh-ok: as typed
_MONTH = re.compile(r"(\d{4})[-/.年\s]*(\d{1,2})月?")  # zh-ok: as typed
_MONTH_ALONE = re.compile(r"(\d{1,2})月?")  # zh-ok: as typed
_STEP = re.compile(r"([+-])\s?(\d{1,4})")
_WORDS = {
    "t": 0,
    "today": 0,
    "今天": 0,  # zh-ok: as typed
    "今日": 0,  # zh-ok: as typed
    "tomorrow": 1,
    "明天": 1,  # zh-ok: as typed
    "yesterday": -1,
    "昨天": -1,  # zh-ok: as typed
}


class TwoDaysError(ValueError):
    """A text that may mean either of two days, such as 05.06.2026."""


def read_day(text: str, today: date) -> date:
    """The day that a text names; `today` is what `t`, `+3` and a day without its year count from.

    Raises TwoDaysError where nobody can tell month and day apart, and ValueError for anything else that is no day.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("\u2212", "-")
    if plain in _WORDS:
        return _stepped(today, _WORDS[plain])
    if step := _STEP.fullmatch(plain):
        return _stepped(today, int(step[1] + step[2]))
    if parts := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return date(*(int(each) for each in parts.groups()))
    if parts := _YEAR_LAST.fullmatch(plain):
        return _either(*(int(each) for each in parts.groups()))
    if parts := _NO_YEAR.fullmatch(plain):
        return date(today.year, int(parts[1]), int(parts[2]))
    raise ValueError(f"{text!r} is no day")


def read_month(text: str, today: date) -> str:
    """The month that a text names, as `2026-11`: `2026/11`, `202611`, `11` of this year or `t` do too.

    Raises ValueError for anything else.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if _WORDS.get(plain) == 0:
        return f"{today:%Y-%m}"
    if parts := _MONTH.fullmatch(plain):
        return f"{date(int(parts[1]), int(parts[2]), 1):%Y-%m}"
    if parts := _MONTH_ALONE.fullmatch(plain):
        return f"{date(today.year, int(parts[1]), 1):%Y-%m}"
    raise ValueError(f"{text!r} is no month")


def _either(first: int, second: int, year: int) -> date:
    """Day and month in the only order that gives a day."""
    found = set()
    for month, day in ((second, first), (first, second)):
        try:
            found.add(date(year, month, day))
        except ValueError:
            continue
    if len(found) > 1:
        raise TwoDaysError(f"{first} and {second} can both be the month")
    if not found:
        raise ValueError(f"{first} and {second} are no day of {year}")
    return found.pop()


def _stepped(today: date, by: int) -> date:
    try:
        return today + timedelta(days=by)
    except OverflowError:
        raise ValueError(f"{by} days from {today} lie outside the calendar") from None
