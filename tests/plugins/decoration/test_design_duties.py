"""What the rules of the design stage make due: the welcome, bookings ahead, calls of the manager."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from company import Company
from core.data import clock
from core.entities.service import ADDED, tell
from core.messages.models import SENT, Outgoing
from core.messages.told import message_told
from core.workflow.service import carry_out
from decoration_calls import Works, called
from decoration_company import HERE, customer, setting_changed
from decoration_design import at, night, owed, told, with_gateway
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Appointment, Commission
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.names_callbacks import PENDING_SIGNATURE, PROSPECT


def entrusted(company: Company, number: str, day: date) -> int:
    """A design that is entrusted on a day, and told to the rule book as a form does."""
    with at(day):
        whose = customer(company, f"D-{number}")
        with company.session(HERE) as session:
            made = Commission(number=number, customer_id=whose, entrusted_on=day, state=n.ENTRUSTED)
            session.add(made)
            session.flush()
            tell(session, company.installation.entities[n.COMMISSION], made, ADDED)
            return made.id


@pytest.mark.parametrize(
    ("day", "next_day"),
    [
        (
            date(2026, 2, 14),
            date(2026, 2, 15),
        ),  # a working Saturday, then the first day of the spring festival
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_the_welcome_is_due_on_the_next_day_be_it_a_day_off(
    company: Company, day: date, next_day: date
) -> None:
    design = entrusted(company, f"W-{day}", day)
    assert owed(company, "DEC-R69", design) == [f"{next_day} open"]
    setting_changed_on(company, "DEC-R69", "welcome_sms_offset_days", 2, day)
    other = entrusted(company, f"V-{day}", day)
    assert owed(company, "DEC-R69", other) == [f"{next_day.replace(day=next_day.day + 1)} open"]
    setting_changed_on(company, "DEC-R69", "welcome_sms_offset_days", 1, day)


def setting_changed_on(company: Company, rule: str, name: str, value: object, day: date) -> None:
    with at(day):
        setting_changed(company, rule, name, value, day)


def test_the_welcome_goes_out_and_the_design_moves_on(company: Company) -> None:
    day, next_day = date(2026, 4, 1), date(2026, 4, 2)
    design = entrusted(company, "W-1", day)
    with with_gateway(company):
        night(company, day)
        assert told(company, "DEC-R69-B", design) == []
        night(company, next_day)
        [(channel, words)] = told(company, "DEC-R69-B", design)
        night(company, next_day)
    assert channel == "sms"
    assert "客服" in words
    assert len(told(company, "DEC-R69-B", design)) == 1
    assert state_of(company, design) == n.ENTRUSTED, "it has not gone out yet"
    with at(next_day), company.session(HERE) as session:
        row = session.scalars(
            select(Outgoing).where(Outgoing.rule == "DEC-R69-B", Outgoing.record_id == design)
        ).one()
        row.state, row.sent_at = SENT, clock.now()
        message_told(session, row.id)
    assert state_of(company, design) == n.WELCOMED
    assert owed(company, "DEC-R69", design) == [f"{next_day} done"]


def test_who_was_welcomed_by_hand_is_not_told_again(company: Company) -> None:
    day, next_day = date(2026, 4, 7), date(2026, 4, 8)
    design = entrusted(company, "W-2", day)
    with at(day), company.session(HERE) as session:
        row = session.get_one(Commission, design)
        carry_out(session, company.installation.entities[n.COMMISSION], row, d.WELCOME, {})
    with with_gateway(company):
        night(company, next_day)
    assert told(company, "DEC-R69-B", design) == []
    assert owed(company, "DEC-R69", design) == [f"{next_day} done"]


def state_of(company: Company, design: int) -> str:
    with company.session(HERE) as session:
        return session.get_one(Commission, design).state


def announced(company: Company, design: int, today: date, day: date) -> int:
    entity = company.installation.entities[d.APPOINTMENT]
    with at(today), company.session(HERE) as session:
        whose = session.get_one(Commission, design).customer_id
        row = Appointment(
            customer_id=whose,
            commission_id=design,
            stage=d.MEASURING,
            planned_on=day,
            starts="10:00",
            ends="11:00",
        )
        session.add(row)
        session.flush()
        tell(session, entity, row, ADDED)
        return row.id


def test_the_customer_is_booked_so_many_days_ahead_once_a_branch_says_how_many(company: Company) -> None:
    today, day = date(2026, 5, 11), date(2026, 5, 21)
    design = entrusted(company, "B-1", today)
    assert owed(company, "DEC-R05-B", announced(company, design, today, day)) == []
    setting_changed_on(company, "DEC-R05-B", "booking_lead_days", 3, today)
    meeting = announced(company, design, today, day)
    assert owed(company, "DEC-R05-B", meeting) == ["2026-05-18 open"]
    with at(today), company.session(HERE) as session:
        row = session.get_one(Appointment, meeting)
        entity = company.installation.entities[d.APPOINTMENT]
        carry_out(session, entity, row, d.INVITE, {"invited_through": d.PHONE})
    assert owed(company, "DEC-R05-B", meeting) == ["2026-05-18 done"]


def test_the_manager_reports_at_each_regular_meeting_once_its_interval_is_set(company: Company) -> None:
    night(company, date(2026, 6, 1))
    assert owed(company, "DEC-R30") == []
    setting_changed_on(company, "DEC-R30", "regular_meeting_interval", 1, date(2026, 6, 1))
    night(company, date(2026, 6, 2))
    assert owed(company, "DEC-R30")[:2] == ["2026-06-08 open", "2026-06-15 open"]
    prospect = Works(customer(company, "P-0"))
    with at(date(2026, 6, 8)):
        called(company.api_of(f"{HERE}.specialist"), prospect, PROSPECT)
        assert owed(company, "DEC-R30")[0] == "2026-06-08 open", "the manager calls in person"
        called(company.api_of(f"{HERE}.manager"), prospect, PROSPECT)
    assert owed(company, "DEC-R30")[:2] == ["2026-06-08 done", "2026-06-15 open"]


def test_who_has_paid_and_not_signed_is_called_until_it_is_decided(company: Company) -> None:
    paid = date(2026, 7, 1)
    whose = customer(company, "P-1", state=n.PENDING, deposit_on=paid, filed_on=paid)
    talks = customer(company, "P-2", state=n.CONTACTED, filed_on=paid)
    night(company, paid)
    assert owed(company, "DEC-R32", whose) == []
    setting_changed_on(company, "DEC-R32", "pending_callback_days", 5, paid)
    night(company, date(2026, 7, 2))
    assert owed(company, "DEC-R32", whose)[:2] == ["2026-07-06 open", "2026-07-13 open"]
    assert owed(company, "DEC-R32", talks) == []
    with at(date(2026, 7, 6)):
        manager = company.client_of(f"{HERE}.manager")
        assert "Contract pending" in manager.get("/decoration/calls/").text, "it is on the call list"
        called(company.api_of(f"{HERE}.manager"), Works(whose), PENDING_SIGNATURE)
    assert owed(company, "DEC-R32", whose)[:2] == ["2026-07-06 done", "2026-07-13 open"]
    with at(date(2026, 7, 7)), company.session(HERE) as session:
        row = session.get_one(Customer, whose)
        carry_out(session, company.installation.entities[n.CUSTOMER], row, "sign", {})
    night(company, date(2026, 7, 8))
    assert [each for each in owed(company, "DEC-R32", whose) if each.endswith("open")] == []
