"""Telephone numbers and e-mail addresses in the one form in which they are compared."""

from __future__ import annotations

import re
import unicodedata

CHINA, ABROAD = "86", "00"
_NO_DIGIT = re.compile(r"[^0-9]")
_MOBILE = re.compile(r"1[0-9]{10}")


def plain(address: str) -> str:
    """An address as opt-outs keep it: letters small; of a number the digits alone, as it is dialled within China.

    `+86 138-0013-8000`, `8613800138000` and `138 0013 8000` are one number. What has no digit stays as it is.
    """
    text = unicodedata.normalize("NFKC", address).strip()
    digits = _NO_DIGIT.sub("", text)
    if "@" in text or not digits:
        return text.lower()
    is_abroad = text.startswith("+") or digits.startswith(ABROAD)
    number = digits.removeprefix(ABROAD)
    within = number.removeprefix(CHINA)
    if _MOBILE.fullmatch(within):
        return within
    return f"0{within.lstrip('0')}" if is_abroad and within != number else digits
