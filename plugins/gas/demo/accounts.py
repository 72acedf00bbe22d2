"""Routes, accounts, households and meters of an example office."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import setwise
from plugins.gas import models
from plugins.gas.demo import names
from plugins.gas.demo.tariffs import OF_BRANCH, SHANGHAI, Example

ACCOUNTS_OF_A_ROUTE = 250
ROUTES_OF_A_READER = 3
LARGE_EVERY, LARGE_TIMES = 12, 3
"""Of the residents, one in so many uses so many times as much: their bills reach the higher tiers."""
METER_TYPES = ("diaphragm", "diaphragm", "diaphragm", "ic_card", "remote")
HELD_FOR = ("客户对上期账单有异议，待复核", "房屋拆迁，暂停计费", "表具送检，待出检定结果")


@dataclass
class Customer:
    """An account in the making: what its readings will need to know."""

    number: str
    tariff: Example
    opened_on: date
    monthly: int
    account_id: int = 0
    meter_id: int = 0
    digits: int = 5
    start: int = 0
    replaced_at: int | None = None
    vacant: bool = False
    rows: dict[str, Any] = field(default_factory=dict)


def make(
    session: Session, random: Random, code: str, count: int, tariff_ids: dict[str, int], months: list[date]
) -> list[Customer]:
    """Write routes, accounts, households and meters; `months` are the first days of the months to be read."""
    routes = _routes(session, code, count)
    customers = [_customer(random, code, number, count, months) for number in range(1, count + 1)]
    rows = [
        _account_row(random, customer, place, routes, tariff_ids) for place, customer in enumerate(customers)
    ]
    setwise.insert_rows(session, models.Account, rows)
    _number_accounts(session, customers)
    setwise.insert_rows(session, models.Household, list(_households(random, customers)))
    setwise.insert_rows(session, models.Meter, [_meter_row(random, each) for each in customers])
    _number_meters(session, customers)
    return customers


def _routes(session: Session, code: str, count: int) -> list[int]:
    made = []
    for number in range(1, count // ACCOUNTS_OF_A_ROUTE + 2):
        estate = names.ESTATES[(number - 1) % len(names.ESTATES)]
        route = models.Route(code=f"R{number:02d}", name=f"{estate}线")
        session.add(route)
        session.flush()
        made.append(route.id)
    return made


def give_routes(session: Session, reader_id: int | None) -> None:
    """Make the first routes those of a reader."""
    routes = session.scalars(select(models.Route).order_by(models.Route.code).limit(ROUTES_OF_A_READER))
    for route in routes:
        route.reader_id = reader_id
    session.flush()


def _customer(random: Random, code: str, number: int, count: int, months: list[date]) -> Customer:
    tariffs = OF_BRANCH.get(code, SHANGHAI)
    tariff = random.choices(tariffs, weights=[each.share for each in tariffs])[0]
    low, high = tariff.monthly_m3
    opened = date(2014, 1, 1) + timedelta(days=random.randint(0, 3800))
    if random.random() < 0.03:
        opened = random.choice(months[2:-1]) + timedelta(days=random.randint(0, 20))
    customer = Customer(f"{number:08d}", tariff, opened, random.randint(low, high))
    if number % LARGE_EVERY == 0 and tariff.use_class == models.RESIDENT:
        customer.monthly *= LARGE_TIMES
    customer.digits = 6 if high > 1000 else 5
    customer.start = random.randint(50, 9_000)
    customer.vacant = random.random() < 0.015
    if random.random() < 0.003:
        customer.start = 10**customer.digits - random.randint(5, 60)
    if random.random() < 0.006:
        customer.replaced_at = random.randint(2, len(months) - 2)
    return customer


def _account_row(
    random: Random, customer: Customer, place: int, routes: list[int], tariff_ids: dict[str, int]
) -> dict[str, Any]:
    held = random.random() < 0.004
    use_class = customer.tariff.use_class
    makers = {models.COMMERCIAL: names.shop, models.PUBLIC_WELFARE: names.public_body}
    estate = names.ESTATES[place // ACCOUNTS_OF_A_ROUTE % len(names.ESTATES)]
    resident = use_class == models.RESIDENT
    return {
        "number": customer.number,
        "name": makers.get(use_class, names.person)(random),
        "phone": names.phone(place) if random.random() < 0.97 else None,
        "address": names.flat(random, estate) if resident else names.street_address(random),
        "use_class": use_class,
        "tariff_id": None if random.random() < 0.0006 else tariff_ids[customer.tariff.code],
        "route_id": routes[place // ACCOUNTS_OF_A_ROUTE],
        "read_order": place % ACCOUNTS_OF_A_ROUTE + 1,
        "opened_on": customer.opened_on,
        "state": models.HELD if held else models.ACTIVE,
        "hold_reason": random.choice(HELD_FOR) if held else None,
    }


def _number_accounts(session: Session, customers: list[Customer]) -> None:
    table = setwise.table_of(models.Account)
    ids = dict(setwise.fetch(session, select(table.c.number, table.c.id)))
    for customer in customers:
        customer.account_id = ids[customer.number]


def _number_meters(session: Session, customers: list[Customer]) -> None:
    table = setwise.table_of(models.Meter)
    ids = dict(setwise.fetch(session, select(table.c.account_id, table.c.id)))
    for customer in customers:
        customer.meter_id = ids[customer.account_id]


def _households(random: Random, customers: list[Customer]) -> Any:
    for customer in customers:
        if customer.tariff.use_class != models.RESIDENT or random.random() > 0.25:
            continue
        members = random.choices((1, 2, 3, 4, 5, 6, 7), weights=(12, 24, 34, 14, 9, 5, 2))[0]
        extra = customer.tariff.extra_from_5_people if members >= 5 else 0
        yield {
            "account_id": customer.account_id,
            "members": members,
            "extra_allowance": Decimal(extra),
            "valid_from": customer.opened_on,
            "evidence": f"户口簿{members}人" if members >= 5 else None,
        }


def _meter_row(random: Random, customer: Customer) -> dict[str, Any]:
    resident = customer.tariff.use_class == models.RESIDENT
    return {
        "number": f"QB{customer.number}",
        "account_id": customer.account_id,
        "type": random.choice(METER_TYPES) if resident else "roots",
        "digits": customer.digits,
        "inlet_side": random.choice((models.LEFT, models.RIGHT)),
        "mounting": models.OUTSIDE if random.random() < 0.7 else models.INSIDE,
        "installed_on": customer.opened_on,
    }
