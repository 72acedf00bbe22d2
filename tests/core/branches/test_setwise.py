"""Set-wise statements over plain tables: every branch-owned table in them is narrowed to the active branch."""

from __future__ import annotations

import pytest
from shop.models import Customer, Order, Pair, Receipt
from sqlalchemy import delete, exists, func, insert, literal, select, union_all, update

from both_branches import plant
from company import Company
from core.branches import ScopeError, setwise
from core.branches.setwise import table_of

C, O, P = table_of(Customer), table_of(Order), table_of(Pair)  # noqa: E741 - short names, as in SQL
EAST, WEST = "East lady", "West lady"


@pytest.fixture(scope="module")
def rows(company: Company) -> dict[str, int]:
    return plant(company, EAST, WEST)


def statements():
    other = C.alias("other")
    below = select(C.c.name, C.c.id).subquery()
    cte = select(C.c.name, C.c.id).cte("named")
    two = select(cte.c.name, cte.c.id).cte("again")
    tree = select(C.c.name, C.c.id).where(C.c.referrer_id.is_(None)).cte("tree", recursive=True)
    tree = tree.union_all(select(C.c.name, C.c.id).join(tree, C.c.referrer_id == tree.c.id))
    latest = select(O.c.amount).where(O.c.customer_id == C.c.id).limit(1).lateral("latest")
    ranked = select(
        C.c.name, func.row_number().over(partition_by=C.c.kind, order_by=C.c.id).label("n")
    ).subquery()
    return {
        "table": select(C.c.name),
        "whole": select(C),
        "from": select(literal("x"), C.c.name).select_from(C),
        "alias": select(other.c.name),
        "self join": select(other.c.name).join(C, C.c.id == other.c.id),
        "all pairs": select(C.c.name, other.c.name).join_from(C, other, literal(value=True)),
        "outer join": select(C.c.name).outerjoin(O, O.c.customer_id == C.c.id),
        "outer side": select(C.c.name).select_from(P).outerjoin(C, literal(value=True)),
        "condition in the join": select(C.c.name).select_from(P).join(C, C.c.id > 0),
        "subquery": select(below.c.name),
        "scalar subquery": select(select(func.max(C.c.name)).scalar_subquery()),
        "cte": select(cte.c.name),
        "cte of a cte": select(two.c.name),
        "cte twice": select(cte.c.name).join(two, two.c.id == cte.c.id),
        "recursive cte": select(tree.c.name),
        "union": union_all(select(C.c.name), select(other.c.name)),
        "union below": select(union_all(select(C.c.name), select(other.c.name)).subquery().c.name),
        "exists": select(C.c.name).where(exists().where(O.c.customer_id == C.c.id)),
        "in": select(C.c.name).where(C.c.id.in_(select(O.c.customer_id))),
        "not in": select(C.c.name).where(C.c.id.not_in(select(O.c.id).where(O.c.id < 0))),
        "window": select(ranked.c.name).where(ranked.c.n >= 1),
        "grouped": select(C.c.name, func.count()).group_by(C.c.name).having(func.count() > 0),
        "ordered": select(C.c.name).order_by(C.c.name).distinct(),
        "or": select(C.c.name).where((C.c.id > 0) | literal(value=True)),
        "named as it likes": select(C.c.name.label("branch_id")),
        "lateral": select(C.c.name, latest.c.amount).join(latest, literal(value=True)),
        "asking for the other": select(C.c.name).where((C.c.branch_id != 0) | (C.c.name == WEST)),
    }


@pytest.mark.parametrize("name", statements())
def test_rows_of_the_active_branch_only(company: Company, rows, backend, name):
    if name == "lateral" and backend == "sqlite":
        return  # SQLite has none
    for branch, mine, others in (("east", EAST, WEST), ("west", WEST, EAST)):
        with company.session(branch) as session:
            answer = str(setwise.fetch(session, statements()[name]))
        assert others not in answer
        assert mine in answer


def test_a_count_that_compares_with_another_branch_sees_nothing_of_it(company: Company, rows):
    seen = select(func.count()).select_from(P).where(exists().where(C.c.id == P.c.one_id))
    with company.session("east") as session:
        assert setwise.fetch(session, seen)[0][0] == 0
    with company.session("west") as session:
        assert setwise.fetch(session, seen)[0][0] == 1


def test_without_an_active_branch_nothing_is_done(company: Company):
    for branch in (None,):
        with company.session(branch) as session:
            for work in (
                lambda s: setwise.fetch(s, select(C.c.name)),
                lambda s: setwise.insert_select(
                    s, Order, ["customer_id", "amount"], select(C.c.id, literal(1))
                ),
                lambda s: setwise.insert_rows(s, Order, [{"customer_id": 1, "amount": 1}]),
                lambda s: setwise.change(s, Order, O.delete()),
            ):
                with pytest.raises(ScopeError):
                    work(session)


def test_statements_over_mapped_classes_are_told_apart(company: Company):
    with company.session("east") as session:
        with pytest.raises(ScopeError, match="not over mapped classes"):
            setwise.fetch(session, select(Customer))
        with pytest.raises(ScopeError):
            setwise.change(session, Order, delete(Order))
        with pytest.raises(ScopeError):
            setwise.fetch(session, select(C.c.name).where(C.c.id.in_(select(Customer.id))))


def test_inserting_from_a_select_takes_and_stamps_the_own_rows(company: Company, rows):
    source = select(C.c.id, literal(700)).where(C.c.name.in_([EAST, WEST]))
    with company.session("east") as session:
        assert setwise.insert_select(session, Order, ["customer_id", "amount"], source) == 1
    with company.session() as session:
        made = session.scalars(select(Order).where(Order.amount == 7)).one()
        assert (made.customer_id, made.branch_id) == (rows["east"], company.branches["east"])


def test_inserting_rows_stamps_them_and_refuses_references_elsewhere(company: Company, rows):
    mine = {"customer_id": rows["east"], "amount": 8, "branch_id": company.branches["west"]}
    with company.session("east") as session:
        assert setwise.insert_rows(session, Order, [mine, mine]) == 2
        assert setwise.insert_rows(session, Order, []) == 0
    with company.session() as session:
        made = session.scalars(select(Order).where(Order.amount == 8)).all()
        assert {each.branch_id for each in made} == {company.branches["east"]}
    for wrong in (rows["west"], 2_000_000_000):
        with pytest.raises(ScopeError), company.session("east") as session:
            setwise.insert_rows(session, Order, [mine, {"customer_id": wrong, "amount": 8}])
    with pytest.raises(ScopeError), company.session("east") as session:
        setwise.insert_rows(session, Pair, [{"one_id": rows["west"]}])
    with company.session("east") as session:
        assert setwise.insert_rows(session, Pair, [{"one_id": rows["east"]}, {"one_id": None}]) == 2


def test_changes_stay_inside_the_branch_with_their_subqueries(company: Company, rows):
    all_of = C.c.name.in_([EAST, WEST])
    with company.session("east") as session:
        assert setwise.change(session, Customer, update(C).where(all_of).values(note="seen")) == 1
        far = (
            update(C)
            .where(C.c.id == rows["east"])
            .values(visits=select(func.count(O.c.id)).scalar_subquery())
        )
        assert setwise.change(session, Customer, far) == 1
        own = session.scalar(select(func.count(Order.id)))
        assert session.scalar(select(Customer.visits).where(Customer.id == rows["east"])) == own
        other = C.alias()
        nobody = update(C).where(exists().where(other.c.name == WEST)).values(note="leak")
        assert setwise.change(session, Customer, nobody) == 0
        by_orders = update(C).where(exists().where(O.c.customer_id == C.c.id)).values(steps=1)
        assert setwise.change(session, Customer, by_orders) >= 1
    with company.session() as session:
        assert session.get_one(Customer, rows["west"]).note is None
        assert session.get_one(Customer, rows["west"]).steps is None
        assert session.get_one(Customer, rows["east"]).steps == 1
    with company.session("west") as session:
        assert setwise.change(session, Order, delete(O).where(O.c.id == rows["east order"])) == 0


def test_what_stands_beside_a_change_is_of_the_branch(company: Company, rows):
    everybody = select(C.c.name, C.c.id).where(C.c.name.in_([EAST, WEST])).subquery()
    other = C.alias()
    for beside in (everybody, other, O):
        with company.session("east") as session:
            mine = update(C).where(C.c.id == rows["east"])
            theirs = beside.c.customer_id if beside is O else beside.c.id
            far = mine.where(theirs == rows["west"], theirs != C.c.id)
            assert setwise.change(session, Customer, far.values(note="leak")) == 0
            near = mine.where(theirs == C.c.id).values(steps=theirs)
            assert setwise.change(session, Customer, near) == 1
            assert session.get_one(Customer, rows["east"], populate_existing=True).steps == rows["east"]


def test_changes_do_not_move_or_misdirect(company: Company, rows):
    mine = update(C).where(C.c.id == rows["east"])
    for statement in (
        mine.values(branch_id=company.branches["west"]),
        mine.values({C.c.branch_id: company.branches["west"]}),
        mine.values(referrer_id=rows["west"]),
    ):
        with pytest.raises(ScopeError), company.session("east") as session:
            setwise.change(session, Customer, statement)
    with company.session("east") as session:
        far = mine.values(
            referrer_id=select(func.max(C.c.id)).where(C.c.name.in_([EAST, WEST])).scalar_subquery()
        )
        setwise.change(session, Customer, far)
        assert session.get_one(Customer, rows["east"], populate_existing=True).referrer_id == rows["east"]


def test_another_table_than_the_models_is_refused(company: Company):
    with company.session("east") as session:
        for statement in (update(C).values(name="X"), delete(C)):
            with pytest.raises(ScopeError):
                setwise.change(session, Order, statement)
        with pytest.raises((ScopeError, AttributeError, TypeError)):
            setwise.change(session, Order, insert(O).values(customer_id=1, amount=1))


def test_posted_facts_are_inserted_set_wise(company: Company):
    with company.session("east") as session:
        assert setwise.insert_rows(session, Receipt, [{"amount": 3}]) == 1


def test_rows_put_in_from_a_cte_are_counted(company: Company, rows: dict[str, int]) -> None:
    named = select(C.c.name.label("name"), literal("CTE-1").label("number")).cte("named")
    with company.session("east") as session:
        source = select(named.c.name, named.c.number).limit(1)
        assert setwise.insert_select(session, Customer, ("name", "number"), source) == 1
        session.rollback()
