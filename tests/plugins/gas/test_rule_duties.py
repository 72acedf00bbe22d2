"""Deadlines, series and notices as the gas office declares them: their events, whom they are about, and figures."""

from __future__ import annotations

from typing import Any

import pytest

from core.handbook.conditions import holds
from core.handbook.settings import is_unset
from gas_rules import defaults, rule


def is_about(number: str, **facts: Any) -> bool:
    """Whether a rule is about a record of these facts; a dot in a name is written as two lines."""
    return holds(rule(number).where, {name.replace("__", "."): each for name, each in facts.items()})


@pytest.mark.parametrize(
    ("number", "figure"),
    [("GAS-R22", (22, 23)), ("GAS-R55", 1), ("GAS-R73", (20, 25))],
)
def test_series_fall_on_their_days(number: str, figure: Any) -> None:
    found = rule(number)
    assert defaults(number)[found.on] == figure
    assert found.entity == ""


def test_the_week_of_business_customers_lies_around_their_days() -> None:
    first, last = defaults("GAS-R73")["pw_commercial_days"]
    assert all(first <= day <= last for day in defaults("GAS-R22")["commercial_read_days"])


def test_reports_are_owed_once_their_day_is_set() -> None:
    assert is_unset(defaults("GAS-R24"))
    assert is_unset(defaults("GAS-R76"))
    assert not is_unset(defaults("GAS-R25"))
    assert is_about("GAS-R24", kind="actual")
    assert not is_about("GAS-R24", kind="opening")
    assert rule("GAS-R76").event == "gas.billing-run.done"


def test_an_abnormal_meter_is_told_to_the_head() -> None:
    assert is_about("GAS-R26", round="gas.readings", reason="broken")
    assert not is_about("GAS-R26", round="gas.readings", reason="nobody-home")
    assert rule("GAS-R26").to == ("gas.department-head",)
    assert is_unset(defaults("GAS-R26-B"))
    assert not is_unset(defaults("GAS-R26-B", report_days=1))


def test_the_reader_is_told_to_urge_who_has_not_paid() -> None:
    assert rule("GAS-R28").event == "gas.bill.GAS-R71-late"
    assert rule("GAS-R28").to == ("gas.meter-reader",)
    assert is_unset(defaults("GAS-R28-B"))


def test_the_sales_summary_is_owed_the_same_day() -> None:
    assert rule("GAS-R34").event == "gas.payment.day-begun"
    assert defaults("GAS-R34") == {"daily_sales_report": 0}


def test_the_ladder_of_a_late_bill() -> None:
    assert is_about("GAS-R79", kind="usage", account__use_class="resident")
    assert not is_about("GAS-R79", kind="usage", account__use_class="commercial")
    assert not is_about("GAS-R79", kind="opening", account__use_class="resident")
    assert is_about("GAS-R78", kind="usage", account__use_class="public_welfare")
    assert not is_about("GAS-R78", kind="usage", account__use_class="resident")
    assert is_about("GAS-R71", kind="usage")
    for week, reminder, over in (("GAS-R79", "GAS-R80", "GAS-R81"), ("GAS-R78", "GAS-R80-B", "GAS-R81-B")):
        late = f"gas.bill.{week}-late"
        assert (rule(reminder).event, rule(over).event) == (late, late)
        assert rule(over).closed_by == rule(week).closed_by == (("gas.bill.paid", ""),)
