"""Appointments with customers: announced, booked, confirmed, held, put off; what the rule book says of each step."""
# zh-ok-file: what people who do not exist wrote

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from company import Api, Company
from core.data import clock
from decoration_company import HERE, customer, findings, setting_changed
from decoration_design import API, commission, kept, move, planned, told, with_gateway
from plugins.decoration import appointments
from plugins.decoration.models.design import Appointment
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

LATER = (clock.today() + timedelta(days=5)).isoformat()


@pytest.fixture(scope="module")
def specialist(company: Company) -> Api:
    return company.api_of(f"{HERE}.specialist")


@pytest.fixture(scope="module")
def designer(company: Company) -> Api:
    return company.api_of(f"{HERE}.designer")


def asked_for(who: Api, entered: dict[str, Any]) -> int:
    answer = who("POST", f"{API}/appointment/", json=entered)
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def refused(answer: Any) -> str:
    """The field that is complained of, and which rule says so."""
    assert answer.status_code in (400, 422), answer.text
    [(field, [text, *_more])] = answer.json["errors"].items()
    return f"{field} {text}"


def test_specialists_are_told_of_a_stage_that_is_announced(company: Company, designer: Api) -> None:
    design = commission(company, "A-1")
    measuring = asked_for(designer, planned(company, design, d.MEASURING, planned_on=LATER))
    assert [channel for channel, _words in told(company, "DEC-R05", measuring)] == ["in_app"]
    assert asked_by(company, measuring) == company.people[f"{HERE}.designer"]
    review = asked_for(designer, planned(company, design, d.RENDERING, planned_on=LATER, starts="17:00"))
    assert told(company, "DEC-R05", review) == []
    setting_changed(company, "DEC-R05", "design_stages", (d.FIRST_MEETING,), clock.today())
    other = asked_for(designer, planned(company, design, d.MEASURING, planned_on=LATER, starts="10:00"))
    assert told(company, "DEC-R05", other) == []
    setting_changed(company, "DEC-R05", "design_stages", d.BOOKED_AHEAD, clock.today())


def asked_by(company: Company, appointment: int) -> int | None:
    with company.session(HERE) as session:
        return session.get_one(Appointment, appointment).asked_by


def test_the_customer_is_invited_with_time_and_place(company: Company, specialist: Api) -> None:
    design = commission(company, "A-2")
    meeting = asked_for(
        specialist, planned(company, design, d.FIRST_MEETING, planned_on=LATER, starts="9:05")
    )
    with with_gateway(company):
        assert "invited_through" in refused(move(specialist, "appointment", meeting, d.INVITE))
        assert move(specialist, "appointment", meeting, d.INVITE, invited_through=d.SMS).status_code == 200
        rung = asked_for(specialist, planned(company, design, d.MEASURING, planned_on=LATER))
        assert move(specialist, "appointment", rung, d.INVITE, invited_through=d.PHONE).status_code == 200
    [(channel, words)] = told(company, "DEC-R05-C", meeting)
    assert channel == "sms"
    assert "云栖花园3号楼" in words
    assert "09:05" in words
    assert "第一次见面" in words
    assert told(company, "DEC-R05-C", rung) == []
    found = kept(specialist, "appointment", meeting)
    assert (found["state"], found["invited_on"]) == (d.INVITED, clock.today().isoformat())
    assert found["invited_by"] == company.people[f"{HERE}.specialist"]


def test_a_designer_who_is_booked_twice_raises_a_doubt(company: Company, specialist: Api) -> None:
    day, next_day = ((clock.today() + timedelta(days=each)).isoformat() for each in (40, 41))
    one, two = commission(company, "A-3"), commission(company, "A-4")
    asked_for(specialist, planned(company, one, d.MEASURING, planned_on=day, starts="14:00", minutes=90))
    before = len(findings(company, "DEC-R05-D"))
    asked_for(specialist, planned(company, two, d.MEASURING, planned_on=day, starts="15:30"))
    assert len(findings(company, "DEC-R05-D")) == before, "one after the other"
    asked_for(specialist, planned(company, two, d.SKETCH, planned_on=next_day, starts="15:00"))
    assert len(findings(company, "DEC-R05-D")) == before, "on another day"
    clash = asked_for(specialist, planned(company, two, d.SKETCH, planned_on=day, starts="15:00"))
    assert findings(company, "DEC-R05-D")[before:] == [("warned", clash)]
    assert move(specialist, "appointment", clash, d.CALL_OFF).status_code == 200
    asked_for(specialist, planned(company, two, d.SKETCH, planned_on=day, starts="16:30"))
    assert len(findings(company, "DEC-R05-D")) == before + 1, "what was called off is free"


def test_every_review_of_a_rendering_is_recorded(company: Company, specialist: Api, designer: Api) -> None:
    design = commission(company, "A-5")

    def reviewed(**sent: Any) -> Any:
        made = asked_for(specialist, planned(company, design, d.RENDERING, starts="20:00", minutes=10))
        assert move(specialist, "appointment", made, d.INVITE, invited_through=d.PHONE).status_code == 200
        return move(designer, "appointment", made, d.HOLD, **sent)

    assert "DEC-R09" in refused(reviewed())
    assert reviewed(record="客户要求调整灯光").status_code == 200
    setting_changed(company, "DEC-R09", "review_record_required", False, clock.today())
    assert reviewed().status_code == 200
    setting_changed(company, "DEC-R09", "review_record_required", True, clock.today())


def test_the_customer_is_told_where_the_rendering_is_reviewed(company: Company, specialist: Api) -> None:
    design = commission(company, "A-6")
    nowhere = {"planned_on": LATER, "place": ""}
    review = asked_for(specialist, planned(company, design, d.RENDERING, **nowhere))
    assert "DEC-R09-B" in refused(move(specialist, "appointment", review, d.INVITE, invited_through=d.PHONE))
    place = {"invited_through": d.PHONE, "place": "店面二楼"}
    assert move(specialist, "appointment", review, d.INVITE, **place).status_code == 200
    other = asked_for(specialist, planned(company, design, d.MEASURING, starts="9:00", **nowhere))
    assert move(specialist, "appointment", other, d.INVITE, invited_through=d.PHONE).status_code == 200


def test_what_is_still_to_come_was_not_held_and_every_meeting_has_a_record(
    company: Company, specialist: Api
) -> None:
    design = commission(company, "A-7")
    ahead = asked_for(specialist, planned(company, design, d.SKETCH, planned_on=LATER, starts="8:00"))
    assert move(specialist, "appointment", ahead, d.HOLD, record="x").status_code == 409, "nobody is invited"
    assert move(specialist, "appointment", ahead, d.CONFIRM, confirmed_how=d.PHONE).status_code == 200
    assert move(specialist, "appointment", ahead, d.HOLD, record="x").status_code == 422
    today = asked_for(specialist, planned(company, design, d.REFINED_PLAN, starts="8:00"))
    assert move(specialist, "appointment", today, d.CONFIRM, confirmed_how=d.PHONE).status_code == 200
    assert refused(move(specialist, "appointment", today, d.HOLD)).startswith("record ")
    assert move(specialist, "appointment", today, d.HOLD, record="方案基本确定").status_code == 200
    edited = specialist("PUT", f"{API}/appointment/{today}", json={"place": "别处"})
    assert edited.status_code == 409, "what was held stays"


def test_what_is_put_off_is_asked_for_again_on_the_new_day(company: Company, specialist: Api) -> None:
    design = commission(company, "A-8")
    first = asked_for(specialist, planned(company, design, d.MEASURING, starts="13:00", minutes=45))
    same = {"new_on": clock.today().isoformat(), "new_starts": "13:00"}
    assert "new_on" in refused(move(specialist, "appointment", first, d.PUT_OFF, **same))
    assert (
        move(specialist, "appointment", first, d.PUT_OFF, new_on=LATER, new_starts="9:15").status_code == 200
    )
    with company.session(HERE) as session:
        again = session.scalars(select(Appointment).where(Appointment.earlier_id == first)).one()
        assert (again.planned_on.isoformat(), again.starts, again.ends) == (LATER, "09:15", "10:00")
        assert (again.state, again.stage, again.commission_id) == (d.ASKED, d.MEASURING, design)
    assert kept(specialist, "appointment", first)["state"] == d.MOVED


def test_a_customer_confirms_on_their_own_page(company: Company, specialist: Api) -> None:
    design = commission(company, "A-9")
    made = asked_for(specialist, planned(company, design, d.MEASURING, planned_on=LATER, starts="18:00"))
    move(specialist, "appointment", made, d.INVITE, invited_through=d.SMS)
    with company.session(HERE) as session:
        appointments.confirm(session, session.get_one(Appointment, made), d.PAGE)
    found = kept(specialist, "appointment", made)
    assert (found["state"], found["confirmed_how"]) == (d.CONFIRMED, d.PAGE)
    assert found["confirmed_at"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts": "25:00"}, "starts"),
        ({"starts": "soon"}, "starts"),
        ({"minutes": 5}, "minutes"),
        ({"starts": "23:30"}, "minutes"),
        ({"commission_id": None}, "commission_id"),
    ],
)
def test_what_no_appointment_can_be_is_refused(
    company: Company, specialist: Api, changes: dict[str, Any], field: str
) -> None:
    design = commission(company, f"B-{field}-{next(iter(changes.values()))}"[:18])
    answer = specialist("POST", f"{API}/appointment/", json=planned(company, design, d.MEASURING, **changes))
    assert refused(answer).startswith(f"{field} ")


def test_a_commission_of_somebody_else_is_refused(company: Company, specialist: Api) -> None:
    design = commission(company, "B-1")
    entered = planned(company, design, d.FIRST_MEETING)
    other = {**entered, "customer_id": customer(company, "B-other")}
    assert refused(specialist("POST", f"{API}/appointment/", json=other)).startswith("commission_id ")
    first = {**other, "commission_id": None}
    assert refused(specialist("POST", f"{API}/appointment/", json=first)).startswith("designer_id ")
    first["participants"] = "王经理"
    assert specialist("POST", f"{API}/appointment/", json=first).status_code == 201, (
        "before the design is entrusted"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [(n.CONTACTED, n.BOOKED), (n.REGISTERED, n.REGISTERED), (n.PENDING, n.PENDING)],
)
def test_a_prospect_who_was_called_and_is_booked_moves_on(
    company: Company, specialist: Api, before: str, after: str
) -> None:
    """DEC-W1: contacted, then an appointment booked; whoever is elsewhere stays there."""
    whose = customer(company, f"B-{before}", state=before)
    entered = {"customer_id": whose, "stage": d.FIRST_MEETING, "planned_on": LATER, "starts": "15:00"}
    meeting = asked_for(specialist, {**entered, "participants": "设计师与客户"})
    assert kept(specialist, "customer", whose)["state"] == before, "the customer does not know of it yet"
    answer = move(specialist, "appointment", meeting, d.INVITE, invited_through=d.PHONE)
    assert answer.status_code == 200, answer.text
    assert kept(specialist, "customer", whose)["state"] == after
