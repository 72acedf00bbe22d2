"""Reads: whatever the statement looks like, rows of another branch are not in the answer."""

from __future__ import annotations

import pytest
from shop.models import Customer, Order, Pair
from sqlalchemy import exists, func, literal, select, text, union_all
from sqlalchemy.orm import aliased, joinedload, selectinload, subqueryload

from both_branches import plant, plant_across
from company import Company, customer_values
from core.branches import Branch, ScopeError, branch_scope
from core.branches.setwise import table_of

EAST, WEST = "East lady", "West lady"


@pytest.fixture(scope="module")
def rows(company: Company) -> dict[str, int]:
    made = plant(company, EAST, WEST)
    plant_across(company, made)
    return made


other = aliased(Customer)
sub = select(Customer.name, Customer.id).subquery()
cte = select(Customer.name, Customer.id).cte()
nested = select(Customer).where(Customer.id > 0).subquery()
of_nested = aliased(Customer, nested)
tree = select(Customer.name, Customer.id).where(Customer.referrer_id.is_(None)).cte(recursive=True)
tree = tree.union_all(select(Customer.name, Customer.id).join(tree, Customer.referrer_id == tree.c.id))
orders_of = select(Order.id).where(Order.customer_id == Customer.id)

own_customer = select(Customer.name).where(Customer.id == table_of(Order).c.customer_id)
"""As a column that a model works out: its own column is plain, and taken from the rows around it."""

NAMES = {
    "entity": select(Customer),
    "column": select(Customer.name),
    "alias": select(other),
    "alias column": select(other.name),
    "alias joined": select(other.name).join(Customer, Customer.id == other.id),
    "joined the other way": select(Customer.name).join(other, Customer.id == other.id),
    "outer join": select(other.name).outerjoin(Customer, Customer.id == other.id),
    "outer side": select(other.name).select_from(Customer).outerjoin(other, literal(value=True)),
    "full of a branchless table": select(Customer.name)
    .select_from(Pair)
    .outerjoin(Customer, literal(value=True)),
    "relationship": select(Customer.name).join(Order.customer),
    "subquery": select(sub.c.name),
    "cte": select(cte.c.name),
    "recursive cte": select(tree.c.name),
    "entity of a subquery": select(of_nested.name),
    "union": union_all(select(Customer.name), select(other.name)),
    "union inside": select(union_all(select(Customer.name), select(other.name)).subquery().c.name),
    "scalar subquery": select(select(func.max(Customer.name)).scalar_subquery()),
    "exists": select(Customer.name).where(exists(orders_of)),
    "in": select(Customer.name).where(Customer.id.in_(select(other.id))),
    "function": select(func.max(Customer.name)),
    "grouped": select(Customer.name, func.count()).group_by(Customer.name),
    "distinct": select(Customer.name).distinct(),
    "or": select(Customer.name).where((Customer.id > 0) | literal(value=True)),
    "for update": select(Customer.name).with_for_update(),
    "column property": select(own_customer.correlate_except(Customer).scalar_subquery(), Order.id),
    "correlated": select(own_customer.correlate(table_of(Order)).scalar_subquery(), Order.id),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_answers_with_the_own_branch_only(company: Company, rows, name):
    for branch, mine, others in (("east", EAST, WEST), ("west", WEST, EAST), ("east", EAST, WEST)):
        with company.session(branch) as session:
            answer = str([_named(row[0]) for row in session.execute(NAMES[name])])
        assert others not in answer
        assert mine in answer


def _named(found):
    return found.name if isinstance(found, Customer) else found


COUNTS = {
    "count": select(func.count()).select_from(Customer).where(Customer.name.in_([EAST, WEST])),
    "count of ids": select(func.count(Customer.id)).where(Customer.name.in_([EAST, WEST])),
    "count of a subquery": select(func.count()).select_from(
        select(Customer).where(Customer.name.in_([EAST, WEST])).subquery()
    ),
    "exists as a column": select(
        select(func.count()).select_from(Customer).where(Customer.name.in_([EAST, WEST])).scalar_subquery()
    ),
    "joined": select(func.count(Customer.id)).select_from(Customer).join(Customer.orders).where(
        Customer.name.in_([EAST, WEST])
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_counts_are_of_the_own_branch(company: Company, rows, name):
    for branch in ("east", "west"):
        with company.session(branch) as session:
            assert session.scalar(COUNTS[name]) == 1


def test_without_a_scope_there_are_no_rows(company: Company, rows):
    with company.app.app_context(), company.database.sessions() as session:
        for name, statement in NAMES.items():
            assert not any(row[0] for row in session.execute(statement)), name
        for name, statement in COUNTS.items():
            assert session.scalar(statement) == 0, name
        assert session.get(Customer, rows["east"]) is None
        assert session.query(Customer).count() == 0
    with branch_scope(company.branches["hq"]), company.database.sessions() as session:
        assert session.scalars(select(Customer)).all() == []


def test_by_primary_key_and_by_the_older_interface(company: Company, rows):
    with company.session("east") as session:
        assert session.get(Customer, rows["west"]) is None
        assert session.get(Customer, rows["east"]).name == EAST
        assert session.query(Customer).filter_by(id=rows["west"]).first() is None
        assert session.query(Customer).filter(Customer.name.in_([EAST, WEST])).count() == 1


@pytest.mark.parametrize("how", [selectinload, joinedload, subqueryload])
def test_relationships_that_are_loaded_along(company: Company, rows, how):
    with company.session("east") as session:
        orders = session.scalars(select(Order).options(how(Order.customer))).unique().all()
        assert {each.customer.name if each.customer else None for each in orders} == {EAST, None}
        mine = session.scalars(
            select(Customer).where(Customer.name == EAST).options(how(Customer.orders))
        ).unique()
        assert [order.id for order in mine.one().orders] == [rows["east order"]]


def test_relationships_that_are_loaded_later(company: Company, rows):
    with company.session("east") as session:
        orders = session.scalars(select(Order)).all()
        assert {each.customer.name if each.customer else None for each in orders} == {EAST, None}
        assert session.scalars(select(Pair)).one().customer is None
    with company.session("west") as session:
        assert session.scalars(select(Pair)).one().customer.name == WEST


def test_a_condition_on_a_relationship_sees_the_own_branch(company: Company, rows):
    with company.session("east") as session:
        assert session.scalars(select(Order.amount).where(Order.customer.has(name=WEST))).all() == []
        assert session.scalars(select(Pair).where(Pair.customer.has())).all() == []


REFUSED = {
    "text": lambda: text("SELECT name FROM shop_customer"),
    "text about nothing": lambda: text("SELECT 1"),
    "table": lambda: select(table_of(Customer)),
    "column of the table": lambda: select(table_of(Customer).c.name),
    "alias of the table": lambda: select(table_of(Customer).alias().c.name),
    "subquery of the table": lambda: select(select(table_of(Customer).c.name).subquery()),
    "cte of the table": lambda: select(select(table_of(Customer).c.name).cte()),
    "join with the table": lambda: select(table_of(Branch).c.id).join(
        table_of(Customer), literal(value=True)
    ),
    "exists of the table": lambda: select(literal(1)).where(exists().select_from(table_of(Customer))),
    "union of the table": lambda: union_all(select(table_of(Customer).c.name), select(literal("x"))),
    "table beside an entity": lambda: select(Customer.name, table_of(Customer).alias().c.name),
    "table below an entity": lambda: select(Branch.id).where(exists(select(table_of(Customer).c.id))),
    "table within, of no row around": lambda: select(own_customer.scalar_subquery(), Order.id),
    "table of another row around": lambda: select(
        own_customer.correlate_except(Customer).scalar_subquery(), Pair.id
    ),
    "text below an entity": lambda: select(Customer.name).where(text("1=1 OR 1=1")),
    "entity from text": lambda: select(Customer).from_statement(text("SELECT * FROM shop_customer")),
    "entity from a table": lambda: select(Customer).from_statement(select(table_of(Customer))),
    "update": lambda: table_of(Customer).update().values(name="X"),
    "delete": lambda: table_of(Customer).delete(),
    "insert": lambda: table_of(Customer).insert().values(customer_values(branch_id=1)),
    "insert from a table": lambda: (
        table_of(Pair).insert().from_select(["one_id"], select(table_of(Customer).c.id))
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_gate_cannot_judge_is_refused(company: Company, rows, name):
    with company.session("east") as session, pytest.raises(ScopeError):
        session.execute(REFUSED[name]())


def test_core_statements_on_tables_of_no_branch_are_free(company: Company):
    with company.session("east") as session:
        assert session.execute(select(table_of(Branch).c.code)).all()
        assert session.scalar(select(literal(1))) == 1


def test_over_all_branches_everything_is_seen(company: Company, rows):
    with company.session() as session:
        assert session.scalar(COUNTS["count"]) == 2
        assert session.scalar(text("SELECT 1")) == 1
