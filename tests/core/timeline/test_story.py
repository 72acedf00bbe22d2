"""The story of a record: days of what refers to it, in the same order as all that was said and done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from shop.models import Customer, Order

from company import Company, counted, customer_values
from core.data import clock
from core.entities.spec import Field
from core.messages.models import Outgoing
from core.timeline.models import Message
from pages import Page

START = datetime(2026, 11, 22, 1, tzinfo=UTC)
CUSTOMER, ORDER = "shop.customer", "shop.order"


@pytest.fixture(autouse=True)
def _storied(company: Company) -> Iterator[None]:
    """Customers tell their story, and orders the day of theirs."""
    known = company.installation
    before = known.entities
    order = before[ORDER]
    changed = replace(
        order,
        fields=(*order.fields, Field("ordered_on", "Ordered on")),
        day="ordered_on",
        rights=("see", "add", "edit"),
        fact_of={},
        by_name={},
    )
    customer = replace(before[CUSTOMER], story=True, fact_of={}, by_name={})
    known.entities = {**before, ORDER: changed, CUSTOMER: customer}
    try:
        yield
    finally:
        known.entities = before


@pytest.fixture
def number(company: Company) -> int:
    with clock.frozen(START):
        seen = datetime(2026, 11, 10, 4, tzinfo=UTC)
        return company.put("east", Customer(**customer_values(name="Storied", seen_at=seen)))


def order(company: Company, customer_id: int, day: date, branch: str = "east") -> int:
    return company.put(branch, Order(customer_id=customer_id, amount=7, ordered_on=day))


def told(company: Company, number: int, who: str = "east.clerk", only: str = "") -> str:
    with clock.frozen(START):
        answer = company.client_of(who).get(f"/core/timeline/shop/customer/{number}?only={only}")
    assert answer.status_code == 200
    return " ".join(Page(answer.text).texts)


def test_days_of_what_refers_to_a_record_stand_among_what_was_said_and_done(company: Company, number: int):
    late = order(company, number, date(2026, 11, 20))
    order(company, number, date(2026, 11, 1))
    order(company, number, date(2026, 12, 24))
    with company.session("east") as session:
        about = {"user_id": company.people["east.clerk"]}
        at = datetime(2026, 11, 15, 4, tzinfo=UTC)
        session.add(Message(entity=ORDER, record_id=late, text="Asked for blue.", at=at, **about))
    page = told(company, number)
    entries = ("Created", "Nov 20, 2026", "Asked for blue.", "Seen at", "Nov 1, 2026")
    places = [page.rindex(each) for each in entries]
    assert places == sorted(places), page
    assert "Dec 24, 2026" not in page  # what is to come is no story yet
    assert "Created" not in told(company, number, only="story")
    assert "Asked for blue." not in told(company, number, only="story")


def test_what_went_out_to_people_outside_is_part_of_the_story(company: Company, number: int):
    at = datetime(2026, 11, 15, 4, tzinfo=UTC)
    for channel, sent_at in (("sms", at), ("in_app", at), ("email", None)):
        about = {"entity": CUSTOMER, "record_id": number, "template": "shop.word", "subject": "Word"}
        text = f"Your shop by {channel}."
        row = Outgoing(key=f"{number} {channel}", channel=channel, body=text, sent_at=sent_at, **about)
        company.put("east", row)
    page = told(company, number, only="story")
    assert "Told Nov 15, 2026 12:00 Your shop by sms." in re.sub(r"\s+", " ", page)
    assert "by in_app" not in page
    assert "by email" not in page
    assert "by sms" not in told(company, number, "east.watcher")


def test_nobody_is_told_of_what_they_may_not_see(company: Company, number: int):
    order(company, number, date(2026, 11, 20))
    known = company.installation
    hidden = replace(known.entities[ORDER], criteria=lambda: [Order.amount > 100], fact_of={}, by_name={})
    assert "Ordered on" in told(company, number)
    known.entities = {**known.entities, ORDER: hidden}
    assert "Ordered on" not in told(company, number)
    other = company.put("east", Customer(**customer_values(name="Other")))
    assert "Ordered on" not in told(company, other)
    assert company.client_of("west.manager").get(f"/core/timeline/shop/customer/{number}").status_code == 404


def test_a_long_story_comes_in_parts_and_nothing_is_missed_or_repeated(company: Company, number: int):
    days = [date(2026, 9, 1) + timedelta(days=place // 2) for place in range(47)]
    for day in days:
        order(company, number, day)
    clerk, seen = company.client_of("east.clerk"), []
    address: str | None = f"/core/timeline/shop/customer/{number}?only=story"
    while address:
        with clock.frozen(START):
            page = clerk.get(address, headers={"HX-Request": "true"}).text
        seen += re.findall(r'href="/shop/order/(\d+)"', page)
        found = re.search(r'hx-get="(/core/timeline/[^"]*before=[^"]*)"', page)
        address = found[1].replace("&amp;", "&") if found else None
    assert len(seen) == len(set(seen)) == len(days)
    assert [int(each) for each in seen] == sorted((int(each) for each in seen), reverse=True)


def test_a_story_costs_the_same_however_much_refers_to_the_record(company: Company, number: int):
    clerk = company.client_of("east.clerk")

    def cost() -> int:
        with clock.frozen(START), counted(company.database) as statements:
            assert clerk.get(f"/core/timeline/shop/customer/{number}?only=story").status_code == 200
        return len(statements)

    order(company, number, date(2026, 11, 1))
    cost()
    before = cost()
    for place in range(30):
        order(company, number, date(2026, 10, 1) + timedelta(days=place))
    assert cost() == before


def test_other_records_tell_no_story(company: Company, number: int):
    key = order(company, number, date(2026, 11, 1))
    page = company.client_of("east.clerk").get(f"/shop/order/{key}").text
    assert "only=story" not in page
