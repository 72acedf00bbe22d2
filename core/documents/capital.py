# zh-ok-file: the numerals and units of the official form are the data of this file, not screen text
"""Amounts and dates in capital numerals (大写), as vouchers and receipts must carry them.

The form is that of 正确填写票据和结算凭证的基本规定. Where it leaves a choice, one canonical form is written:
整 after a whole number of yuan and never after jiao or fen; 零 before a jiao digit when the yuan digit is
zero; no 零 between sections when the higher one merely ends in zero (壹拾万柒仟).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

DIGITS = "零壹贰叁肆伍陆柒捌玖"
CURRENCY = "人民币"
MAX_YUAN_DIGITS = 16
_TENS = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))


def capital_amount(amount: Decimal) -> str:
    """The amount in yuan in capitals, with 人民币 in front.

    A negative amount (a reversal) carries 负 after 人民币: the rule is silent on it, this is the practice of
    red-letter vouchers. Raises ValueError for more than two decimals (round by a stated policy first), for
    more than 16 digits of yuan and for a value that is no number; TypeError for a float, which is not exact.
    """
    fen = _exact_fen(amount)
    sign = "负" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    if yuan >= 10**MAX_YUAN_DIGITS:
        raise ValueError(
            f"{amount} has more than {MAX_YUAN_DIGITS} digits of yuan; no capital form is defined for it"
        )
    return CURRENCY + sign + _yuan_and_fen(yuan, rest)


def capital_date(day: date) -> str:
    """The date of issue in capitals: months 1, 2, 10 and days 1-10, 20, 30 carry 零 in front."""
    year = "".join(DIGITS[int(digit)] for digit in f"{day.year:04d}")
    month = ("零" if day.month in (1, 2, 10) else "") + _integer(day.month)
    number = ("零" if day.day <= 10 or day.day in (20, 30) else "") + _integer(day.day)
    return f"{year}年{month}月{number}日"


def _exact_fen(amount: Any) -> int:
    if not isinstance(amount, Decimal | int):
        raise TypeError(f"{amount!r} is not exact; amounts in capitals are made from Decimal")
    exact = Decimal(amount)
    if not exact.is_finite():
        raise ValueError(f"{amount} is not an amount")
    # Exact at any length: Decimal arithmetic would round to the context's precision.
    numerator, denominator = exact.as_integer_ratio()
    fen, remainder = divmod(numerator * 100, denominator)
    if remainder:
        raise ValueError(f"{amount} has more than two decimals; round it by a stated policy first")
    return fen


def _yuan_and_fen(yuan: int, rest: int) -> str:
    jiao, fen = divmod(rest, 10)
    text = _integer(yuan) + "元" if yuan else ""
    if not rest:
        return (text or "零元") + "整"
    if yuan and (jiao == 0 or yuan % 10 == 0):
        text += "零"
    if jiao:
        text += DIGITS[jiao] + "角"
    if fen:
        text += DIGITS[fen] + "分"
    return text


def _integer(number: int) -> str:
    """A positive integer in capitals: by 亿, then by 万, then within four digits."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            return _integer(high) + unit + _following(low, size)
    return _below_ten_thousand(number)


def _following(low: int, size: int) -> str:
    """What stands after a section's unit: one 零 for any run of zeros that begins the lower section."""
    if low == 0:
        return ""
    return ("零" if low < size // 10 else "") + _integer(low)


def _below_ten_thousand(number: int) -> str:
    text, zero_pending = "", False
    for size, unit in _TENS:
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero_pending else "") + DIGITS[digit] + unit
        zero_pending = bool(text) and not digit
    return text
