"""What customers hear: drafts by occasion, approved in batches, released on their day, once, to whom it is meant."""
# zh-ok-file: names of people who do not exist

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pypdf
import pytest
from sqlalchemy import delete

from company import Company
from core.messages.models import OptOut, Outgoing
from core.workdays import lunar
from decoration_care import BATCHES, MESSAGES, at, batches, drafts, night, owed, told, worker
from decoration_company import HERE, customer, setting_changed
from plugins.decoration.models.care import CareBatch, CareDay, CareMessage
from plugins.decoration.models.customers import Contact, Customer
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

TODAY = date(2026, 11, 23)
"""A Monday."""
BORN = date(1980, 11, 25)


@pytest.fixture(autouse=True)
def nobody_yet(company: Company) -> Iterator[None]:
    """Each test begins with customers, batches and an outbox of its own."""
    yield
    with company.session() as session:
        for model in (Outgoing, OptOut, CareMessage, CareBatch, CareDay, Contact, Customer):
            session.execute(delete(model))


def old_customer(company: Company, number: str, **values: Any) -> int:
    return customer(company, number, **{"phase": n.AFTER_SALE, "name": f"客户{number}", **values})


def approve(company: Company, batch_id: int, day: date, who: str = "specialist") -> Any:
    with at(day):
        answer = company.api_of(f"{HERE}.{who}")("POST", f"{BATCHES}{batch_id}/approve", json={})
    return answer


def made_by_hand(company: Company, day: date, who: str = "specialist", **sent: Any) -> Any:
    with at(day):
        given = {"due_on": day.isoformat(), **sent}
        return company.api_of(f"{HERE}.{who}")("POST", BATCHES, json=given)


def test_birthdays_of_customers_and_families_are_collected_and_sent(company: Company) -> None:
    known = old_customer(company, "B1", birthday=BORN, phone="13800000001")
    _year, month, number, _leap = lunar.lunar_day(date(2026, 11, 26))
    by_moon = {"birthday": lunar.solar(1980, month, number), "lunar_birthday": True}
    other = old_customer(company, "B2", phone="13800000002", **by_moon)
    spouse = {"customer_id": known, "name": "吴若安", "relation": "spouse", "birthday": date(1982, 11, 27)}
    company.put(HERE, Contact(phone="13800000003", **spouse))
    company.put(HERE, Contact(**{**spouse, "name": "吴小满", "relation": "child"}))
    worker(company, TODAY)
    found = drafts(company, c.BIRTHDAY)
    assert [(each.customer_id, each.name, each.about, each.phone, each.due_on) for each in found] == [
        (known, "客户B1", "您", "13800000001", date(2026, 11, 25)),
        (other, "客户B2", "您", "13800000002", date(2026, 11, 26)),
        (known, "吴若安", "您", "13800000003", date(2026, 11, 27)),
        (known, "客户B1", "吴小满", "13800000001", date(2026, 11, 27)),
    ]
    (batch,) = batches(company, c.BIRTHDAY)
    assert (batch.due_on, batch.state) == (date(2026, 11, 25), c.DRAFT)
    worker(company, TODAY + timedelta(days=1))
    assert len(drafts(company, c.BIRTHDAY)) == 4, "nobody is collected twice"
    assert told(company, "DEC-R76") == [], "nothing goes out that nobody has approved"
    assert approve(company, batch.id, TODAY).status_code == 200
    assert told(company, "DEC-R76") == [], "nor before its day"
    worker(company, date(2026, 11, 25))
    worker(company, date(2026, 11, 25))
    assert [each.address for each in told(company, "DEC-R76")] == ["13800000001"]
    assert "客户B1" in told(company, "DEC-R76")[0].body
    worker(company, date(2026, 11, 27))
    assert {each.state for each in drafts(company, c.BIRTHDAY)} == {c.RELEASED, c.MISSED}
    assert len(told(company, "DEC-R76")) == 3, "of whom nobody was told on their day, the day is over"
    assert batches(company, c.BIRTHDAY)[0].state == c.SENT


def test_nobody_else_is_greeted(company: Company) -> None:
    customer(company, "N1", birthday=BORN, phase=n.PRE_SALE)
    old_customer(company, "N2", birthday=date(1980, 7, 1))
    old_customer(company, "N3")
    worker(company, TODAY)
    assert drafts(company, c.BIRTHDAY) == []
    assert batches(company, c.BIRTHDAY) == []


def test_people_word_and_leave_out_drafts_before_they_approve(company: Company) -> None:
    for number in ("W1", "W2", "W3"):
        old_customer(company, number, birthday=BORN)
    worker(company, TODAY)
    (batch,) = batches(company, c.BIRTHDAY)
    first, second, third = drafts(company, c.BIRTHDAY)
    with at(TODAY):
        api = company.api_of(f"{HERE}.specialist")
        worded = api("POST", f"{MESSAGES}{first.id}/reword", json={"text": "老朋友，生日快乐！"})
        assert worded.status_code == 200, worded.text
        assert api("POST", f"{MESSAGES}{second.id}/leave-out", json={}).status_code == 200
        anew = {"text": "%(name)s，祝生日快乐", "channel": "call_list"}
        assert api("POST", f"{BATCHES}{batch.id}/reword", json=anew).status_code == 200
        for who in ("assistant", "sales"):
            other = company.api_of(f"{HERE}.{who}")
            assert other("POST", f"{BATCHES}{batch.id}/approve", json={}).status_code == 403
    assert approve(company, batch.id, TODAY, "manager").status_code == 200
    worker(company, date(2026, 11, 25))
    sent = {each.body: each.channel for each in told(company, "DEC-R76")}
    assert sent == {"老朋友，生日快乐！": "call_list", "客户W3，祝生日快乐": "call_list"}
    states = {each.id: each.state for each in drafts(company, c.BIRTHDAY)}
    assert states == {first.id: c.RELEASED, second.id: c.LEFT_OUT, third.id: c.RELEASED}
    with at(TODAY):
        page = company.client_of(f"{HERE}.specialist").get(f"/decoration/customer/{third.customer_id}").text
    assert "祝生日快乐" in page, "the customer's page tells what they heard"


def test_who_wants_no_messages_gets_none(company: Company) -> None:
    old_customer(company, "O1", phone="13800000011")
    old_customer(company, "O2", phone="13800000012")
    for channel in ("sms", "call_list"):
        company.put(HERE, OptOut(channel=channel, address="13800000011"))
    made = made_by_hand(company, TODAY, occasion="weather", title="寒潮")
    assert made.status_code == 201, made.text
    assert approve(company, made.json["id"], TODAY).status_code == 200
    states = {each.address: each.state for each in told(company, "DEC-R80")}
    assert states == {"13800000011": "opted_out", "13800000012": "waiting"}


def test_a_weather_warning_is_begun_by_hand(company: Company) -> None:
    old_customer(company, "C1")
    customer(company, "C2", phase=n.PRE_SALE)
    worker(company, TODAY)
    assert batches(company, c.WEATHER) == []
    refused = made_by_hand(company, TODAY, occasion="birthday", title="x")
    assert refused.status_code == 400, refused.text
    made = made_by_hand(company, TODAY, occasion="weather", title="大风降温")
    assert made.status_code == 201, made.text
    assert [each.about for each in drafts(company, c.WEATHER)] == ["大风降温"]
    approve(company, made.json["id"], TODAY)
    assert len(told(company, "DEC-R80")) == 1
    assert approve(company, made.json["id"], TODAY).status_code == 409
    assert batches(company, c.WEATHER)[0].state == c.SENT


def test_a_campaign_reaches_whom_it_is_meant_for(company: Company) -> None:
    customer(company, "K1", customer_class=n.KEY, phase=n.PRE_SALE, phone="13800000021")
    customer(company, "K2", phase=n.PRE_SALE, phone="13800000022")
    sent = {"occasion": "campaign", "title": "家装节", "to_class": "key", "channel": "call_list"}
    made = made_by_hand(company, TODAY, "sales", **sent)
    assert made.status_code == 201, made.text
    approve(company, made.json["id"], TODAY)
    (row,) = told(company, "DEC-R61")
    assert (row.address, row.channel) == ("13800000021", "call_list")
    setting_changed(company, "DEC-R61", "campaign_channels", ("sms",), TODAY + timedelta(days=1))
    later = TODAY + timedelta(days=1)
    again = made_by_hand(company, later, occasion="campaign", title="年末特惠").json["id"]
    approve(company, again, later)
    assert {each.channel for each in told(company, "DEC-R61")[1:]} == {"sms"}


def test_holidays_are_greeted_as_the_branch_lists_them(company: Company) -> None:
    old_customer(company, "H1")
    customer(company, "H2", phase=n.IN_SALE)
    worker(company, date(2026, 12, 20))
    assert drafts(company, c.HOLIDAY) == [], "too early"
    worker(company, date(2026, 12, 28))
    (found,) = drafts(company, c.HOLIDAY)
    assert (found.due_on, found.about) == (date(2027, 1, 1), "元旦")
    setting_changed(company, "DEC-R77", "holiday_calendar", ("spring",), date(2027, 4, 1))
    worker(company, date(2027, 4, 28))
    assert len(drafts(company, c.HOLIDAY)) == 1, "the branch greets on the Spring Festival alone"
    assert approve(company, batches(company, c.HOLIDAY)[0].id, date(2027, 4, 28)).status_code == 200
    assert [each.state for each in drafts(company, c.HOLIDAY)] == [c.MISSED], "its day is long over"
    assert told(company, "DEC-R77") == []


def test_heating_is_told_of_once_the_branch_names_its_start(company: Company) -> None:
    old_customer(company, "Z1")
    night(company, date(2026, 10, 20))
    worker(company, date(2026, 10, 20))
    assert (owed(company, "DEC-R79-B"), drafts(company, c.HEATING)) == ([], [])
    with at(date(2026, 10, 21)):
        starts = (date(2026, 11, 15), date(2026, 10, 21))
        setting_changed(company, "DEC-R79-B", "heating_start_date", *starts)
    night(company, date(2026, 10, 21))
    (duty,) = owed(company, "DEC-R79-B")
    assert (duty.nominal_on, duty.due_on) == (date(2026, 11, 8), date(2026, 11, 6))
    worker(company, date(2026, 11, 3))
    (batch,) = batches(company, c.HEATING)
    assert batch.due_on == date(2026, 11, 6)
    assert approve(company, batch.id, date(2026, 11, 3)).status_code == 200
    worker(company, date(2026, 11, 6))
    assert "11月15日" in told(company, "DEC-R79")[0].body
    assert [each.state for each in owed(company, "DEC-R79-B")] == ["done"]


def test_the_scripts_are_printed_as_the_branch_words_them(company: Company) -> None:
    browser = company.client_of(f"{HERE}.specialist")
    answer = browser.get("/decoration/care/scripts.pdf")
    assert answer.mimetype == "application/pdf"
    printed = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.data)).pages)
    assert "Scripts for messages and calls" in printed
    assert "供暖提醒" in printed
