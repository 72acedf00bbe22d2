"""A visit that a phone sends takes effect once, for who may, where they are, and only as a whole."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from shop.models import Customer, Order
from sqlalchemy import func, select

from company import PASSWORD, Browser, Company, customer_values
from core.data import clock
from core.visits.models import ENTERED, SKIPPED, TakenVisit

BASE = "/core/round/shop/customer/"
PIXEL = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def customer(company: Company) -> int:
    return company.put("east", Customer(**customer_values()))


@pytest.fixture
def clerk(company: Company) -> Browser:
    return company.client_of("east.clerk")


def visit(stop: int, **changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "branch": "east",
        "stop": stop,
        "basis": {"week": "40"},
        "values": {"amount": "12.50", "sort": "firm", "note": ""},
        "at": clock.now().isoformat(),
        "confirmed": False,
        "reason": "",
        "skip": "",
        "note": "",
        **changes,
    }


def send(browser: Browser, sent: dict[str, Any] | str, base: str = BASE, **files: Any) -> Any:
    text = sent if isinstance(sent, str) else json.dumps(sent)
    return browser.post(f"{base}visits", {"visit": text, **files}, headers={"Accept": "application/json"})


def answer(browser: Browser, sent: dict[str, Any] | str, **files: Any) -> tuple[str, str]:
    told = send(browser, sent, **files)
    assert told.status_code == 200, told.text
    return told.json["state"], told.json["message"]


def orders(company: Company, customer: int) -> int:
    with company.session() as session:
        found = select(func.count()).select_from(Order).where(Order.customer_id == customer)
        return session.scalar(found) or 0


def taken(company: Company, customer: int) -> list[TakenVisit]:
    with company.session() as session:
        found = list(session.scalars(select(TakenVisit).where(TakenVisit.stop_id == customer)))
        session.expunge_all()
    return found


def test_a_visit_is_entered_and_remembered(company: Company, clerk: Browser, customer: int):
    sent = visit(customer, values={"amount": "12.50", "sort": "", "note": " at the back door "})
    told = send(clerk, sent)
    [row] = taken(company, customer)
    assert told.json == {
        "state": "accepted",
        "message": "",
        "field": "",
        "url": f"/shop/order/{row.record_id}",
    }
    assert (row.key, row.outcome, row.entity, row.note) == (
        sent["key"],
        ENTERED,
        "shop.order",
        "at the back door",
    )
    assert row.user_id == company.people["east.clerk"]


def test_what_is_sent_again_is_answered_the_same_and_entered_once(company: Company, clerk: Browser, customer):
    sent = visit(customer)
    first, again = send(clerk, sent), send(clerk, sent)
    assert first.json == again.json
    assert first.json["state"] == "accepted"
    assert orders(company, customer) == len(taken(company, customer)) == 1


def test_of_the_same_visit_sent_at_the_same_time_one_is_entered(company: Company, customer: int):
    sent, count = visit(customer), 5
    browsers = [company.client_of("east.clerk") for _ in range(count)]
    start, told = threading.Barrier(count), []

    def post(browser: Browser) -> None:
        start.wait()
        told.append(send(browser, sent))

    threads = [threading.Thread(target=post, args=(each,)) for each in browsers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [(each.status_code, each.json) for each in told] == [(200, told[0].json)] * count
    assert told[0].json["state"] == "accepted"
    assert orders(company, customer) == len(taken(company, customer)) == 1


def test_another_visit_under_the_same_key_is_refused(company: Company, clerk: Browser, customer: int):
    sent = visit(customer)
    assert answer(clerk, sent)[0] == "accepted"
    state, message = answer(clerk, {**sent, "values": {"amount": "99"}})
    assert state == "refused"
    assert "with other figures" in message
    assert orders(company, customer) == 1


def test_a_key_of_somebody_else_is_refused(company: Company, clerk: Browser, customer: int):
    sent = visit(customer)
    assert answer(clerk, sent)[0] == "accepted"
    for username, branch in (("east.manager", "east"), ("west.manager", "west")):
        state, message = answer(company.client_of(username), {**sent, "branch": branch})
        assert (state, message) == ("refused", "This visit was sent by somebody else.")
    assert orders(company, customer) == 1


def test_what_is_refused_leaves_nothing_and_may_be_sent_again(
    company: Company, clerk: Browser, customer: int
):
    sent = visit(customer, values={"amount": "1000.01"})
    told = send(clerk, sent).json
    assert (told["state"], told["field"]) == ("refused", "amount")
    assert answer(clerk, sent)[0] == "refused"
    assert orders(company, customer) == len(taken(company, customer)) == 0
    assert answer(clerk, {**sent, "values": {"amount": "999"}, "confirmed": True, "reason": "large"}) == (
        "accepted",
        "",
    )


def test_what_is_odd_has_to_be_confirmed_with_a_reason(company: Company, clerk: Browser, customer: int):
    odd = {"values": {"amount": "600"}}
    assert answer(clerk, visit(customer, **odd))[0] == "confirm"
    state, message = answer(clerk, visit(customer, **odd, confirmed=True))
    assert (state, message) == ("refused", "Say why the figure is right, or take a photo.")
    assert taken(company, customer) == []
    assert answer(clerk, visit(customer, **odd, confirmed=True, reason="large"))[0] == "accepted"
    assert [each.reason for each in taken(company, customer)] == ["large"]


def test_a_stop_that_is_passed_over_is_noted_with_its_reason(company: Company, clerk: Browser, customer: int):
    sent = visit(customer, values={}, skip="closed", note="shut at noon")
    assert answer(clerk, sent)[0] == answer(clerk, sent)[0] == "accepted"
    [row] = taken(company, customer)
    assert (row.outcome, row.reason, row.note) == (SKIPPED, "closed", "shut at noon")
    assert (row.entity, row.record_id) == ("shop.customer", customer)
    assert orders(company, customer) == 0


def test_a_stop_of_another_branch_is_answered_as_one_that_is_not_there(company: Company, clerk: Browser):
    there = company.put("west", Customer(**customer_values()))
    not_here = ("refused", "This stop is not in your branch any more.")
    assert answer(clerk, visit(there)) == answer(clerk, visit(2_000_000_000)) == not_here
    assert orders(company, there) == 0
    assert taken(company, there) == []


def test_a_visit_of_another_branch_waits_until_one_works_there(
    company: Company, clerk: Browser, customer: int
):
    state, message = answer(clerk, visit(customer, branch="west"))
    assert state == "refused"
    assert message.startswith("This visit is of another branch.")
    assert taken(company, customer) == []


def test_only_who_may_walks(company: Company, customer: int):
    for username, status in (("east.watcher", 403), ("idle", 404)):
        browser = company.client_of(username)
        assert browser.get(BASE).status_code == status
        assert browser.get(f"{BASE}now").status_code == status
        assert browser.get(f"{BASE}stops").status_code == status
        assert send(browser, visit(customer)).status_code == status
    assert taken(company, customer) == []
    nobody = company.browser()
    assert nobody.client.get(f"{BASE}now", headers={"Accept": "application/json"}).status_code == 401
    assert nobody.client.get(BASE).location == f"/login/?next={BASE}"


def test_a_wrong_token_is_refused_before_the_visit_is_read(company: Company, clerk: Browser, customer: int):
    clerk.token = "wrong"
    assert send(clerk, visit(customer)).status_code == 400
    assert taken(company, customer) == []
    # The phone asks for the present one and sends again.
    clerk.token = clerk.get(f"{BASE}now").json["token"]
    assert answer(clerk, visit(customer))[0] == "accepted"


def test_where_the_plugin_is_off_there_is_no_round(company: Company, clerk: Browser, customer: int):
    company.switch("shop", "east", on=False)
    try:
        assert clerk.get(BASE).status_code == 404
        assert send(clerk, visit(customer)).status_code == 404
    finally:
        company.switch("shop", "east", on=True)


def test_the_visit_was_never_after_now(company: Company, clerk: Browser, customer: int):
    before = clock.now()
    assert answer(clerk, visit(customer, at=(before + timedelta(days=3)).isoformat()))[0] == "accepted"
    assert before <= taken(company, customer)[0].visited_at <= clock.now()


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 20_000,
        json.dumps({"key": "x" * 30_000}),
        *(
            {name: value}
            for name, value in (
                ("key", "short"), ("key", 7), ("stop", "1"), ("stop", True), ("stop", 0), ("stop", 2**31),
                ("basis", None), ("basis", {"a": {"b": 1}}), ("basis", {str(each): "" for each in range(11)}),
                ("values", []), ("values", {"amount": 12}), ("at", "yesterday"), ("at", "2026-01-01T10:00:00"),
                ("at", None), ("note", "x" * 501), ("note", "a\x00b"), ("note", "\ud800"), ("branch", 5),
            )
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(company: Company, clerk: Browser, customer: int, broken):
    sent = broken if isinstance(broken, str) else {**visit(customer, skip="closed"), **broken}
    if isinstance(broken, dict) and "values" in broken:
        sent = {**visit(customer), **broken}
    state, message = answer(clerk, sent)
    assert state == "refused"
    assert message
    assert taken(company, customer) == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "Amount of the order is missing. Enter it."),
        ({"amount": " "}, "Amount of the order is missing. Enter it."),
        ({"amount": "soon"}, "soon is not a figure."),
        ({"amount": "-5"}, "-5 is not a figure."),
        ({"amount": "1e5"}, "1e5 is not a figure."),
        ({"amount": "٣"}, "٣ is not a figure."),
        ({"amount": "1.234"}, "1.234 has too many decimals; write at most 2."),
        ({"amount": "1", "sort": "castle"}, "Choose one of the options."),
    ],
)
def test_each_entry_is_judged(clerk: Browser, customer: int, values, message):
    assert answer(clerk, visit(customer, values=values)) == ("refused", message)


def test_a_photo_where_none_is_asked_for_is_refused(clerk: Browser, customer: int):
    assert answer(clerk, visit(customer), photo=(BytesIO(PIXEL), "photo.png"))[0] == "refused"


def test_the_phone_gets_what_its_reader_may_see(company: Company, clerk: Browser, customer: int):
    now = clerk.get(f"{BASE}now").json
    assert (now["person"], now["branch"]) == (
        str(company.people["east.clerk"]),
        {"code": "east", "name": "East"},
    )
    found = clerk.get(f"{BASE}stops").json
    assert (found["basis"], found["done"], found["book"]) == ({"week": "40"}, 0, "")
    own = {each["id"] for each in found["stops"]}
    there = company.put("west", Customer(**customer_values()))
    assert customer in own
    assert there not in {each["id"] for each in clerk.get(f"{BASE}stops").json["stops"]}


def test_the_screen_names_nobody_and_holds_no_stop(company: Company, clerk: Browser, customer: int):
    page = clerk.get(BASE).text
    found = clerk.get(f"{BASE}stops").json["stops"]
    assert not any(each["number"] in page for each in found)
    assert "east.clerk" not in page
    assert "csrf_token" not in page
    with company.session() as session:
        assert company.user(session, "east.clerk").last_name not in page


def test_the_worker_lies_beside_the_rounds_and_log_out_clears_no_storage(company: Company, clerk: Browser):
    worker = company.browser().client.get("/core/round/worker.js")
    assert worker.mimetype == "text/javascript"
    told = clerk.post("/logout/").headers["Clear-Site-Data"]
    assert "storage" not in told
    assert "*" not in told
    assert clerk.log_in("east.clerk", PASSWORD).status_code == 302


@pytest.fixture
def overseen(company: Company, customer: int) -> int:
    sent = visit(customer, values={}, skip="closed", note="shut at noon")
    assert answer(company.client_of("east.clerk"), sent)[0] == "accepted"
    return taken(company, customer)[0].id


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_office_sees_what_was_passed_over(company: Company, overseen: int, language: str):
    admin = company.client_of("admin", language)
    admin.post("/branch/east")
    assert "shut at noon" in admin.get("/core/visit/").text
    page = admin.get(f"/core/visit/{overseen}")
    assert page.status_code == 200
    assert "/shop/customer/" in page.text
