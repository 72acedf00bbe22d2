"""The rest of the ORM's doors: whatever a session can be asked for, another branch is not in the answer."""

from __future__ import annotations

import pytest
from shop.models import Customer, Order
from sqlalchemy import (
    and_,
    case,
    delete,
    except_,
    func,
    intersect,
    lambda_stmt,
    lateral,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
    union,
    union_all,
    update,
)
from sqlalchemy.exc import DatabaseError, InvalidRequestError
from sqlalchemy.orm import (
    Bundle,
    aliased,
    contains_eager,
    defer,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    make_transient_to_detached,
    selectinload,
    subqueryload,
    undefer,
    with_parent,
)
from sqlalchemy.orm.exc import DetachedInstanceError, ObjectDeletedError

from both_branches import plant
from company import Company, customer_values
from core.branches import ScopeError, system_scope

EAST, WEST = "Door east", "Door west"


@pytest.fixture(scope="module")
def rows(company: Company) -> dict[str, int]:
    return plant(company, EAST, WEST)


C, other = aliased(Customer), aliased(Customer)
named = Customer.name.in_([EAST, WEST])
last_order = (
    select(func.max(Order.id)).where(Order.customer_id == Customer.id).correlate(Customer).scalar_subquery()
)
names_beside = (
    select(func.max(other.name))
    .where(other.name.in_([EAST, WEST]), other.id != C.id)
    .correlate(C)
    .scalar_subquery()
)
each_order = lateral(select(Order.id.label("order_id")).where(Order.customer_id == Customer.id))
first, second = select(Customer.name).where(named).cte("first"), select(other.name).cte("second")
chained = select(first.c.name).where(first.c.name.in_(select(second.c.name))).cte("chained")
inner_union = union(select(Customer.name, Customer.id), select(other.name, other.id)).subquery()

ANSWERS = {
    "union": union(select(Customer.name).where(named), select(other.name).where(other.name.in_([EAST, WEST]))),
    "intersect": intersect(select(Customer.name).where(named), select(other.name)),
    "except of nothing": except_(
        select(Customer.name).where(named), select(other.name).where(other.id < 0)
    ),
    "entity of a union": select(aliased(Customer, union_all(select(Customer), select(Customer)).subquery()).name),
    "join with a union": select(Customer.name).join(inner_union, inner_union.c.id == Customer.id),
    "ctes upon ctes": select(chained.c.name),
    "cte nested in a subquery": select(
        select(first.c.name).add_cte(select(Customer.id).cte("unused")).subquery().c.name
    ),
    "cte of a correlated count": select(select(Customer.name, last_order.label("last")).cte().c.name),
    "correlated scalar": select(Customer.name, last_order).where(named),
    "correlated in where": select(Customer.name).where(last_order > 0),
    "correlated in order": select(Customer.name).where(named).order_by(last_order),
    "correlated exists": select(C.name).where(
        select(Order.id).where(Order.customer_id == C.id).correlate(C).exists()
    ),
    "case of a subquery": select(
        case((select(func.count(other.id)).scalar_subquery() > 0, Customer.name), else_="")
    ),
    "bundle": select(Bundle("b", Customer.name, Customer.id)),
    "tuple": select(Customer.name).where(tuple_(Customer.id, Customer.name).in_(select(other.id, other.name))),
    "window": select(Customer.name, func.row_number().over(order_by=Customer.id)),
    "string_agg": select(func.aggregate_strings(Customer.name, ",")),
    "lambda": lambda_stmt(lambda: select(Customer.name).where(Customer.id > 0)),
    "any": select(Customer.name).where(Customer.orders.any(Order.amount > 0)),
    "has": select(Customer.name).join(Order.customer).where(Order.customer.has(Customer.id > 0)),
    "of an alias of a relationship": select(C.name).select_from(Order).join(Order.customer.of_type(C)),
    "relationship with a condition": select(Customer.name).join(Order.customer.and_(Customer.id > 0)),
    "having": select(Customer.name).group_by(Customer.name).having(func.count(Customer.id) > 0),
    "limit and offset": select(Customer.name).where(named).order_by(Customer.id).limit(1).offset(0),
    "in a streaming result": select(Customer.name).execution_options(yield_per=1),
}  # fmt: skip


def as_text(found) -> str:
    return str([tuple(row) for row in found])


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_holds_the_own_branch_only(company: Company, rows, name):
    for branch, mine, others in (("east", EAST, WEST), ("west", WEST, EAST), ("east", EAST, WEST)):
        with company.session(branch) as session:
            answer = as_text(session.execute(ANSWERS[name]))
        assert others not in answer
        assert mine in answer


def test_nobody_is_beside_the_own_row(company: Company, rows):
    for branch, mine in (("east", EAST), ("west", WEST)):
        with company.session(branch) as session:
            assert session.execute(select(C.name, names_beside).where(C.name.in_([EAST, WEST]))).all() == [
                (mine, None)
            ]


def test_lateral_joins(company: Company, rows):
    if company.database.is_sqlite:  # which has none
        joined = select(Customer.name).join(Order, Order.customer_id == Customer.id).where(named)
    else:
        joined = select(Customer.name, each_order.c.order_id).join(each_order, true()).where(named)
    with company.session("east") as session:
        assert {row[0] for row in session.execute(joined)} == {EAST}


def test_an_order_by_tells_nothing_of_another_branch(company: Company, rows):
    """A sort or a condition over a subquery must not be a question about foreign rows either."""
    with company.session("east") as session:
        asked = select(Customer.id).where(
            or_(select(other.id).where(other.name == WEST).exists(), and_(Customer.id < 0, true()))
        )
        assert session.scalars(asked).all() == []


LOADERS = {
    "selectin": selectinload(Customer.orders).selectinload(Order.customer),
    "joined": joinedload(Customer.orders).joinedload(Order.customer),
    "inner joined": joinedload(Customer.orders, innerjoin=True).joinedload(Order.customer, innerjoin=True),
    "subquery": subqueryload(Customer.orders).subqueryload(Order.customer),
    "immediate": immediateload(Customer.orders).immediateload(Order.customer),
    "mixed": selectinload(Customer.orders).joinedload(Order.customer).lazyload(Customer.orders),
    "lazy": lazyload(Customer.orders),
    "with a condition": selectinload(Customer.orders.and_(Order.amount > 0)),
    "only some columns": selectinload(Customer.orders).load_only(Order.amount),
}


@pytest.mark.parametrize("name", LOADERS)
def test_what_is_loaded_along_and_beyond(company: Company, rows, name):
    for branch, mine in (("east", EAST), ("west", WEST)):
        with company.session(branch) as session:
            found = session.scalars(select(Customer).where(named).options(LOADERS[name])).unique().all()
            assert [each.name for each in found] == [mine]
            assert [order.id for order in found[0].orders] == [rows[f"{branch} order"]]
            assert {order.customer.name for order in found[0].orders} == {mine}


def test_rows_of_a_join_that_fill_a_relationship(company: Company, rows):
    filled = select(Order).outerjoin(Order.customer).options(contains_eager(Order.customer))
    with company.session("east") as session:
        customers = [each.customer for each in session.scalars(filled).unique()]
        assert WEST not in [each.name for each in customers if each is not None]


def test_columns_that_are_loaded_later(company: Company, rows):
    for option in (load_only(Customer.id), defer(Customer.name), undefer(Customer.name)):
        with company.session("east") as session:
            assert {each.name for each in session.scalars(select(Customer).where(named).options(option))} == {
                EAST
            }


def held(session, number: int) -> Customer:
    """A row of another branch, as it may still be in a session."""
    with system_scope("the test lets it in"):
        return session.get_one(Customer, number)


def test_by_its_key(company: Company, rows):
    with company.session("east") as session:
        west = rows["west"]
        assert session.get(Customer, west) is None
        assert session.get(Customer, west, populate_existing=True) is None
        assert session.get(Customer, west, with_for_update=True) is None
        assert session.get(Customer, {"id": west}, options=[selectinload(Customer.orders)]) is None
        with pytest.raises(InvalidRequestError):
            session.get_one(Customer, west)
        assert session.get_one(Customer, rows["east"]).name == EAST


def test_a_row_that_is_held_is_not_loaded_anew(company: Company, rows):
    with company.session("east") as session:
        far = held(session, rows["west"])
        with pytest.raises(InvalidRequestError):
            session.refresh(far)
        with pytest.raises(InvalidRequestError):
            session.refresh(far, ["name"])
        assert session.get(Customer, rows["west"], populate_existing=True) is None
    with company.session("east") as session:
        assert held(session, rows["west"]).orders == []


def test_a_row_that_is_held_and_expired_gives_nothing_away(company: Company, rows):
    with company.session("east") as session:
        far = held(session, rows["west"])
        session.expire(far)
        with pytest.raises((ObjectDeletedError, ScopeError)):
            _ = far.name
    with company.session("east") as session:
        near = session.get_one(Customer, rows["east"])
        session.expire(near)
        assert near.name == EAST


def test_a_row_made_up_by_its_key_gives_nothing_away(company: Company, rows):
    guessed = Customer(id=rows["west"])
    make_transient_to_detached(guessed)
    with pytest.raises(DetachedInstanceError):
        _ = guessed.name
    with company.session("east") as session:
        session.add(guessed)
        with pytest.raises((ObjectDeletedError, ScopeError)):
            _ = guessed.name
        session.expunge(guessed)


def test_with_parent_of_another_branch(company: Company, rows):
    with company.session("west") as session:
        far = session.get_one(Customer, rows["west"])
        session.expunge(far)
    with company.session("east") as session:
        assert session.scalars(select(Order).where(with_parent(far, Customer.orders))).all() == []


def test_merging(company: Company, rows):
    with company.session("west") as session:
        far = session.get_one(Customer, rows["west"])
        session.expunge(far)
    far.note = "merged"
    for options in ({}, {"load": False}):
        with (
            pytest.raises((ScopeError, InvalidRequestError, DatabaseError)),
            company.session("east") as session,
        ):
            session.merge(far, **options).note = "merged and changed"
    with company.session("west") as session:
        assert session.get_one(Customer, rows["west"]).note is None


def test_older_queries(company: Company, rows):
    with company.session("east") as session:
        query = session.query(Customer).filter(named)
        assert [each.name for each in query] == [EAST]
        assert query.count() == 1
        assert query.with_entities(Customer.name).all() == [(EAST,)]
        assert session.query(query.filter(Customer.name == WEST).exists()).scalar() is False
        assert [each.name for each in query.union_all(session.query(Customer).filter(named))] == [EAST]
        assert session.query(query.subquery().c.name).all() == [(EAST,)]
        assert [name for (name,) in session.query(Customer.name).filter(named).yield_per(1)] == [EAST]
        with pytest.raises(ScopeError):
            session.query(Customer).from_statement(text("SELECT * FROM shop_customer")).all()
        with pytest.raises(ScopeError):
            session.query(Customer).filter(text("1 = 1")).all()


# ---------------------------------------------------------------- changes of many rows


def untouched(company: Company, rows) -> bool:
    with company.session("west") as session:
        far = session.get_one(Customer, rows["west"])
        return (far.name, far.note, far.visits) == (WEST, None, 0)


@pytest.mark.parametrize("how", ["auto", "evaluate", "fetch", False])
def test_updates_and_deletes_of_many(company: Company, rows, how):
    options = {"synchronize_session": how}
    with company.session("east") as session:
        changed = update(Customer).where(named).values(visits=Customer.visits + 1)
        assert session.execute(changed, execution_options=options).rowcount == 1
        gone = delete(Customer).where(Customer.id == rows["west"])
        assert session.execute(gone, execution_options=options).rowcount == 0
    assert untouched(company, rows)


def test_changes_that_give_rows_back(company: Company, rows):
    with company.session("east") as session:
        changed = update(Customer).where(named).values(note="back").returning(Customer.name)
        assert session.scalars(changed).all() == [EAST]
        gone = delete(Order).where(Order.customer_id == rows["west"]).returning(Order.id)
        assert session.scalars(gone).all() == []
    assert untouched(company, rows)


def test_changes_whose_condition_looks_elsewhere(company: Company, rows):
    with company.session("east") as session:
        by_far = update(Customer).where(select(other.id).where(other.name == WEST).exists())
        assert (
            session.execute(
                by_far.values(note="told"), execution_options={"synchronize_session": False}
            ).rowcount
            == 0
        )
        of_far = select(other.name).where(other.name == WEST).scalar_subquery()
        near = update(Customer).where(Customer.id == rows["east"])
        session.execute(near.values(note=of_far), execution_options={"synchronize_session": False})
        assert session.get_one(Customer, rows["east"], populate_existing=True).note is None
        without_orders = delete(Customer).where(Customer.name == WEST, ~Customer.orders.any())
        assert session.execute(without_orders, execution_options={"synchronize_session": False}).rowcount == 0
    assert untouched(company, rows)


def test_bulk_interfaces_are_refused(company: Company, rows):
    with company.session("east") as session:
        for bulk in (
            lambda: session.bulk_insert_mappings(
                Customer, [customer_values(branch_id=company.branches["west"])]
            ),
            lambda: session.bulk_update_mappings(Customer, [{"id": rows["west"], "note": "bulk"}]),
            lambda: session.bulk_save_objects([Customer(**customer_values())]),
            lambda: session.execute(update(Customer), [{"id": rows["west"], "note": "bulk"}]),
        ):
            with pytest.raises((RuntimeError, ScopeError)):
                bulk()
    assert untouched(company, rows)


def test_adding_all_at_once_stamps_each(company: Company):
    new = [Customer(**customer_values(name="At once")) for _ in range(3)]
    with company.session("east") as session:
        session.add_all(new)
        session.flush()
        assert {each.branch_id for each in new} == {company.branches["east"]}
    with company.session("west") as session:
        assert session.scalars(select(Customer).where(Customer.name == "At once")).all() == []
        assert (
            session.scalar(
                select(literal(1)).where(select(Customer.id).where(Customer.name == "At once").exists())
            )
            is None
        )
