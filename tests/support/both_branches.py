"""The same rows in two branches, and what points from one to the other: what no read or write may get across."""

from __future__ import annotations

from shop.models import Customer, Order, Pair

import databases
from company import Company, customer_values


def plant(company: Company, east: str, west: str) -> dict[str, int]:
    """A customer of these names with an order in each branch, and a row of no branch that points to the western one.

    Answers their ids: `east`, `west`, `east order`, `west order`.
    """
    made = {}
    for branch, name in (("east", east), ("west", west)):
        made[branch] = company.put(branch, Customer(**customer_values(name=name)))
        made[f"{branch} order"] = company.put(branch, Order(customer_id=made[branch], amount=1))
    with company.session() as session:
        session.add(Pair(one_id=made["west"]))
    return made


def plant_across(company: Company, made: dict[str, int]) -> None:
    """An order of the east that points to the west, as only somebody with the whole database could write it."""
    databases.take_down(company.database.url, "shop_order", "customer_id")
    with company.session() as session:
        session.add(Order(customer_id=made["west"], amount=2, branch_id=company.branches["east"]))
