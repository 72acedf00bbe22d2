"""Posted facts: inserted once, never changed, never deleted."""

from __future__ import annotations

from datetime import date

import pytest
from shop.models import Receipt
from sqlalchemy import delete, select, update

from company import Company
from core.branches import ScopeError, setwise
from core.branches.setwise import table_of
from core.data import UserError

REFUSED = "A posted record cannot be changed or deleted"


@pytest.fixture
def number(company: Company) -> int:
    return company.put("east", Receipt(amount=5))


@pytest.mark.parametrize("system", [True, False])
def test_no_flush_changes_or_deletes_one(company: Company, number, system):
    def change(session, row):
        row.amount = 6

    def remove(session, row):
        session.delete(row)

    def both(session, row):
        row.amount, row.printed_on = 6, date(2026, 1, 1)

    for attempt in (change, remove, both):
        with pytest.raises(UserError, match=REFUSED), company.session(None if system else "east") as session:
            attempt(session, session.scalars(select(Receipt).where(Receipt.id == number)).one())
    with company.session("east") as session:
        assert session.get_one(Receipt, number).amount == 5


@pytest.mark.parametrize(
    "statement",
    [
        delete(Receipt),
        update(Receipt).values(amount=1),
        update(Receipt).values({Receipt.amount: 1}),
        update(Receipt).values(amount=1, printed_on=date(2026, 1, 1)),
        update(Receipt).values({"printed_on": date(2026, 1, 1), "branch_id": 1}),
    ],
)
def test_no_statement_of_a_session_does(company: Company, number, statement):
    for branch in ("east", None):
        with pytest.raises((UserError, ScopeError)), company.session(branch) as session:
            session.execute(statement)
    with pytest.raises(UserError, match=REFUSED), company.session("east") as session:
        session.query(Receipt).filter_by(id=number).delete()


def test_no_change_by_primary_keys_does(company: Company, number):
    for branch in ("east", None):
        with pytest.raises((UserError, ScopeError)), company.session(branch) as session:
            session.execute(update(Receipt), [{"id": number, "amount": 1}])


@pytest.mark.parametrize("system", [True, False])
def test_core_statements_on_the_table_do_not_either(company: Company, number, system):
    table = table_of(Receipt)
    for statement in (table.delete(), table.update().values(amount=1)):
        with (
            pytest.raises(Exception, match=rf"{REFUSED}|setwise"),
            company.session(None if system else "east") as session,
        ):
            session.execute(statement)


def test_set_wise_work_does_not_either(company: Company, number):
    table = table_of(Receipt)
    for statement in (
        table.delete(),
        table.update().values(amount=1),
        table.update().values({table.c.amount: 2}),
    ):
        with pytest.raises(UserError, match=REFUSED), company.session("east") as session:
            setwise.change(session, Receipt, statement)


def test_open_columns_may_be_filled_in(company: Company, number):
    with company.session("east") as session:
        session.get_one(Receipt, number).printed_on = date(2026, 1, 1)
    with company.session("east") as session:
        session.execute(update(Receipt).where(Receipt.id == number).values(printed_on=date(2026, 1, 2)))
    with company.session("east") as session:
        table = table_of(Receipt)
        change = table.update().where(table.c.id == number).values(printed_on=date(2026, 1, 3))
        assert setwise.change(session, Receipt, change) == 1
    with company.session("east") as session:
        assert session.get_one(Receipt, number).printed_on == date(2026, 1, 3)


def test_a_row_taken_back_before_it_was_written_is_no_matter(company: Company):
    with company.session("east") as session:
        row = Receipt(amount=1)
        session.add(row)
        row.amount = 2
        session.flush()
        assert row.id
