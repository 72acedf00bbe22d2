"""Thousands of customers: drafts are made and released by statements that do not grow with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from company import Company, counted
from core.branches import setwise
from core.messages.models import Outgoing
from decoration_care import at
from decoration_company import DAY, HERE
from plugins.decoration.care import collecting, sending
from plugins.decoration.models.care import CareBatch, CareMessage
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

BIRTHDAY = 1125
MONDAY, THE_DAY = date(2026, 11, 23), date(2026, 11, 25)


def put(company: Company, first: int, count: int) -> None:
    rows = [
        {
            "number": f"M{each:06d}",
            "name": f"M{each}",
            "phone": f"139{each:08d}",
            "source": n.OTHER,
            "phase": n.AFTER_SALE,
            "birthday_key": BIRTHDAY,
            "filed_on": DAY,
        }
        for each in range(first, first + count)
    ]
    with company.session(HERE) as session:
        setwise.insert_rows(session, Customer, rows)


def taken_by(company: Company, work: Callable[[Session], Any]) -> int:
    """How many statements `work` takes in a session of the branch."""
    with company.session(HERE) as session, counted(company.database) as statements:
        work(session)
        return len(statements)


def test_a_day_with_many_birthdays_costs_as_few_statements_as_one_with_few(company: Company) -> None:
    taken = []
    for first, count in ((0, 4), (1000, 400)):
        put(company, first, count)
        with at(MONDAY):
            collected = taken_by(company, lambda session: collecting.collect(session, MONDAY))
            with company.session(HERE) as session:
                batch = session.scalars(select(CareBatch).where(CareBatch.state == c.DRAFT)).one()
                batch.state = c.APPROVED
                rows = setwise.table_of(CareMessage)
                approved = update(rows).where(rows.c.batch_id == batch.id).values(state=c.APPROVED)
                setwise.change(session, CareMessage, approved)
        with at(THE_DAY):
            taken.append((collected, taken_by(company, lambda session: sending.release(session, THE_DAY))))
    assert taken[0] == taken[1]
    with company.session(HERE) as session:
        assert session.scalar(select(func.count(Outgoing.id)).where(Outgoing.rule == "DEC-R76")) == 404
