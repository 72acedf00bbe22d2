"""How figures are to be shown in each language, written apart from the program that shows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def day(value: date, lang: str) -> str:
    """`2026年11月22日` or `Nov 22, 2026`."""
    return (
        f"{value.year}年{value.month}月{value.day}日"
        if lang == "zh"
        else f"{value:%b} {value.day}, {value.year}"
    )


def yuan(value: Decimal) -> str:
    """`¥1,234.50` in both languages."""
    return f"¥{value:,.2f}"


def amount(text: str) -> Decimal:
    """The figure of an amount as it is shown."""
    return Decimal(text.replace("¥", "").replace(",", ""))


def cubic_metres(value: Decimal) -> str:
    """`1,234.5 m³` in both languages."""
    return f"{number(value)} m³"


def number(value: Decimal | float) -> str:
    """`1,234.5` in both languages."""
    return f"{Decimal(str(value)).normalize():,f}"
