"""Values of settings as people enter them: read from a text, judged, and written back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from core.data import UserError
from core.data.marks import N_
from core.handbook import values as kinds
from core.handbook.values import Setting

WHOLE = frozenset({*kinds.LENGTHS, kinds.NUMBER, kinds.DAY_OF_MONTH, kinds.WEEKDAY})
BOUNDS = {kinds.DAY_OF_MONTH: (1, 31), kinds.WEEKDAY: (1, 7), kinds.PERCENT: (Decimal(0), Decimal(100))}
_MOST = 1_000_000
_SEPARATORS = str.maketrans({"，": ",", "、": ",", "；": ",", ";": ",", "\n": ","})  # zh-ok: as typed

NOT_WHOLE = N_("Enter a whole number, such as 3.")
NOT_EXACT = N_("Enter a figure with at most two decimals, such as 12.50.")
NOT_TWO_DAYS = N_("Enter the first and the last day of the month, such as 3, 10.")
NOT_A_TIME = N_("Enter a time of day, such as 17:30.")
NOT_A_DAY = N_("Enter a day, such as 2026-11-22.")
NOT_OFFERED = N_("This is none of the values that can be chosen.")
TOO_LOW = N_("It is %(low)s at least.")
TOO_HIGH = N_("It is %(high)s at most.")


def read(setting: Setting, text: str) -> Any:
    """The value that a text names; None for an empty one (unset). UserError says what was expected."""
    plain = text.strip()
    if not plain:
        return None
    value = _READERS.get(setting.kind, _whole if setting.kind in WHOLE else _text)(plain)
    demand_value(setting, value)
    return value


def written(setting: Setting, value: Any) -> str:
    """A value as `read` takes it."""
    if value is None:
        return ""
    if setting.kind == kinds.YES_NO:
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return ", ".join(str(each) for each in value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def demand_value(setting: Setting, value: Any) -> None:
    """Raise UserError where a setting cannot have a value: out of its bounds, or none of its choices."""
    if value is None:
        return
    offered = [choice for choice, _label in setting.choices]
    chosen = value if isinstance(value, tuple | list) else (value,)
    if offered and any(each not in offered for each in chosen):
        raise UserError(NOT_OFFERED, field=setting.name)
    low, high = bounds(setting)
    for each in chosen if setting.kind == kinds.DAYS_OF_MONTH else (value,):
        if low is not None and each < low:
            raise UserError(TOO_LOW, field=setting.name, low=low)
        if high is not None and each > high:
            raise UserError(TOO_HIGH, field=setting.name, high=high)


def bounds(setting: Setting) -> tuple[Any, Any]:
    """The least and the most that a setting can be; None where there is none."""
    kind = kinds.DAY_OF_MONTH if setting.kind == kinds.DAYS_OF_MONTH else setting.kind
    usual: tuple[Any, Any] = BOUNDS.get(kind, (None, None))
    if kind in kinds.LENGTHS or kind == kinds.NUMBER:
        usual = (0, _MOST)
    if kind == kinds.MONEY:
        usual = (Decimal(0), None)
    low, high = setting.low, setting.high
    return (usual[0] if low is None else low), (usual[1] if high is None else high)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UserError(NOT_WHOLE)
    return int(text)


def _exact(text: str) -> Decimal:
    try:
        value = Decimal(text.replace(",", "").removeprefix("¥").removesuffix("%").strip())
    except InvalidOperation:
        raise UserError(NOT_EXACT) from None
    if not value.is_finite() or value != round(value, 2):
        raise UserError(NOT_EXACT)
    return value


def _two_days(text: str) -> tuple[int, int]:
    parts = _parts(text)
    if len(parts) != 2:
        raise UserError(NOT_TWO_DAYS)
    first, last = (_whole(each) for each in parts)
    if first > last:
        raise UserError(NOT_TWO_DAYS)
    return first, last


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text if len(text) > 4 else f"0{text}")
    except ValueError:
        raise UserError(NOT_A_TIME) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(NOT_A_DAY) from None


def _yes_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise UserError(NOT_OFFERED)
    return text == "yes"


def _parts(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.translate(_SEPARATORS).split(",") if each.strip())


def _text(text: str) -> str:
    return text


_READERS: dict[str, Callable[[str], Any]] = {
    kinds.MONEY: _exact,
    kinds.PERCENT: _exact,
    kinds.DAYS_OF_MONTH: _two_days,
    kinds.TIME: _time,
    kinds.DATE: _day,
    kinds.YES_NO: _yes_no,
    kinds.LIST: _parts,
}
