"""The mornings of a meter reader and of a cashier in My work: what they owe, why, and how it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import rest_client
import servers
from visitor import Visitor
from walks import DESK, settings

READER, CASHIER = "gas-east.meter-reader", "gas-east.cashier"
READ, SOLD = "Read the commercial customers' meters", "Hand in the day's gas sales summary"
NOTE = "2026-11 · 52"
AHEAD = timedelta(days=14)
"""How far My work looks."""


@pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)
def test_the_morning_of_a_meter_reader(visitor: Callable[..., Visitor], site: servers.LiveServer) -> None:
    program = rest_client.log_in(site, READER)
    reader = visitor(data=(NOTE,))
    # Two months have the days of reading ahead; the planner has looked forty days ahead once the program has begun.
    reader.browser.wait(lambda: owed(program, "GAS-R22"), "the planner")
    [first, *_later] = owed(program, "GAS-R22")

    reader.log_in(READER)
    assert reader.title() == reader.words("My work")
    lines = work(reader)
    assert (reader.words(READ) in lines) == (first["due_on"] <= (today() + AHEAD).isoformat())

    reader.follow("Obligations")
    reader.open("/core/obligation/?f_state=open&size=100")  # as many as REST gives at once
    assert len(reader.rows("Obligations")) == len(owed(program))
    reader.open(f"/core/obligation/{first['id']}")
    reader.sees(READ, "h1")
    reader.reads("GAS-R22", "#why")
    assert reader.fact("Days of reading") == reader.words(
        "from %(first)s to %(last)s", **days(reader, 22, 23)
    )

    reader.press("Mark as done")
    reader.press("Mark as done", status=422)
    reader.sees("Fill in this field.")
    reader.fill("How it was done", NOTE)
    reader.press("Mark as done")
    assert (reader.fact("State"), reader.fact("Note")) == (reader.words("Done"), NOTE)
    assert first["id"] not in [each["id"] for each in owed(program, "GAS-R22")]


@pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)
def test_the_morning_of_a_cashier(visitor: Callable[..., Visitor], site: servers.LiveServer) -> None:
    program = rest_client.log_in(site, CASHIER)
    cashier = visitor(data=(NOTE,))
    cashier.log_in(CASHIER)
    assert cashier.words(SOLD) not in work(cashier), "nothing was sold yet"

    cashier.press("Accounts with overdue bills")
    debtor = cashier.rows("Arrears list")[0][cashier.words("Account number")]
    cashier.open_row(debtor)
    cashier.tick("Every note was checked for counterfeits (GAS-R38)")
    cashier.press("Take payment")
    assert cashier.fact("Receipt number")

    [summary] = owed(program, "GAS-R34")
    assert summary["due_on"] == today().isoformat()
    cashier.follow("Home")
    assert cashier.words(SOLD) in work(cashier, due="Due today")
    cashier.press(SOLD)
    cashier.sees("Daily gas sales summary", "h1")
    cashier.sees("By class of use and clerk")
    cashier.fill("Remarks", NOTE)
    cashier.press("Hand in")
    assert (cashier.fact("State"), cashier.fact("Remarks")) == (cashier.words("Handed in"), NOTE)
    cashier.open(f"/core/obligation/{summary['id']}")
    cashier.reads("GAS-R34", "#why")
    assert cashier.fact("State") == cashier.words("Done")

    cashier.follow("Home")
    assert cashier.words(SOLD) not in work(cashier)


def work(person: Visitor, due: str = "") -> list[str]:
    """What My work lists; `due` is one of its groups."""
    groups = person.browser.shown(".work-group")
    chosen = [each for each in groups if not due or person.words(due) in each.text.splitlines()]
    return [line for each in chosen for line in each.text.splitlines()]


def owed(program: rest_client.RestClient, rule: str = "") -> list[dict[str, str]]:
    """What the person still owes, the nearest first."""
    wanted = [("state", "eq", "open"), *([("rule", "eq", rule)] if rule else [])]
    found = program.search("/core/obligation/", *wanted, order_column="due_on", order_direction="asc")
    return list(found["result"])


def days(person: Visitor, first: int, last: int) -> dict[str, str]:
    return {name: person.words("day %(day)s", day=day) for name, day in (("first", first), ("last", last))}


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
