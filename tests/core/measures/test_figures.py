"""What is made of the sums that a plugin gives: shares, totals, targets, how a figure stands to its target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from core.measures.board import asked_month
from core.measures.figures import Figures
from core.measures.kinds import COUNT, MONEY, SHARE, Measure, Sum
from core.measures.months import Months, last_day, moved
from core.measures.words import plain

M = "2026-10"


def measure(unit: str = MONEY, usual: str | None = None, **values: bool) -> Measure:
    target = Decimal(usual) if usual else None
    return Measure(
        "shop.x", "X", unit, "shop.order", lambda *_: (), lambda *_: "/", "", usual=target, **values
    )


def figures(
    unit: str, sums: dict[int, tuple[object, object]], targets: dict[int, str] | None = None, usual: str = ""
) -> Figures:
    return Figures(
        measure(unit, usual or None),
        tuple(sums),
        tuple(sums),
        {(branch, M): Sum(branch, M, *pair) for branch, pair in sums.items()},  # type: ignore[arg-type]
        {(branch, M): Decimal(value) for branch, value in (targets or {}).items()},
    )


def test_a_share_of_all_is_that_of_their_sums_and_no_mean_of_shares():
    found = figures(SHARE, {1: (90, 100), 2: (1, 10)})
    assert found.value(M, 1) == 90
    assert found.value(M, 2) == 10
    assert found.value(M) == Decimal(91) / 110 * 100
    assert plain(found.measure, found.value(M)) == "82.7"


def test_a_share_of_nothing_is_not_known_and_no_money_is_nothing():
    assert figures(SHARE, {1: (0, 0)}).value(M) is None
    assert figures(MONEY, {1: (Decimal("0.10"), None), 2: (Decimal("0.20"), None)}).value(M) == Decimal(
        "0.30"
    )
    assert figures(MONEY, {1: (Decimal(1), None)}).value("2026-09") == 0
    assert figures(COUNT, {1: (3, None), 2: (4, None)}).value(M) == 7


@pytest.mark.parametrize(
    ("unit", "targets", "usual", "together"),
    [
        (MONEY, {1: "100", 2: "50.50"}, "", "150.50"),
        (MONEY, {1: "100"}, "", None),
        (SHARE, {1: "98", 2: "98"}, "", "98"),
        (SHARE, {1: "98", 2: "95"}, "", None),
        (SHARE, {1: "98"}, "98", "98"),
        (SHARE, {}, "95", "95"),
        (SHARE, {}, "", None),
    ],
)
def test_targets_of_several_branches(unit: str, targets: dict[int, str], usual: str, together: str | None):
    found = figures(unit, {1: (1, 1), 2: (1, 1)}, targets, usual)
    assert found.target(M) == (Decimal(together) if together else None)
    assert found.target(M, 2) == (Decimal(targets.get(2) or usual) if targets.get(2) or usual else None)
    assert found.is_entered(M) is bool(targets)


def test_twelve_months_end_with_the_one_that_is_asked_for():
    months = Months("2026-02", date(2026, 2, 10))
    assert months.all[0] == "2025-03"
    assert len(months.all) == 12
    assert (months.first_day, months.last_day) == (date(2025, 3, 1), date(2026, 2, 28))
    assert (months.end_of("2026-01"), months.end_of("2026-02")) == (date(2026, 1, 31), date(2026, 2, 10))
    assert (months.is_over("2026-01"), months.is_over("2026-02")) == (True, False)
    assert (moved("2026-01", -1), moved("2026-12", 1), last_day("2028-02")) == (
        "2025-12",
        "2027-01",
        date(2028, 2, 29),
    )


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("", "2026-10"),
        ("2026-11", "2026-11"),
        ("2026-12", "2026-10"),
        ("2025-13", "2026-10"),
        ("x", "2026-10"),
    ],
)
def test_the_month_of_an_address(text: str, month: str):
    assert asked_month(text, "2026-11") == month
