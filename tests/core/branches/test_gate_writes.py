"""Writes: rows are stamped with the branch, and nothing is written into or towards another one."""

from __future__ import annotations

import pytest
from shop.models import Customer, Order, Pair
from sqlalchemy import delete, insert, select, update

from company import Company, customer_values
from core.branches import ScopeError


@pytest.fixture
def far(company: Company) -> int:
    return company.put("west", Customer(**customer_values(name="Far")))


@pytest.fixture
def near(company: Company) -> int:
    return company.put("east", Customer(**customer_values(name="Near")))


def new(**changes) -> Customer:
    return Customer(**customer_values(**changes))


def test_a_row_is_stamped(company: Company, near):
    with company.session() as session:
        assert session.get_one(Customer, near).branch_id == company.branches["east"]


def refused(company: Company, work, branch="east") -> None:
    with pytest.raises(ScopeError), company.session(branch) as session:
        work(session)


def test_a_row_for_another_branch_is_refused(company: Company):
    refused(company, lambda session: session.add(new(branch_id=company.branches["west"])))


def test_without_a_scope_nothing_is_written(company: Company):
    with company.app.app_context(), company.database.sessions() as session:
        session.add(new(branch_id=company.branches["east"]))
        with pytest.raises(ScopeError):
            session.flush()


def test_over_all_branches_a_row_names_its_branch(company: Company):
    with company.session() as session:
        session.add(new(branch_id=company.branches["west"]))
    with pytest.raises(Exception, match="branch_id"), company.session() as session:
        session.add(new())


def test_a_row_does_not_move_to_another_branch(company: Company, near):
    def move(session):
        session.get_one(Customer, near).branch_id = company.branches["west"]

    refused(company, move)


def held(company: Company, session, number):
    """A row of another branch, as it may still be in a session."""
    from core.branches import system_scope

    with system_scope("the test lets it in"):
        return session.get_one(Customer, number)


def test_a_row_of_another_branch_that_is_still_held_is_neither_changed_nor_deleted(company: Company, far):
    def change(session):
        held(company, session, far).name = "Mine"

    refused(company, change)
    refused(company, lambda session: session.delete(held(company, session, far)))
    with company.session("west") as session:
        assert session.get_one(Customer, far).name == "Far"


def test_a_reference_to_another_branch_is_refused_as_object_and_as_number(company: Company, far, near):
    refused(company, lambda session: session.add(Order(customer_id=far, amount=1)))
    refused(company, lambda session: session.add(Order(customer=held(company, session, far), amount=1)))
    refused(company, lambda session: session.add(new(referrer_id=far)))

    def point(session):
        session.get_one(Customer, near).referrer_id = far

    def collect(session):
        mine = session.get_one(Customer, near)
        mine.orders.append(Order(customer_id=far, amount=1))
        session.flush()

    refused(company, point)
    refused(company, collect)


def test_a_row_of_no_branch_cannot_point_out_of_the_branch_either(company: Company, far, near):
    refused(company, lambda session: session.add(Pair(one_id=far)))
    refused(company, lambda session: session.add(Pair(customer=held(company, session, far))))
    with company.session("east") as session:
        session.add(Pair(one_id=near))


def test_a_reference_to_nothing_is_refused(company: Company):
    refused(company, lambda session: session.add(Order(customer_id=2_000_000_000, amount=1)))


def test_new_rows_may_point_to_one_another(company: Company):
    with company.session("east") as session:
        session.add(Order(customer=new(name="Both new"), amount=1))
    with company.session("east") as session:
        assert session.scalars(select(Order).join(Order.customer).where(Customer.name == "Both new")).one()


def test_statements_on_many_rows_stay_inside_the_branch(company: Company, far, near):
    with company.session("east") as session:
        session.execute(update(Customer).where(Customer.id.in_([far, near])).values(note="seen"))
        session.query(Customer).filter(Customer.id.in_([far, near])).update({"visits": 7})
    with company.session() as session:
        assert (session.get_one(Customer, near).note, session.get_one(Customer, near).visits) == ("seen", 7)
        assert (session.get_one(Customer, far).note, session.get_one(Customer, far).visits) == (None, 0)
    with company.session("east") as session:
        session.execute(delete(Customer).where(Customer.id.in_([far, near])))
        session.query(Customer).filter(Customer.id == far).delete()
    with company.session() as session:
        assert session.get(Customer, near) is None
        assert session.get(Customer, far) is not None


def test_statements_on_many_rows_do_not_move_or_misdirect_them(company: Company, far, near):
    mine = update(Customer).where(Customer.id == near)
    for statement in (
        mine.values(branch_id=company.branches["west"]),
        mine.values({Customer.branch_id: company.branches["west"]}),
        mine.values(referrer_id=far),
        mine.values(referrer_id=2_000_000_000),
        mine.values(referrer_id=select(Customer.id).limit(1).scalar_subquery()),
    ):
        refused(company, lambda session, statement=statement: session.execute(statement))
    with company.session("east") as session:
        session.execute(mine.values(referrer_id=near))
        session.execute(mine.values(referrer_id=None))


def test_changes_and_inserts_by_lists_of_values_are_refused(company: Company, far, near):
    values = [{"id": far, "name": "Mine"}]
    refused(company, lambda session: session.execute(update(Customer), values))
    refused(company, lambda session: session.execute(insert(Customer), [customer_values(branch_id=1)]))
    refused(company, lambda session: session.execute(insert(Customer).values(customer_values(branch_id=1))))
    refused(
        company, lambda session: session.scalars(insert(Customer).returning(Customer.id), [customer_values()])
    )
    with company.session("west") as session:
        assert session.get_one(Customer, far).name == "Far"


def test_merging_does_not_reach_into_another_branch(company: Company, far):
    with pytest.raises(Exception, match=r"shop_customer|another branch"), company.session("east") as session:
        session.merge(Customer(id=far, name="Mine"))
    with company.session("west") as session:
        assert session.get_one(Customer, far).name == "Far"
