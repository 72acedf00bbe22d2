"""A condition says the same of a record in Python and in SQL."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from shop.entities import CUSTOMER, ORDER
from shop.models import Customer, Order
from sqlalchemy import select

from company import Company, customer_values
from core.branches import branch_scope
from core.branches.setwise import fetch, table_of
from core.handbook.conditions import NoFieldError, as_sql, holds
from core.handbook.facts import FactsOf
from core.handbook.kinds import Is

ENTITIES = {each.id: each for each in (CUSTOMER, ORDER)}
ON_CUSTOMERS = (
    Is("kind", "home"),
    Is("kind", "home", but=True),
    Is("number", "C1", "C2"),
    Is("note"),
    Is("note", but=True),
    Is("note", None),
    Is("note", "x", but=True),
    Is("vip", True),
    Is("since", date(2026, 1, 2)),
    Is("visits", None, 1),
    Is("referrer.kind", "firm"),
    Is("referrer.kind", "firm", but=True),
    Is("referrer_id"),
    Is("referrer.referrer.vip", True),
)


@pytest.fixture(scope="module")
def people(company: Company) -> None:
    with company.session("east") as session:
        kinds, notes = ("home", "firm"), (None, "", "x")
        rows = [
            Customer(
                **customer_values(
                    number=f"C{place}", kind=kind, note=note, vip=vip, since=since, visits=place % 2
                )
            )
            for place, (kind, note, vip, since) in enumerate(
                itertools.product(kinds, notes, (True, False), (None, date(2026, 1, 2)))
            )
        ]
        session.add_all(rows)
        session.flush()
        for place, row in enumerate(rows[1:]):
            row.referrer_id = rows[place].id if place % 3 else None
        session.add_all(Order(customer_id=each.id, amount=place) for place, each in enumerate(rows[:9]))


@pytest.mark.parametrize("condition", ON_CUSTOMERS, ids=str)
def test_python_and_sql_agree(company: Company, people: None, condition: Is):
    with company.session("east") as session:
        every = session.scalars(select(Customer)).all()
        there = {each.id for each in every if holds((condition,), FactsOf(session, CUSTOMER, each, ENTITIES))}
        where = as_sql(CUSTOMER, (condition,), ENTITIES)
        assert set(session.scalars(select(Customer.id).where(where))) == there
        assert 0 < len(there) < len(every)


def test_all_of_several_have_to_hold(company: Company, people: None):
    both = (Is("customer.kind", "home"), Is("customer.vip", True))
    with company.session("east") as session:
        found = session.scalars(select(Order).where(as_sql(ORDER, both, ENTITIES))).all()
        assert found
        assert all(each.customer.kind == "home" and each.customer.vip for each in found)


def test_it_narrows_plain_tables_of_set_wise_statements_too(company: Company, people: None):
    table = table_of(Order)
    where = as_sql(ORDER, (Is("customer.kind", "home"),), ENTITIES, table)
    with (
        company.app.app_context(),
        branch_scope(company.branches["east"]),
        company.database.sessions() as session,
    ):
        found = fetch(session, select(table.c.id).where(where))
        mapped = select(Order.id).where(as_sql(ORDER, (Is("customer.kind", "home"),), ENTITIES))
        assert sorted(row.id for row in found) == sorted(session.scalars(mapped))


def test_what_is_worked_out_cannot_be_asked_of_the_database():
    with pytest.raises(NoFieldError):
        as_sql(CUSTOMER, (Is("shout", "Wang!"),), ENTITIES)
