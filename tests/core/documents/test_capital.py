"""Amounts in capitals: every vector of the official form, and its rules as properties."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.documents import capital_amount, capital_date

VECTORS = json.loads(Path(__file__).with_name("capital_vectors.json").read_text(encoding="utf-8"))
AMOUNTS = {**VECTORS["amounts"], **VECTORS["amounts_by_the_rule"]}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}
fen_amounts = st.one_of(
    st.integers(0, 10**7), st.integers(0, 10**18 - 1), st.integers(0, 10**16 - 1).map(lambda n: n * 100)
)


def read_integer(text: str) -> int:
    """The number that capitals stand for, read from left to right."""
    total = section = digit = 0
    for character in text:
        if character in UNITS:
            section, digit = section + digit * UNITS[character], 0
        elif character == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif character == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        else:
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
    return total + section + digit


def read_fen(text: str) -> int:
    """The amount in fen that an amount in capitals stands for."""
    text = text.removeprefix("人民币").removesuffix("整")
    sign = -1 if text.startswith("负") else 1
    yuan, _, rest = (
        text.removeprefix("负").partition("元") if "元" in text else ("", "", text.removeprefix("负"))
    )
    jiao, _, fen = rest.partition("角") if "角" in rest else ("", "", rest)
    return sign * (read_integer(yuan) * 100 + read_integer(jiao) * 10 + read_integer(fen.removesuffix("分")))


@pytest.mark.parametrize(("amount", "capitals"), AMOUNTS.items())
def test_amount_is_written_in_the_official_form(amount: str, capitals: str) -> None:
    assert capital_amount(Decimal(amount)) == capitals


@pytest.mark.parametrize(("day", "capitals"), VECTORS["dates"].items())
def test_date_is_written_in_the_official_form(day: str, capitals: str) -> None:
    assert capital_date(date.fromisoformat(day)) == capitals


@given(fen_amounts)
@example(10**17 + 1)
def test_capitals_read_back_to_the_same_amount(fen: int) -> None:
    for signed in (fen, -fen):
        assert read_fen(capital_amount(Decimal(signed).scaleb(-2))) == signed


@given(fen_amounts)
def test_zeros_never_double_and_endings_follow_the_rule(fen: int) -> None:
    text = capital_amount(Decimal(fen).scaleb(-2))
    assert "零零" not in text
    assert text.endswith("元整") == (fen % 100 == 0)
    assert ("整" in text) == (fen % 100 == 0)
    assert text.endswith("分") == (fen % 10 != 0)
    assert not text.startswith("人民币零") or fen == 0


@pytest.mark.parametrize(
    "amount", ["0.999", "1.005", "0.001", "-2.345", "NaN", "Infinity", "10000000000000000"]
)
def test_an_amount_without_an_exact_form_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match=amount):
        capital_amount(Decimal(amount))


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        capital_amount(0.1)  # type: ignore[arg-type]
