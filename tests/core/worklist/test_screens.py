"""Obligations on screens: my work, the list and page of whoever owes them, and how they end by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from company import Company, counted
from core.handbook.replay import replay
from core.handbook.values import DAYS, Setting
from core.worklist.models import Obligation
from duties import at, customer, night, order, owed, ruled_by
from pages import Page
from shop_duties import ANSWER, DUTIES, FIRST_ORDER

WEDNESDAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 30)
FIRST = replace(FIRST_ORDER, ladder=(replace(FIRST_ORDER.ladder[0], days=1),))


@pytest.fixture(scope="module")
def made(company: Company) -> Iterator[dict[str, int]]:
    """Two households and a firm of the 25th in the east, one household in the west."""
    with ruled_by(company, (FIRST, *DUTIES[1:4])):
        with at(WEDNESDAY):
            found = {
                "Ann": customer(company, name="Ann"),
                "Ben": customer(company, name="Ben"),
                "Firm": customer(company, name="Firm", kind="firm"),
                "West": customer(company, "west", name="West"),
            }
        yield found


def lines(company: Company, username: str, day: date) -> dict[str, list[tuple[str, str, str]]]:
    """Group -> title, number and address of each line of the home page."""
    with at(day):
        page = company.client_of(username).get("/").text
    found = {}
    for group in ("overdue", "today", "waiting"):
        start = page.index(f'aria-labelledby="work-{group}"')
        part = page[start : page.index("</section>", start)]
        titles = re.findall(r'class="work-link" href="([^"]+)">([^<]+)<', part)
        counts = re.findall(r'work-count">([^<]+)<', part)
        found[group] = [
            (title, count, url.replace("&amp;", "&"))
            for (url, title), count in zip(titles, counts, strict=True)
        ]
    return found


def names(company: Company, username: str, path: str, day: date) -> list[str]:
    """The subjects that a list shows."""
    with at(day):
        answer = company.client_of(username).get(path)
    assert answer.status_code == 200, answer.text
    texts = Page(answer.text).texts
    return [each for each in ("Ann", "Ben", "Firm", "West") if each in texts]


def test_my_work_groups_what_i_owe_by_when_and_leads_to_the_list(company: Company, made: dict[str, int]):
    coming = lines(company, "east.clerk", WEDNESDAY)["waiting"]
    assert [(title, count) for title, count, _url in coming] == [("Answers", "1"), ("First orders", "2")] or [
        (title, count) for title, count, _url in coming
    ] == [("First orders", "2")]
    today = lines(company, "east.clerk", MONDAY)
    assert [each[:2] for each in today["today"]] == [("First orders", "2")]
    assert [each[:2] for each in today["overdue"]] == [("Answers", "1")]
    assert names(company, "east.clerk", today["today"][0][2], MONDAY) == ["Ann", "Ben"]
    assert lines(company, "east.watcher", MONDAY) == {"overdue": [], "today": [], "waiting": []}


def test_my_work_tells_what_i_owe_in_person_from_what_anybody_in_my_position_may_do(
    company: Company, made: dict[str, int]
):
    def owed_by(name: str, username: str | None) -> None:
        with company.session("east") as session:
            row = session.scalars(select(Obligation).where(Obligation.record_id == made[name])).one()
            row.owner_id = company.user(session, username).id if username else None

    told = ["owed by you", "owed by your position"]
    with at(MONDAY):
        assert not set(told) & set(Page(company.client_of("east.clerk").get("/").text).texts)
        owed_by("Ann", "east.clerk")
        texts = Page(company.client_of("east.clerk").get("/").text).texts
        assert sorted(each for each in texts if each in told) == told
        owed_by("Ann", None)


def test_who_owes_nothing_sees_no_list(company: Company, made: dict[str, int]):
    assert company.client_of("east.watcher").get("/core/obligation/").status_code == 403
    assert names(company, "east.clerk", "/core/obligation/", MONDAY) == ["Ann", "Ben", "Firm"]
    number = owed(company, FIRST, "west")[0].id
    clerk = company.client_of("east.clerk")
    for path in ("", "/close", "/waive"):
        assert clerk.get(f"/core/obligation/{number}{path}").status_code in (403, 404)


def test_a_page_says_what_it_rests_on_and_the_subjects_time_line_shows_it(
    company: Company, made: dict[str, int]
):
    number = next(each.id for each in owed(company, FIRST) if each.record_id == made["Ann"])
    clerk = company.client_of("east.clerk")
    page = clerk.get(f"/core/obligation/{number}").text
    assert "Counted from Nov 25, 2026" in page or "Counted from 2026-11-25" in page
    assert "SHOP-D01 (Shop rules 7)" in page
    assert "What is promised is kept." in page
    assert f"/shop/customer/{made['Ann']}" in page
    with at(WEDNESDAY):
        clerk = company.client_of("east.clerk")
        assert "First orders" in clerk.get(f"/shop/customer/{made['Ann']}").text
        assert clerk.get("/core/obligation/?as=calendar").status_code == 200


def test_a_list_asks_for_its_subjects_all_at_once(company: Company, made: dict[str, int]):
    clerk = company.client_of("east.clerk")
    clerk.get("/core/obligation/")
    with counted(company.database) as few:
        clerk.get("/core/obligation/?f_rule.eq=SHOP-D03")
    with counted(company.database) as many:
        clerk.get("/core/obligation/?f_rule.eq=SHOP-D01")
    assert len(many) <= len(few)


def test_it_is_marked_as_done_with_a_note(company: Company, made: dict[str, int]):
    number = owed(company, ANSWER)[0].id
    clerk = company.client_of("east.clerk")
    empty = clerk.fill(f"/core/obligation/{number}/close", {"note": ""})
    assert empty.status_code == 422
    assert clerk.fill(f"/core/obligation/{number}/close", {"note": "By telephone"}).status_code == 302
    (done,) = owed(company, ANSWER)
    assert (done.state, done.note, done.closed_by) == ("done", "By telephone", company.people["east.clerk"])
    assert clerk.get(f"/core/obligation/{number}/close").status_code == 302


def test_what_a_record_fulfils_is_not_marked_by_hand(company: Company, made: dict[str, int]):
    number = owed(company, FIRST)[0].id
    clerk = company.client_of("east.clerk")
    assert "/close" not in clerk.get(f"/core/obligation/{number}").text
    assert clerk.get(f"/core/obligation/{number}/close").status_code == 302
    assert clerk.get(f"/core/obligation/{number}/waive").status_code == 403


def test_what_is_late_is_raised_to_the_manager_who_may_waive_it(company: Company, made: dict[str, int]):
    night(company, date(2026, 12, 2))
    found = lines(company, "east.manager", date(2026, 12, 2))["overdue"]
    assert ("First orders", "2") in [each[:2] for each in found]
    url = next(each[2] for each in found if each[0] == "First orders")
    assert names(company, "east.manager", url, date(2026, 12, 2)) == ["Ann", "Ben"]
    number = next(each.id for each in owed(company, FIRST) if each.record_id == made["Ben"])
    manager = company.client_of("east.manager", "zh")
    page = manager.get(f"/core/obligation/{number}/waive").text
    assert "免除" in page
    assert manager.fill(f"/core/obligation/{number}/waive", {"note": "Moved away"}).status_code == 302
    waived = next(each for each in owed(company, FIRST) if each.id == number)
    assert (waived.state, waived.note) == ("waived", "Moved away")


def test_many_are_waived_for_one_reason_and_the_preview_says_which_not(
    company: Company, made: dict[str, int]
):
    with at(WEDNESDAY):
        three = [customer(company, name=each) for each in ("Dan", "Eve", "Fay")]
    night(company, date(2026, 12, 2))
    waived, *still = [each.id for each in owed(company, FIRST) if each.record_id in three]
    manager = company.client_of("east.manager")
    manager.fill(f"/core/obligation/{waived}/waive", {"note": "Moved away"})
    rows = {each.id: each.state for each in owed(company, FIRST) if each.record_id in three}
    assert rows == {waived: "waived", **dict.fromkeys(still, "open")}
    bulk, sent = "/core/obligation/bulk/waive", {"ids": list(rows)}
    assert company.client_of("east.clerk").post(bulk, sent).status_code == 403
    assert "/bulk/waive" in manager.get("/core/obligation/").text
    asked = manager.post(bulk, sent).text
    assert 'name="value-note"' in asked
    refused = manager.post(bulk, {**sent, "valued": "1", "value-note": " "})
    assert "What will change" not in refused.text
    page = manager.post(bulk, {**sent, "valued": "1", "value-note": "The street is closed"}).text
    assert page.count("This cannot be done to this record as it is now.") == 1
    assert {each.id: each.state for each in owed(company, FIRST) if each.id in rows} == rows
    form = page[page.index('class="form-page bulk-form"') :]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))
    assert manager.post(bulk, hidden).status_code == 302
    ended = {each.id: (each.state, each.note) for each in owed(company, FIRST) if each.id in rows}
    reason = ("waived", "The street is closed")
    assert ended == {waived: ("waived", "Moved away"), **dict.fromkeys(still, reason)}


def test_a_form_opens_and_closes_obligations(company: Company, made: dict[str, int]):
    clerk = company.client_of("east.clerk")
    before = len(owed(company, FIRST))
    answer = clerk.fill("/shop/customer/new", {"number": "F1", "name": "Form", "kind": "home", "credit": "0"})
    assert answer.status_code == 302, answer.text
    assert len(owed(company, FIRST)) == before + 1
    number = int(answer.location.rpartition("/")[2])
    form = {"customer_id": str(number), "amount": "1"}
    assert clerk.fill("/shop/order/new", form).status_code == 302
    assert next(each for each in owed(company, FIRST) if each.record_id == number).state == "done"


def test_rights_name_the_clause(company: Company, made: dict[str, int]):
    clerk = company.installation.positions["shop.clerk"]
    (given,) = [each for each in clerk.grants if each.entity == "core.obligation"]
    assert given.actions == {"see", "close"}
    with company.app.test_request_context():
        assert str(given.clause) == "Shop rules 7 (SHOP-D01)"
    order(company, made["Ann"])


def test_why_is_told_to_whoever_may_see_it_also_to_programs(company: Company, made: dict[str, int]):
    number = owed(company, FIRST)[0].id
    told = company.api_of("east.clerk")("GET", f"/api/v1/rules/why/obligation/{number}")
    assert told.status_code == 200, told.text
    assert told.json["result"]["rule"] == "SHOP-D01"
    assert told.json["result"]["settings"][0]["name"] == "days"
    assert company.client_of("east.clerk").get(f"/core/handbook/why/obligation/{number}").status_code == 200
    west = owed(company, FIRST, "west")[0].id
    for path in (f"/core/handbook/why/obligation/{west}", "/core/handbook/why/obligation/x"):
        assert company.client_of("east.clerk").get(path).status_code == 404


def test_dates_come_out_the_same_when_they_are_worked_out_again(company: Company, made: dict[str, int]):
    with company.session() as session:
        found = replay(session)
        assert found.differences == []
        assert found.judged
        row = session.scalars(select(Obligation).where(Obligation.state == "open").limit(1)).one()
        row.due_on = row.due_on + timedelta(days=1)
        row.late_on = None
        session.flush()
        assert [each.rule for each in replay(session).differences] == [row.rule]
        session.rollback()


def test_what_is_done_or_late_or_due_by_the_hour_is_worked_out_again_too(company: Company):
    day = WEDNESDAY + timedelta(days=14)
    fixed = replace(FIRST_ORDER, id="SHOP-D21", roll="none", settings=(Setting("days", DAYS, 3),))
    with ruled_by(company, (fixed, ANSWER)):
        with at(day):
            done = customer(company, name="Done")
            order(company, done, day)
            customer(company, name="Late")
        with at(day, 16):
            customer(company, kind="firm")
        night(company, day + timedelta(days=5))
        with company.session() as session:
            assert replay(session).differences == []
            kept = {each.rule: each for each in session.scalars(select(Obligation).order_by(Obligation.id))}
            rows = session.scalars(select(Obligation).where(Obligation.rule == fixed.id)).all()
            assert {each.state for each in rows} == {"done", "open"}
            assert any(each.late_on for each in rows)
            for number, row in enumerate(rows, start=1):
                row.due_on = row.due_on + timedelta(days=number)
            by_the_hour = kept[ANSWER.id]
            assert by_the_hour.due_at is not None
            by_the_hour.due_at, by_the_hour.late_on = by_the_hour.due_at + timedelta(hours=1), None
            session.flush()
            found = [each.rule for each in replay(session).differences]
            session.rollback()
    assert sorted(found) == [ANSWER.id, fixed.id, fixed.id]
