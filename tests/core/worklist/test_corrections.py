"""What is owed is counted anew when the day of its event is corrected, and when days off or hours of service are others
than they were."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import openpyxl
from shop.models import Customer, Order

from company import Browser, Company, customer_values
from core.entities.spec import Field
from core.handbook.kinds import Deadline
from core.handbook.values import DAYS, TIME, Setting
from core.jobs import storage
from core.workdays.models import ServiceTime
from core.worklist.events import happened, saved
from duties import at, customer, dues, night, order, owed, ruled_by
from planner_office import PlannerProcess, hurried, wait_for_chunks, wait_until_over
from shop_duties import ANSWER, CLAUSE, DUTIES, FIRST_ORDER, REPORT

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
THANKS = Deadline(
    "SHOP-D40",
    CLAUSE,
    "An order is thanked for within %(days)s.",
    (Setting("days", DAYS, 3),),
    entity="shop.customer",
    owner="shop.clerk",
    event="shop.order.added",
    within="days",
    person="referrer.referrer_id",
)


@contextmanager
def told_by(company: Company, **fields: str) -> Iterator[None]:
    """The days of events are told by fields of their records."""
    entities = company.installation.entities
    before = {name: entities[f"shop.{name}"] for name in fields}
    for name, field in fields.items():
        told = entities[f"shop.{name}"]
        known = told.fields if field in told.by_name else (*told.fields, Field(field, "Day"))
        entities[told.id] = replace(told, fields=known, day=field)
    try:
        yield
    finally:
        entities.update({f"shop.{name}": entity for name, entity in before.items()})


def keep(company: Company, model: Any, record_id: int | None = None, **values: Any) -> int:
    """A record, entered or edited as by a form."""
    with company.session("east") as session:
        row = session.get(model, record_id) if record_id else model(**values)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        entity = company.installation.entities["shop.customer" if model is Customer else "shop.order"]
        saved(session, entity, row, "saved" if record_id else "added")
        return int(row.id)


def test_the_day_of_an_event_that_is_corrected_moves_what_is_open(office: Company):
    with ruled_by(office, DUTIES), told_by(office, customer="since"), at(FRIDAY):
        wrong = keep(office, Customer, **customer_values(since=date(2026, 11, 20)))
        done = keep(office, Customer, **customer_values(since=date(2026, 11, 20)))
        assert dues(office, FIRST_ORDER) == ["2026-11-23 open"] * 2
        order(office, done, on=date(2026, 11, 23))
        night(office, FRIDAY)
        keep(office, Customer, done, since=FRIDAY)
        keep(office, Customer, wrong, since=FRIDAY)
        found = {each.record_id: each for each in owed(office, FIRST_ORDER)}
        assert (found[done].state, found[done].due_on) == ("done", date(2026, 11, 23))
        assert (found[wrong].state, found[wrong].due_on) == ("open", date(2026, 11, 30))
        assert (found[wrong].starts_on, found[wrong].late_on, found[wrong].step) == (FRIDAY, None, 0)
        keep(office, Customer, wrong, since=THURSDAY, name="Li")
        keep(office, Customer, wrong, name="Zhao")
        assert dues(office, FIRST_ORDER, record_id=wrong) == ["2026-11-30 open"]  # the 29th is a Sunday
        assert owed(office, FIRST_ORDER, record_id=wrong)[0].starts_on == THURSDAY


def test_a_day_that_was_told_otherwise_and_those_of_other_records_stay(office: Company):
    orders = replace(REPORT, settings=(Setting("days", DAYS, 3),))
    with (
        ruled_by(office, [orders, THANKS, FIRST_ORDER]),
        told_by(office, customer="since", order="ordered_on"),
    ):
        with at(FRIDAY):
            known = keep(office, Customer, **customer_values(since=THURSDAY, vip=True))
            number = customer(office, referrer_id=known)
            with office.session("east") as session:
                happened(session, "shop.customer.added", [session.get_one(Customer, number)], THURSDAY)
            keep(office, Customer, number, since=date(2026, 11, 2))
            assert {each.starts_on for each in owed(office, FIRST_ORDER)} == {THURSDAY, FRIDAY}
            first, second = (
                keep(office, Order, customer_id=number, amount=1, ordered_on=THURSDAY) for _each in range(2)
            )
            keep(office, Order, first, ordered_on=FRIDAY)
        # the branch owes for each order; the customer is thanked for the other order of that day still
        assert {each.occurrence for each in owed(office, orders)} == {
            f"{FRIDAY}#{first}",
            f"{THURSDAY}#{second}",
        }
        assert [each.starts_on for each in owed(office, THANKS)] == [THURSDAY]


def test_who_owes_it_is_found_through_references(office: Company):
    """The shop keeps no users with its customers, so here a customer's number stands for one."""
    with ruled_by(office, [THANKS]), at(FRIDAY):
        top = customer(office)
        known = customer(office, referrer_id=top)
        order(office, customer(office, referrer_id=known))
    assert [each.owner_id for each in owed(office, THANKS)] == [top]


def test_other_hours_of_service_move_what_counts_hours(office: Company):
    evening = Deadline(
        "SHOP-D41",
        CLAUSE,
        "Answered on the next day by %(by)s.",
        (Setting("days", DAYS, 1), Setting("by", TIME, time(17))),
        entity="shop.customer",
        owner="shop.clerk",
        event="shop.customer.added",
        within="days",
        by="by",
    )
    with ruled_by(office, [ANSWER, evening]):
        with at(THURSDAY, 16):
            customer(office, kind="firm")
            customer(office, kind="firm", number="N2")
        night(office, THURSDAY)
        with office.session("east") as session:
            session.add(ServiceTime(branch_id=office.branches["east"], windows="10:00-12:00 14:00-17:00"))
        assert night(office, THURSDAY)["moved"] == 2
        assert {each.due_at for each in owed(office, ANSWER)} == {datetime(2026, 11, 27, 7, tzinfo=UTC)}
        assert {each.due_at for each in owed(office, evening)} == {datetime(2026, 11, 27, 9, tzinfo=UTC)}
        assert night(office, THURSDAY) == {}


# ---------------------------------------------------------------- the yearly notice

PAGE = "/core/import/core.workday_notice"
NATIONAL_DAY = [(f"2027-10-0{each}", "no", "National Day") for each in range(1, 8)]


def bring_in_the_notice(admin: Browser) -> None:
    book, data = openpyxl.Workbook(), io.BytesIO()
    for row in (("Day", "Worked", "Holiday"), *NATIONAL_DAY):
        book.active.append(row)
    book.save(data)
    data.seek(0)
    admin.get(PAGE)
    address = admin.post(PAGE, {"file": (data, "notice.xlsx"), "year": "2027"}).location
    admin.get(address)
    assert admin.post(f"{address}/accept", {}).status_code == 302


def test_the_notice_that_is_imported_moves_what_is_owed_by_the_workers_job(office: Company):
    assert storage.ready(office.database)
    day = date(2027, 9, 30)
    with at(day, 16):
        customer(office)
        customer(office, kind="firm", number="N2")
    night(office, day)
    assert dues(office, FIRST_ORDER) == ["2027-10-04 open"]
    assert [each.due_at for each in owed(office, ANSWER)] == [datetime(2027, 10, 4, 3, tzinfo=UTC)]
    with at(day, 17):
        bring_in_the_notice(office.client_of("admin"))
    hurried(office.installation.settings.home).touch()
    worker = PlannerProcess.start(office, f"{day}T20:00:00+08:00")
    wait_for_chunks(office, worker, "east", 1)
    wait_until_over(office, worker, "east")
    worker.kill()
    assert dues(office, FIRST_ORDER) == ["2027-10-08 open"]
    assert [each.due_at for each in owed(office, ANSWER)] == [datetime(2027, 10, 8, 3, tzinfo=UTC)]
    assert not any(each.provisional for each in owed(office, FIRST_ORDER) + owed(office, ANSWER))
