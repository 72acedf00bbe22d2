"""Deadlines: opened by events in the right calendar, closed by what fulfils them, raised when late, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from shop.models import Customer
from sqlalchemy import select

from company import Company
from core.branches.setwise import table_of
from core.data import UserError
from core.entities.registry import entity_by_id
from core.exchange.generic import entity_kind
from core.exchange.kinds import Row
from core.handbook.changing import Change, change
from core.handbook.values import YES_NO, Setting
from core.workdays.models import NOTICE, Workday
from core.worklist.closing import close, waive
from core.worklist.events import happened
from core.worklist.models import Obligation
from duties import at, customer, dues, night, order, owed, ruled_by
from shop_duties import ANSWER, CALL, DUTIES, FIRST_ORDER, REPORT

WEDNESDAY = date(2026, 11, 25)
THURSDAY = date(2026, 11, 26)


def test_what_a_branch_has_switched_off_begins_nothing(office: Company):
    for number, asked, due in (("SHOP-D35", True, 1), ("SHOP-D36", False, 0)):
        settings = (*FIRST_ORDER.settings, Setting("asked", YES_NO, asked))
        rule = replace(FIRST_ORDER, id=number, settings=settings, switch="asked")
        with ruled_by(office, [rule]):
            customer(office, kind="home")
            assert len(owed(office, rule)) == due


def test_an_event_makes_something_due_and_the_day_of_the_event_is_not_counted(office: Company):
    with at(WEDNESDAY):
        number = customer(office)
    (found,) = owed(office)
    assert (found.rule, found.entity, found.record_id) == ("SHOP-D01", "shop.customer", number)
    assert (found.starts_on, found.nominal_on) == (WEDNESDAY, date(2026, 11, 28))
    assert found.due_on == date(2026, 11, 30)  # the 28th is a Saturday
    assert (found.owner_position, found.state, found.provisional) == ("shop.clerk", "open", False)
    assert found.inputs == {"day": {"day": "2026-11-25"}}
    assert found.basis_id


def test_rules_say_of_which_records_they_are(office: Company):
    with at(WEDNESDAY):
        customer(office, kind="firm")
        customer(office, vip=True)
    assert owed(office, FIRST_ORDER) == []


def test_the_same_event_of_a_day_opens_nothing_twice(office: Company):
    with at(WEDNESDAY):
        number = customer(office)
        with office.session("east") as session:
            happened(session, "shop.customer.added", [session.get_one(Customer, number)])
    assert dues(office, FIRST_ORDER) == ["2026-11-30 open"]


def test_two_that_roll_onto_one_day_are_one(office: Company):
    with at(WEDNESDAY):
        number = customer(office)
    with office.session("east") as session:
        happened(session, "shop.customer.added", [session.get_one(Customer, number)], THURSDAY)
    kept, merged = sorted(owed(office, FIRST_ORDER), key=lambda each: each.id)
    assert (kept.state, merged.state, merged.merged_into) == ("open", "dropped", kept.id)


def test_the_record_that_fulfils_it_closes_it_and_stands_in_it(office: Company):
    with at(WEDNESDAY):
        first, second = customer(office), customer(office)
        number = order(office, first)
    done, still = sorted(owed(office, FIRST_ORDER), key=lambda each: each.record_id)
    assert (done.state, done.closed_entity, done.closed_record) == ("done", "shop.order", number)
    assert done.closed_by == office.people["east.clerk"]
    assert (still.record_id, still.state, still.closed_record) == (second, "open", None)


def test_what_happened_before_the_event_fulfils_nothing(office: Company):
    with at(WEDNESDAY):
        number = customer(office)
    order(office, number, on=date(2026, 11, 24))
    assert dues(office, FIRST_ORDER) == ["2026-11-30 open"]


def test_hours_count_within_the_hours_of_service(office: Company):
    with at(WEDNESDAY, 16):
        customer(office, kind="firm")
    (found,) = owed(office, ANSWER)
    assert found.due_on == THURSDAY
    assert found.due_at == datetime(
        2026, 11, 26, 3, tzinfo=UTC
    )  # two hours until 18:00, two more from 09:00 on


def test_hours_run_from_the_instant_that_is_told(office: Company):
    with at(WEDNESDAY, 9):
        number = customer(office, kind="firm")
    came = datetime(2026, 11, 26, 2, tzinfo=UTC)  # ten in the morning, and entered in the evening
    with at(THURSDAY, 17), office.session("east") as session:
        happened(session, "shop.customer.added", [session.get_one(Customer, number)], THURSDAY, at=came)
    due = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)  # two hours until noon, two more from half past one on
    assert due in {each.due_at for each in owed(office, ANSWER)}


def test_a_figure_that_is_not_set_makes_nothing_due_until_somebody_sets_it(office: Company):
    with at(WEDNESDAY):
        number = customer(office, kind="firm")
        order(office, number)
        assert owed(office, REPORT) == []
        wanted = Change("days", office.branches["east"], THURSDAY, 2, "as the meeting decided")
        with office.session() as session:
            change(session, REPORT, wanted, office.people["admin"])
    with at(THURSDAY):
        first, second = order(office, number), order(office, number)
    found = owed(office, REPORT)
    assert {(each.entity, each.record_id) for each in found} == {("core.branch", office.branches["east"])}
    assert {each.occurrence for each in found} == {f"2026-11-26#{first}", f"2026-11-26#{second}"}


def test_it_is_judged_by_the_settings_of_the_day_of_the_event(office: Company):
    with at(WEDNESDAY):
        wanted = Change("days", office.branches["east"], THURSDAY, 10, "as the meeting decided")
        with office.session() as session:
            change(session, FIRST_ORDER, wanted, office.people["admin"])
    with at(THURSDAY):
        number = customer(office)
        with office.session("east") as session:
            happened(session, "shop.customer.added", [session.get_one(Customer, number)], WEDNESDAY)
    late, early = owed(office, FIRST_ORDER)[::-1]
    assert (early.due_on, late.due_on) == (date(2026, 11, 30), date(2026, 12, 7))
    assert early.basis_id != late.basis_id


def test_thousands_are_opened_by_a_select_and_only_those_of_the_branch(office: Company):
    table = table_of(Customer)
    for branch, many in (("east", 300), ("west", 20)):
        with office.session(branch) as session:
            session.add_all(Customer(number=f"{branch}{each}", name="Wang") for each in range(many))
    with at(WEDNESDAY), office.session("east") as session:
        source = select(table.c.id, table.c.branch_id, table.c.since)
        session.query(Customer).update({"since": WEDNESDAY})
        happened(session, "shop.customer.added", source)
    assert len(owed(office, FIRST_ORDER)) == 300
    assert owed(office, FIRST_ORDER, "west") == []


def test_it_is_late_once_raised_by_the_ladder_and_missed_in_the_end(office: Company):
    with at(WEDNESDAY):
        customer(office)
    night(office, date(2026, 11, 30))
    assert owed(office, FIRST_ORDER)[0].late_on is None
    night(office, date(2026, 12, 1))
    (late,) = owed(office, FIRST_ORDER)
    assert (late.late_on, late.step) == (date(2026, 12, 1), 0)
    assert dues(office, CALL) == ["2026-12-02 open"]
    night(office, date(2026, 12, 2))
    assert owed(office, FIRST_ORDER)[0].step == 1
    night(office, date(2026, 12, 10))
    assert owed(office, FIRST_ORDER)[0].state == "open"
    night(office, date(2026, 12, 11))
    assert owed(office, FIRST_ORDER)[0].state == "missed"
    assert len(owed(office, CALL)) == 1


def test_a_planner_that_was_down_catches_up_once_each_day_by_itself(office: Company):
    with at(WEDNESDAY):
        customer(office)
    night(office, WEDNESDAY)
    counts = night(office, date(2026, 12, 4))
    (late,) = owed(office, FIRST_ORDER)
    assert (late.late_on, late.step, counts["late"]) == (date(2026, 12, 1), 1, 1)
    assert dues(office, CALL) == ["2026-12-02 open"]  # counted from the day when it became late
    assert night(office, date(2026, 12, 4)) == {}


def test_what_has_lost_its_ground_is_dropped(office: Company):
    with at(WEDNESDAY):
        number = customer(office)
        customer(office)
    with office.session("east") as session:
        session.get_one(Customer, number).vip = True
    night(office, THURSDAY)
    assert {each.record_id: each.state for each in owed(office, FIRST_ORDER)}[number] == "dropped"
    assert sorted(each.state for each in owed(office, FIRST_ORDER)) == ["dropped", "open"]


def test_days_off_that_are_announced_move_what_is_open_and_leave_what_is_done(office: Company):
    with at(date(2027, 9, 29)):
        first, second = customer(office), customer(office)
        order(office, second)
    assert [each.provisional for each in owed(office, FIRST_ORDER)] == [True, True]
    before = dues(office, FIRST_ORDER)
    assert [each.due_on for each in owed(office, FIRST_ORDER)] == [date(2027, 10, 4)] * 2
    night(office, date(2027, 9, 29))
    assert dues(office, FIRST_ORDER) == before
    with office.session() as session:
        for number in range(1, 8):
            session.add(Workday(day=date(2027, 10, number), is_workday=False, name="X", source=NOTICE))
    night(office, date(2027, 9, 29))
    moved = {each.record_id: (each.due_on, each.provisional) for each in owed(office, FIRST_ORDER)}
    assert moved[first] == (date(2027, 10, 8), False)
    assert moved[second] == (date(2027, 10, 4), True)


def test_it_is_closed_with_a_note_by_hand_only_where_no_record_does(office: Company):
    with at(WEDNESDAY):
        customer(office)
        customer(office, kind="firm")
    with office.session("east") as session:
        by_record, by_hand = session.scalars(select(Obligation).order_by(Obligation.rule)).all()
        with pytest.raises(UserError, match="closed by the record"):
            close(session, by_record, "done", None)
        with pytest.raises(UserError, match="how it was done"):
            close(session, by_hand, "  ", None)
        close(session, by_hand, " By telephone. ", None)
        waive(session, by_record, "Moved away", None)
        assert (by_hand.state, by_hand.note) == ("done", "By telephone.")
        assert (by_record.state, by_record.note) == ("waived", "Moved away")
        with pytest.raises(UserError, match="not open any more"):
            waive(session, by_hand, "again", None)


def test_a_plugin_that_is_off_owes_nothing_new(office: Company):
    office.switch("shop", "east", on=False)
    with at(WEDNESDAY):
        customer(office)
    assert owed(office) == []


def test_a_rule_that_leads_nowhere_is_refused(office: Company):
    with (
        ruled_by(
            office,
            [
                *DUTIES,
                replace(REPORT, id="SHOP-D08", entity="shop.receipt", settings=(FIRST_ORDER.settings[0],)),
            ],
        ),
        at(WEDNESDAY),
    ):
        number = customer(office, kind="firm")
        with pytest.raises(ValueError, match="does not lead to one"):
            order(office, number)


def test_what_was_fulfilled_is_an_event_too_and_only_what_was(office: Company):
    after = replace(CALL, id="SHOP-D09", event="shop.customer.SHOP-D01-done")
    with ruled_by(office, [FIRST_ORDER, after]), at(WEDNESDAY):
        first, second = customer(office), customer(office, kind="firm")
        order(office, first)
        order(office, second)
        order(office, first)
        assert [each.record_id for each in owed(office, after)] == [first]


def test_rows_of_a_sheet_are_events(office: Company):
    entity = office.installation.entities["shop.customer"]
    with at(WEDNESDAY), office.session("east") as session:
        rows = [Row(each, {}, {"number": f"S{each}", "name": "Wang"}) for each in range(3)]
        assert entity_kind(entity, entity_by_id).store(session, rows, {}, None) == 3
    assert dues(office, FIRST_ORDER) == ["2026-11-30 open"] * 3
