"""Positions hold what the rule book's clauses give them, and nobody else what only they may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import gas_company
from company import Company
from core.handbook.access import HOLDS, LACKS, OPEN, breaches
from core.people.positions import Position, grant
from gas_rules import rule
from plugins.gas.entities import ENTITIES
from plugins.gas.positions import POSITIONS

BY_ID = {each.id: each for each in POSITIONS}
OBJECTS = {each.id: each for each in ENTITIES}


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    made = gas_company.found(module_migrated_url, module_home)
    yield made
    made.database.dispose()


@pytest.mark.parametrize(
    ("number", "path", "opened", "shut"),
    [
        ("GAS-R29", "/gas/bill/", ("finance",), ("duty-clerk",)),
        ("GAS-R29", "/dashboard/", ("finance",), ("cashier", "meter-reader")),
        (
            "GAS-R41",
            "/gas/payment/",
            ("cashier", "team-leader", "department-head", "finance", "card-clerk"),
            ("meter-reader", "duty-clerk"),
        ),
        ("GAS-R45", "/core/inspections/", ("team-leader", "duty-clerk"), ("cashier", "finance")),
        ("GAS-R58", "/gas/counter/", ("cashier", "card-clerk"), ("duty-clerk", "meter-reader", "finance")),
        (
            "GAS-R59",
            "/gas/account/export.csv",
            ("department-head",),
            ("cashier", "card-clerk", "duty-clerk", "meter-reader"),
        ),
    ],
)
def test_doors_open_to_those_of_the_clause_and_to_nobody_else(
    company: Company, number: str, path: str, opened: tuple[str, ...], shut: tuple[str, ...]
) -> None:
    def status(position: str) -> int:
        return company.client_of(f"gas-east.{position}").get(path, buffered=True).status_code

    assert {each: status(each) for each in opened} == dict.fromkeys(opened, 200), number
    assert not {each: status(each) for each in shut if status(each) < 400}, number


def found(number: str, *others: Position) -> list[tuple[str, str]]:
    """How the positions, some of them exchanged, are not as a rule says."""
    positions = {**BY_ID, **{each.id: each for each in others}}
    return [(each.how, each.position) for each in breaches([rule(number)], positions, OBJECTS)]


def without(position: str, entity: str) -> Position:
    held = BY_ID[position]
    return replace(held, grants=tuple(each for each in held.grants if each.entity != entity))


def with_(position: str, entity: str, *actions: str) -> Position:
    held = BY_ID[position]
    return replace(held, grants=(*held.grants, grant(entity, *actions, clause="a test")))


def granted(number: str, entity: str) -> Iterable[str]:
    return [position for position, held, _action in rule(number).grants if held == entity]


def test_finance_supervises_collection() -> None:
    assert found("GAS-R29") == []
    assert found("GAS-R29", without("gas.finance", "gas.payment")) == [(LACKS, "gas.finance")]


def test_revenue_is_read_by_those_whom_it_concerns() -> None:
    assert found("GAS-R41") == []
    assert "gas.meter-reader" not in granted("GAS-R41", "gas.payment")
    assert found("GAS-R41", with_("gas.meter-reader", "gas.payment", "see")) == [(HOLDS, "gas.meter-reader")]
    assert found("GAS-R41", without("gas.cashier", "gas.payment")) == [(LACKS, "gas.cashier")]
    (setting,) = rule("GAS-R41").settings
    assert set(setting.default) <= set(granted("GAS-R41", "gas.payment"))


def test_the_card_clerk_stands_in_and_nobody_else() -> None:
    assert found("GAS-R58") == []
    assert rule("GAS-R58").setting("stand_in_role").default == "gas.card-clerk"
    assert found("GAS-R58", with_("gas.duty-clerk", "gas.account", "collect")) == [(HOLDS, "gas.duty-clerk")]
    assert found("GAS-R58", without("gas.card-clerk", "gas.account")) == [(LACKS, "gas.card-clerk")]


@pytest.mark.parametrize("position", ["gas.cashier", "gas.card-clerk", "gas.duty-clerk", "gas.meter-reader"])
def test_clerks_take_no_customers_data_away(position: str) -> None:
    assert found("GAS-R59") == []
    assert found("GAS-R59", with_(position, "gas.account", "export")) == [(HOLDS, position)]
    account = OBJECTS["gas.account"]
    plain = tuple(replace(each, mask="") if each.name == "phone" else each for each in account.fields)
    unmasked = {**OBJECTS, "gas.account": replace(account, fields=plain, by_name={})}
    assert [each.how for each in breaches([rule("GAS-R59")], BY_ID, unmasked)] == [OPEN]


def test_leader_and_duty_clerk_look_at_the_hall() -> None:
    assert found("GAS-R45") == []
    assert rule("GAS-R45").setting("hall_owner").default == "gas.team-leader"
    assert found("GAS-R45", without("gas.duty-clerk", "core.inspection")) == [(LACKS, "gas.duty-clerk")] * 2
