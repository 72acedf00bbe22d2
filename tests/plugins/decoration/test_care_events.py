"""News and events of the house: VIPs hear first, on a working day, then everybody; the department takes part."""
# zh-ok-file: titles of events that do not exist

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from company import Company
from core.messages.models import Outgoing
from decoration_care import BATCHES, at, batches, drafts, owed, told
from decoration_company import HERE, customer
from plugins.decoration.models.care import HouseEvent
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

EVENTS = "/api/v1/decoration/house-event/"


def announced(company: Company, day: date, **sent: Any) -> int:
    with at(day):
        made = company.api_of(f"{HERE}.specialist")("POST", EVENTS, json={"title": "店庆", **sent})
    assert made.status_code == 201, made.text
    return int(made.json["id"])


def batch_of(company: Company, occasion: str, event: int) -> Any:
    return next(each for each in batches(company, occasion) if each.event_id == event)


def approve(company: Company, batch_id: int, day: date) -> Any:
    with at(day):
        return company.api_of(f"{HERE}.manager")("POST", f"{BATCHES}{batch_id}/approve", json={})


def test_vips_are_told_three_days_before_on_a_working_day(company: Company) -> None:
    event = announced(company, date(2026, 9, 1), kind="product", held_on="2026-10-06")
    (duty,) = owed(company, "DEC-R24-B", event)
    assert (duty.nominal_on, duty.due_on) == (date(2026, 10, 3), date(2026, 9, 30))
    assert batch_of(company, c.VIP_NEWS, event).due_on == date(2026, 9, 30)
    assert [each for each in batches(company, c.HOUSE_NEWS) if each.event_id == event] == []
    task = announced(company, date(2026, 9, 1), kind="task", held_on="2026-10-06")
    assert owed(company, "DEC-R24-B", task) == []


def test_vips_hear_of_an_event_before_everybody_else(company: Company) -> None:
    vip = customer(company, "E1", customer_class=n.VIP, phase=n.VIP_PHASE, phone="13800000031")
    old = customer(company, "E2", phase=n.AFTER_SALE, phone="13800000032")
    customer(company, "E3", phase=n.PRE_SALE, phone="13800000033")
    event = announced(company, date(2026, 9, 2), kind="store_day", held_on="2026-09-12")
    first, rest = (batch_of(company, each, event) for each in (c.VIP_NEWS, c.HOUSE_NEWS))
    assert (first.due_on, rest.due_on) == (date(2026, 9, 9), date(2026, 9, 10))
    assert [each.customer_id for each in drafts(company, c.VIP_NEWS) if each.batch_id == first.id] == [vip]
    assert [each.customer_id for each in drafts(company, c.HOUSE_NEWS) if each.batch_id == rest.id] == [old]
    early = approve(company, rest.id, date(2026, 9, 9))
    assert early.status_code == 422
    assert "DEC-R24-C" in early.text
    assert approve(company, first.id, date(2026, 9, 9)).status_code == 200
    assert [each.address for each in told(company, "DEC-R24")] == ["13800000031"]
    assert [each.state for each in owed(company, "DEC-R24-B", event)] == ["done"]
    assert approve(company, rest.id, date(2026, 9, 10)).status_code == 200
    assert [each.address for each in told(company, "DEC-R78")] == ["13800000032"]
    with company.session(HERE) as session:
        kept = session.get_one(HouseEvent, event)
        assert (kept.state, kept.vips_told_on, kept.all_told_on) == (
            c.ALL_TOLD,
            date(2026, 9, 9),
            date(2026, 9, 10),
        )


def test_an_event_on_another_day_and_one_that_is_called_off(company: Company) -> None:
    event = announced(company, date(2026, 9, 2), kind="opening", held_on="2026-09-20")
    with at(date(2026, 9, 3)):
        api = company.api_of(f"{HERE}.specialist")
        kept = api("GET", f"{EVENTS}{event}").json["result"]
        moved = {"held_on": "2026-09-26", "row_version": kept["row_version"]}
        assert api("PUT", f"{EVENTS}{event}", json=moved).status_code == 200
    assert batch_of(company, c.VIP_NEWS, event).due_on == date(2026, 9, 23)
    assert [each.due_on for each in owed(company, "DEC-R24-B", event)] == [date(2026, 9, 23)]
    with at(date(2026, 9, 3)):
        assert api("POST", f"{EVENTS}{event}/cancel", json={}).status_code == 200
    assert [each for each in batches(company, c.VIP_NEWS) if each.event_id == event] == []
    assert [each.state for each in owed(company, "DEC-R24-B", event)] == ["dropped"]


def test_the_department_is_told_of_events_in_which_it_takes_part(company: Company) -> None:
    event = announced(company, date(2026, 9, 4), kind="celebration", held_on="2026-12-31", title="年会")
    other = announced(company, date(2026, 9, 4), kind="product", held_on="2026-12-31", title="新品")
    asked = select(Outgoing.user_id, Outgoing.record_id).where(Outgoing.rule == "DEC-R45")
    with company.session(HERE) as session:
        rows = session.execute(asked.where(Outgoing.record_id.in_((event, other)))).all()
    names = ("manager", "assistant", "vip-keeper")  # the specialist entered it
    assert {row[0] for row in rows} == {company.people[f"{HERE}.{each}"] for each in names}
    assert {row[1] for row in rows} == {event}
