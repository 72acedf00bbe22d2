"""What a session changes is written down in the same transaction: old and new values, who, where, and no secret."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask_appbuilder.security.sqla.models import User
from shop.models import Customer, Order, Receipt
from sqlalchemy import delete, func, insert, select, update

from company import Company, counted, customer_values
from core.branches import BranchPlugin, setwise
from core.branches.setwise import table_of
from core.data import UserError
from core.history import HistoryEntry, acting, acting_for, note, one_entry
from core.history.chunks import checksum
from core.history.models import HistoryHead
from core.people.models import Appointment
from core.people.service import set_password


@pytest.fixture
def number(company: Company) -> int:
    return company.put("east", Customer(**customer_values(name="Before", credit=5)))


def test_a_new_row_is_told_with_its_values(company: Company, entries):
    made = company.put("east", Customer(**customer_values(name="New", credit=Decimal("12.5"))))
    (entry,) = entries(table_name="shop_customer")
    assert (entry.action, entry.record_id, entry.branch_id) == ("add", made, company.branches["east"])
    assert entry.changes["name"] == [None, "New"]
    assert entry.changes["credit"] == [None, "12.50"]
    assert not {"id", "branch_id", "row_version", "note"} & set(entry.changes)
    assert entry.at.tzinfo is not None


def test_a_change_is_told_with_what_stood_before(company: Company, number, entries):
    with company.session("east") as session:
        customer = session.get_one(Customer, number)
        customer.name, customer.credit, customer.vip = "After", Decimal(6), False
    (entry,) = entries()
    assert (entry.action, entry.record_id) == ("edit", number)
    assert entry.changes == {"name": ["Before", "After"], "credit": ["5.00", "6.00"]}


def test_what_the_session_does_not_hold_any_more_is_read_at_once(company: Company, number, entries):
    others = [company.put("east", Customer(**customer_values(name=f"N{n}"))) for n in range(5)]
    with company.session("east") as session:
        rows = session.scalars(select(Customer).where(Customer.id.in_([number, *others]))).all()
        session.expire_all()
        with counted(company.database) as statements:
            for each in rows:
                each.name = "All alike"
            session.flush()
    looks = [each for each in statements if "shop_customer.name" in each and " IN (" in each]
    writes = [each for each in statements if "INSERT INTO core_history" in each]
    assert len(writes) == 1
    assert len(looks) == 1
    old = {entry.record_id: entry.changes["name"] for entry in entries(action="edit")}
    assert old[number] == ["Before", "All alike"]
    assert old[others[4]] == ["N4", "All alike"]


def test_a_deletion_keeps_everything_that_stood_there(company: Company, entries):
    number = company.put("east", Customer(**customer_values(name="Gone", note="A note")))
    with company.session("east") as session:
        customer = session.get_one(Customer, number)
        session.expire(customer)
        session.delete(customer)
    (entry,) = entries(action="delete")
    assert entry.changes["name"] == ["Gone", None]
    assert entry.changes["note"] == ["A note", None]
    assert "volume" not in entry.changes  # it was empty


def test_what_is_taken_back_leaves_no_entry(company: Company, number, entries):
    with company.session("east") as session, session.begin_nested() as inner:
        session.get_one(Customer, number).name = "Not so"
        session.flush()
        inner.rollback()
    with company.session("east") as session:
        session.get_one(Customer, number).name = "Nor so"
        session.flush()
        session.rollback()
    assert entries() == []


def test_setting_a_value_to_itself_is_no_change(company: Company, number, entries):
    with company.session("east") as session:
        customer = session.get_one(Customer, number)
        customer.name = "Before"
        customer.credit = Decimal("5.00")
    assert entries() == []


def test_no_password_and_no_hash_is_kept(company: Company, entries):
    with company.session() as session:
        user = company.user(session, "idle")
        set_password(session, user, "a new long password")
        hashed = user.password
    (entry,) = entries(table_name="ab_user")
    assert entry.changes == {"password": ["***", "***"]}
    with company.session() as session:
        person = User(first_name="", last_name="X", username="x1", email="x1@x.test", password=hashed)
        session.add(person)
    added = entries(table_name="ab_user", action="add")[0]
    assert added.changes["password"] == [None, "***"]
    assert all(hashed not in str(each.changes) + str(each.details) for each in entries())


def test_rights_and_switches_are_told_by_whom_and_for_whom(company: Company, entries):
    admin, clerk = company.people["admin"], company.people["east.clerk"]
    with acting(admin, "command"), acting_for(clerk), company.session("east") as session:
        appointment = session.scalars(select(Appointment).where(Appointment.user_id == clerk)).one()
        appointment.position = "shop.watcher"
        session.flush()
        appointment.position = "shop.clerk"
        switch = session.scalars(
            select(BranchPlugin).where(BranchPlugin.branch_id == company.branches["west"])
        ).first()
        switch.enabled = False
        session.flush()
        switch.enabled = True
    told = [(each.table_name, each.changes, each.user_id, each.for_user_id) for each in entries()]
    assert ("core_appointment", {"position": ["shop.clerk", "shop.watcher"]}, admin, clerk) in told
    assert ("core_branch_plugin", {"enabled": [True, False]}, admin, clerk) in told
    assert {each.origin for each in entries()} == {"command"}
    assert len({each.act for each in entries()}) == 1


def test_a_statement_over_many_rows_is_one_entry(company: Company, number, entries):
    with company.session("east") as session:
        session.execute(update(Customer).where(Customer.name == "Before").values(note="Seen"))
        session.execute(delete(Order).where(Order.amount > 10_000))
        session.query(Customer).filter(Customer.id == number).update({"note": "By number"})
    many, one = entries()
    assert many.action == "edit"
    assert many.changes == {"note": ["Seen"]}
    assert many.details["count"] >= 1
    assert "Before" in many.details["criteria"]["values"].values()
    assert (one.record_id, one.changes) == (number, {"note": ["By number"]})


def test_what_changes_nothing_worth_telling_is_not_told(company: Company, number, entries):
    customer = table_of(Customer)
    with company.session("east") as session:
        session.execute(update(Customer).where(Customer.id == number).values(row_version=7))
        locked = update(customer).where(customer.c.id == number).values(number=customer.c.number)
        setwise.change(session, Customer, locked)
    assert entries() == []


def test_rows_that_are_put_in_together_are_told_one_by_one_with_one_statement(company: Company, entries):
    rows = [customer_values(name=f"Set {n}", kind="home", row_version=1) for n in range(30)]
    with counted(company.database) as statements, company.session("east") as session:
        setwise.insert_rows(session, Customer, [{**row, **_stamps()} for row in rows])
    assert len([each for each in statements if "INSERT INTO core_history" in each]) == 1
    told = {entry.record_id: entry.changes["name"][1] for entry in entries(action="add")}
    with company.session("east") as session:
        ids = {row["number"]: row["name"] for row in rows}
        there = session.scalars(select(Customer).where(Customer.number.in_(ids))).all()
        assert told == {each.id: each.name for each in there}


def _stamps():
    from core.data import clock

    return {"created_at": clock.now(), "changed_at": clock.now(), "credit": 0, "visits": 0, "vip": False}


def test_a_chunk_is_one_entry_with_counts_and_checksum(company: Company, number, entries):
    customer = table_of(Customer)
    with company.session("east") as session, one_entry(session, Customer, number, first=1, last=9) as told:
        rows = [{**customer_values(name="Chunk", kind="home"), "row_version": 1, **_stamps()}]
        setwise.insert_rows(session, Customer, rows)
        setwise.change(session, Customer, update(customer).values(visits=4))
        source = select(customer.c.id, func.coalesce(customer.c.visits, 0)).where(customer.c.name == "Chunk")
        setwise.insert_select(session, Order, ("customer_id", "amount"), source)
        told.checksum = checksum(session, select(customer.c.visits).where(customer.c.id == number))
    (entry,) = entries()
    assert (entry.action, entry.record_id) == ("chunk", number)
    assert entry.details["counts"]["shop_customer"]["add"] == 1
    assert entry.details["counts"]["shop_customer"]["edit"] > 1
    assert entry.details["counts"]["shop_order"]["add"] >= 1
    assert len(entry.details["checksum"]) == 16
    assert entry.details["first"] == 1


def test_a_checksum_follows_the_figures_and_not_their_order(company: Company):
    with company.session("east") as session:
        one = company.put("east", Customer(**customer_values(visits=1)))
        two = company.put("east", Customer(**customer_values(visits=2)))
        customer = table_of(Customer)
        wanted = select(customer.c.id, customer.c.visits).where(customer.c.id.in_([one, two]))
        before = checksum(session, wanted.order_by(customer.c.id))
        assert checksum(session, wanted.order_by(customer.c.id.desc())) == before
        session.get_one(Customer, one).visits = 3
        session.flush()
        assert checksum(session, wanted) != before


def test_an_insert_select_alone_is_one_entry(company: Company, number, entries):
    customer = table_of(Customer)
    with company.session("east") as session:
        source = select(customer.c.id, customer.c.visits).where(customer.c.id == number)
        assert setwise.insert_select(session, Order, ("customer_id", "amount"), source) == 1
    (entry,) = entries()
    assert (entry.action, entry.table_name, entry.details["count"]) == ("add", "shop_order", 1)


def test_an_event_that_changes_no_row_is_noted(company: Company, entries):
    with company.session("east") as session:
        note(session, "export", "shop_customer", rows=7, token="abc")
    (entry,) = entries()
    assert (entry.action, entry.table_name, entry.changes) == ("export", "shop_customer", {})
    assert entry.details == {"rows": 7, "token": "***"}


def test_over_all_branches_the_reason_is_told(company: Company, entries):
    with company.session() as session:
        session.add(Customer(**customer_values(branch_id=company.branches["west"])))
    (entry,) = entries()
    assert entry.branch_id == company.branches["west"]
    assert entry.details == {"reason": "the test itself"}


def test_without_any_branch_a_company_wide_change_is_told(company: Company, entries):
    with company.app.app_context(), company.database.sessions.begin() as session:
        company.user(session, "idle").last_name = "Renamed"
    (entry,) = entries()
    assert entry.branch_id is None
    assert entry.changes["last_name"][1] == "Renamed"


@pytest.mark.parametrize("model", [HistoryEntry, HistoryHead])
def test_nothing_of_a_session_changes_the_history(company: Company, number, model):
    table = model.__table__
    any_row = {"chain": 9, "length": 1, "seal": "x"} if model is HistoryHead else {"origin": "forged"}
    for statement in (
        update(model).values(seal="x"), delete(model), update(table).values(seal="x"), delete(table),
        insert(model).values(any_row), insert(table).values(any_row),
    ):  # fmt: skip
        for branch in (None, "east"):
            with (
                pytest.raises(Exception, match=r"cannot be changed|posted|setwise"),
                company.session(branch) as session,
            ):
                session.execute(statement)
    with pytest.raises(UserError), company.session() as session:
        session.add(model(**any_row))
    with pytest.raises(UserError), company.session("east") as session:
        setwise.insert_rows(session, HistoryEntry, [{"origin": "forged"}])


def test_no_flush_changes_an_entry(company: Company, number):
    def change(session, entry):
        entry.origin = "forged"

    def remove(session, entry):
        session.delete(entry)

    for attempt in (change, remove):
        with pytest.raises(UserError), company.session("east") as session:
            attempt(session, session.scalars(select(HistoryEntry).limit(1)).one())


def test_a_branch_reads_its_own_history_only(company: Company, number):
    company.put("west", Customer(**customer_values(name="Far")))
    with company.session("east") as session:
        branches = set(session.scalars(select(HistoryEntry.branch_id)))
    assert branches == {company.branches["east"]}
    with company.app.app_context(), company.database.sessions() as session:
        assert session.scalars(select(HistoryEntry)).all() == []


def test_posted_facts_are_told_when_they_are_put_in(company: Company, entries):
    number = company.put("east", Receipt(amount=5))
    (entry,) = entries()
    assert (entry.record_id, entry.changes["amount"]) == (number, [None, "5.00"])
