"""Many records at once: shown first, each judged by itself, done once, kept in the history."""

from __future__ import annotations

import re

import pytest
from shop.entities import MOST_VISITS
from shop.models import Customer, Order
from sqlalchemy import func, select

import jobs_by_hand
from company import Browser, Company, counted, customer_values
from core.entities.lists import bulk, selecting
from core.history.models import HistoryEntry
from pages import Page

LIST, BULK = "/shop/customer/", "/shop/customer/bulk/"
STATEMENTS_OF_ONE = 6
"""A savepoint and its end, the change, the rows of its history and of its search."""


@pytest.fixture
def four(company: Company) -> list[int]:
    with company.session("east") as session:
        rows = [Customer(**customer_values(name=f"Blk {n}", credit=n)) for n in range(4)]
        session.add_all(rows)
        session.flush()
        return [each.id for each in rows]


@pytest.fixture
def manager(company: Company) -> Browser:
    browser = company.client_of("east.manager")
    browser.get(LIST)
    return browser


def hidden(page: str) -> dict[str, str]:
    form = page[page.index('class="form-page bulk-form"') :]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return dict(found)


def of(company: Company, ids: list[int], column: str = "name") -> dict[int, object]:
    with company.session("east") as session:
        rows = session.execute(
            select(Customer.id, getattr(Customer, column)).where(Customer.id.in_(ids)).order_by(Customer.id)
        )
        return {key: value for key, value in rows}


def told(company: Company, action: str, ids: list[int]) -> int:
    with company.session("east") as session:
        found = select(func.count(HistoryEntry.id)).where(
            HistoryEntry.table_name == "shop_customer",
            HistoryEntry.action == action,
            HistoryEntry.record_id.in_(ids),
        )
        return session.scalar(found)


def test_rows_can_be_selected_by_whoever_may_do_something_to_them(company: Company, four, manager):
    page = manager.get(LIST).text
    assert f'name="ids" value="{four[0]}"' in page
    assert {f"{BULK}delete", f"{BULK}edit", f"{BULK}count-visit"} <= set(Page(page).posts)
    assert 'name="ids"' not in company.client_of("east.watcher").get(LIST).text
    assert f"{BULK}delete" not in company.client_of("east.clerk").get(LIST).text


def test_deleting_is_shown_then_done_once(company: Company, four, manager):
    page = manager.post(f"{BULK}delete", {"ids": [four[0], f"{four[1]},{four[2]}"]}).text
    assert [text for text in Page(page).texts if text.startswith("Blk ")] == ["Blk 0", "Blk 1", "Blk 2"]
    assert "3 records" in page
    assert len(of(company, four)) == 4
    sent = hidden(page)
    first, second = manager.post(f"{BULK}delete", sent), manager.post(f"{BULK}delete", sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert list(of(company, four)) == [four[3]]
    assert told(company, "delete", four) == 3
    assert "3 records deleted." in manager.get(first.location).text


def test_what_others_point_to_stays_and_the_rest_goes(company: Company, four, manager):
    company.put("east", Order(customer_id=four[1], amount=1))
    page = manager.post(f"{BULK}delete", {"ids": four}).text
    manager.post(f"{BULK}delete", hidden(page))
    assert list(of(company, four)) == [four[1]]
    assert "Blk 1: Other records use this one" in " ".join(Page(manager.get(LIST).text).texts)


def test_one_field_of_many_is_changed(company: Company, four, manager):
    page = manager.post(f"{BULK}edit", {"ids": four}).text
    assert '<option value="kind">' in page
    assert '<option value="number">' not in page
    page = manager.post(f"{BULK}edit", {**hidden(page), "field": "credit"}).text
    assert 'name="value"' in page
    assert 'data-guard="bulk-credit"' in page  # what is typed is kept in the browser, as in any form
    assert "data-draft-bring" in page
    refused = manager.post(f"{BULK}edit", {**hidden(page), "value": "much"})
    assert "Enter a number" in refused.text
    page = manager.post(f"{BULK}edit", {**hidden(page), "value": "2"}).text
    texts = Page(page).texts
    assert [text for text in texts if text.startswith("Blk ")] == ["Blk 0", "Blk 1", "Blk 3"]
    assert {"¥0.00", "¥1.00", "¥3.00", "¥2.00"} <= set(texts)
    assert "1 record has this value already" in page
    manager.post(f"{BULK}edit", hidden(page))
    assert {str(value) for value in of(company, four, "credit").values()} == {"2.00"}
    assert told(company, "edit", four) == 3


def test_each_record_is_judged(company: Company, four, manager):
    with company.session("east") as session:
        session.get(Customer, four[2]).kind = "firm"
    page = manager.post(f"{BULK}edit", {"ids": four, "field": "credit", "valued": "1", "value": "20000"}).text
    manager.post(f"{BULK}edit", hidden(page))
    assert [str(value) for value in of(company, four, "credit").values()] == [
        "0.00",
        "1.00",
        "20000.00",
        "3.00",
    ]
    said = " ".join(Page(manager.get(LIST).text).texts)
    assert "3 records stay as they were." in said
    assert "Blk 0: A home has at most 10,000 of credit." in said


def test_what_will_be_refused_is_said_before_anything_is_done(company: Company, four, manager):
    company.put("east", Order(customer_id=four[1], amount=1))
    page = manager.post(f"{BULK}delete", {"ids": four}).text
    texts = " ".join(Page(page).texts)
    assert "1 record will stay as it is." in texts
    assert "Blk 1 : Other records use this one" in texts
    assert "Delete (3 records)" in texts
    assert "Blk 1" not in page[page.index("<table") :]
    assert len(of(company, four)) == 4
    assert told(company, "delete", four) == 0

    page = manager.post(f"{BULK}edit", {"ids": four, "field": "credit", "valued": "1", "value": "20000"}).text
    texts = " ".join(Page(page).texts)
    assert "4 records will stay as they are." in texts
    assert "Blk 0 : A home has at most 10,000 of credit." in texts
    assert "Nothing would change." in texts
    assert [str(value) for value in of(company, four, "credit").values()] == ["0.00", "1.00", "2.00", "3.00"]
    assert told(company, "edit", four) == 0


def test_a_preview_of_many_takes_few_statements_for_each(company: Company, four, manager):
    with company.session("east") as session:
        rows = [Customer(**customer_values(name=f"Blk many {n}")) for n in range(40)]
        session.add_all(rows)
        session.flush()
        many = [each.id for each in rows]
    with counted(company.database) as few:
        manager.post(f"{BULK}count-visit", {"ids": four})
    with counted(company.database) as statements:
        manager.post(f"{BULK}count-visit", {"ids": many})
    assert len(statements) - len(few) <= STATEMENTS_OF_ONE * (len(many) - len(four))


def test_an_entitys_own_action_is_tried_first(company: Company, four, manager):
    with company.session("east") as session:
        session.get_one(Customer, four[2]).visits = MOST_VISITS
    page = manager.post(f"{BULK}count-visit", {"ids": four}).text
    assert "Blk 2 : Nobody comes as often as that." in " ".join(Page(page).texts)
    assert "Count a visit (3 records)" in " ".join(Page(page).texts)
    assert list(of(company, four, "visits").values()) == [0, 0, MOST_VISITS, 0]
    assert told(company, "edit", four[:2]) == 0
    manager.post(f"{BULK}count-visit", hidden(page))
    assert list(of(company, four, "visits").values()) == [1, 1, MOST_VISITS, 1]
    assert "Blk 2: Nobody comes as often as that." in " ".join(Page(manager.get(LIST).text).texts)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "TRIED_AT_ONCE", 3)


ACTS = {
    "count-visit": ({}, "Nobody comes as often as that."),
    "edit": ({"field": "credit", "valued": "1", "value": "20000"}, "A home has at most 10,000 of credit."),
    "delete": ({}, "Other records use this one, so it cannot be deleted."),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_is_too_much_to_wait_for_is_tried_by_a_worker(company: Company, four, manager, large, act: str):
    with company.session("east") as session:
        for each in four[:3]:
            session.get_one(Customer, each).kind = "firm"
        session.get_one(Customer, four[3]).visits = MOST_VISITS
    company.put("east", Order(customer_id=four[3], amount=1))
    before = of(company, four, "row_version")
    deeds = "delete" if act == "delete" else "edit"
    told_before = told(company, deeds, four)
    entered, reason = ACTS[act]
    answer = manager.post(f"{BULK}{act}", {"ids": four, "address": "q=Blk", **entered})
    assert (answer.status_code, answer.location.rpartition("/")[0]) == (302, "/core/job")
    job = jobs_by_hand.do_all(company.app)[-1]
    assert (job.state, job.total, job.done) == ("done", 4, 4)
    assert of(company, four, "row_version") == before
    assert f"/core/preview/many/{job.id}" in manager.get(answer.location).text
    page = manager.get(f"/core/preview/many/{job.id}").text
    assert f"Blk 3 : {reason}" in " ".join(Page(page).texts)
    assert "(3 records)" in " ".join(Page(page).texts)
    assert "changed meanwhile" not in page
    watched = manager.post(f"{BULK}{act}", hidden(page)).location
    assert manager.post(f"{BULK}{act}", hidden(page)).location == watched
    assert of(company, four, "row_version") == before
    deed = jobs_by_hand.do_all(company.app)[-1]
    assert (deed.state, deed.total, deed.done) == ("done", 4, 4)
    assert f"/core/preview/many/{deed.id}/done" in manager.get(watched).text
    done = manager.get(f"/core/preview/many/{deed.id}/done")
    assert done.location == f"{LIST}?q=Blk#bulk-done"
    assert "3 records" in " ".join(Page(manager.get(LIST).text).texts)
    assert told(company, deeds, four) == told_before + 3
    assert of(company, four[3:], "row_version") == {four[3]: before[four[3]]}
    for other in ("east.clerk", "east.watcher"):
        for address in (f"/core/preview/many/{job.id}", f"/core/preview/many/{deed.id}/done"):
            assert company.client_of(other).get(address).status_code == 404


def test_what_a_worker_did_is_by_whom_asked_and_one_transaction(company: Company, four, manager, large):
    manager.post(f"{BULK}count-visit", {"ids": four})
    tried = jobs_by_hand.do_all(company.app)[-1]
    page = manager.get(f"/core/preview/many/{tried.id}").text
    manager.post(f"{BULK}count-visit", hidden(page))
    stopped = jobs_by_hand.do_all(company.app, stop_at=1)[-1]
    assert (stopped.state, list(of(company, four, "visits").values())) == ("cancelled", [0] * 4)
    manager.post(f"{BULK}count-visit", hidden(manager.get(f"/core/preview/many/{tried.id}").text))
    jobs_by_hand.do_all(company.app)
    assert list(of(company, four, "visits").values()) == [1] * 4
    with company.session("east") as session:
        users = select(HistoryEntry.user_id).where(
            HistoryEntry.table_name == "shop_customer",
            HistoryEntry.action == "edit",
            HistoryEntry.record_id.in_(four),
        )
        assert set(session.scalars(users)) == {company.user(session, "east.manager").id}


def test_what_changed_before_the_worker_came_is_left_as_it_is(company: Company, four, manager, large):
    manager.post(f"{BULK}count-visit", {"ids": four})
    tried = jobs_by_hand.do_all(company.app)[-1]
    manager.post(f"{BULK}count-visit", hidden(manager.get(f"/core/preview/many/{tried.id}").text))
    company.client_of("east.manager").fill(f"{LIST}{four[0]}/edit", {"name": "Blk 9"})
    deed = jobs_by_hand.do_all(company.app)[-1]
    assert (deed.state, deed.message.startswith("Some of these records have changed")) == ("failed", True)
    assert list(of(company, four, "visits").values()) == [0] * 4


def test_what_changed_since_a_worker_tried_it_is_tried_again(company: Company, four, manager, large):
    first = manager.post(f"{BULK}count-visit", {"ids": four}).location
    jobs_by_hand.do_all(company.app)
    company.client_of("east.manager").fill(f"{LIST}{four[0]}/edit", {"name": "Blk 9"})
    page = manager.get(first.replace("/job/", "/preview/many/")).text
    assert "have changed meanwhile" in page
    again = manager.post(f"{BULK}count-visit", hidden(page))
    assert (again.status_code, again.location != first) == (302, True)
    assert "so they are tried again" in manager.get(again.location).text
    assert list(of(company, four, "visits").values()) == [0, 0, 0, 0]
    jobs_by_hand.do_all(company.app)


def test_a_trial_that_is_stopped_keeps_nothing(company: Company, four, manager, large):
    manager.post(f"{BULK}delete", {"ids": four})
    job = jobs_by_hand.do_all(company.app, stop_at=1)[-1]
    assert (job.state, len(of(company, four))) == ("cancelled", 4)
    assert manager.get(f"/core/preview/many/{job.id}").status_code == 404


def test_who_changed_a_record_meanwhile_is_not_overrun(company: Company, four, manager):
    page = manager.post(f"{BULK}delete", {"ids": four}).text
    company.client_of("east.manager").fill(f"{LIST}{four[0]}/edit", {"name": "Blk 9"})
    again = manager.post(f"{BULK}delete", hidden(page))
    assert again.status_code == 200
    assert "have changed meanwhile" in again.text
    assert len(of(company, four)) == 4
    manager.post(f"{BULK}delete", hidden(again.text))
    assert of(company, four) == {}


def test_all_that_the_list_finds(company: Company, four, manager, monkeypatch):
    asked = {"all": "1", "address": "q=Blk&f_credit.gt=1&f_kind=home"}
    page = manager.post(f"{BULK}delete", asked).text
    assert set(hidden(page)["ids"].split(",")) >= {str(four[2]), str(four[3])}
    assert str(four[0]) not in hidden(page)["ids"].split(",")
    monkeypatch.setattr(selecting, "MOST_AT_ONCE", 1)
    refused = manager.post(f"{BULK}delete", asked)
    assert "These are more than 1 records." in manager.get(refused.location).text


@pytest.mark.parametrize("narrowed", ["f_nothing=1", "f_credit=much", "f_branch=west"])
def test_a_list_that_is_not_understood_is_not_changed_as_a_whole(company: Company, four, manager, narrowed):
    answer = manager.post(f"{BULK}delete", {"all": "1", "address": narrowed})
    assert answer.status_code == 302
    assert "Select the records one by one." in manager.get(answer.location).text


def test_rows_of_other_branches_are_left_out(company: Company, four, manager):
    far = company.put("west", Customer(**customer_values(name="Far")))
    page = manager.post(f"{BULK}delete", {"ids": [far, four[0]]}).text
    none = manager.post(f"{BULK}delete", {"ids": [2_000_000_001, four[0]]}).text
    assert "1 selected record is no longer there" in page
    assert "Far" not in Page(page).texts
    assert "1 selected record is no longer there" in none
    assert hidden(page)["ids"] == hidden(none)["ids"] == str(four[0])
    manager.post(f"{BULK}delete", {**hidden(page), "ids": f"{far},{four[0]}"})
    with company.session("west") as session:
        assert session.get(Customer, far) is not None


@pytest.mark.parametrize(("username", "act"), [("east.watcher", "edit"), ("east.clerk", "delete")])
def test_it_takes_the_right(company: Company, four, username, act):
    browser = company.client_of(username)
    assert browser.post(f"{BULK}{act}", {"ids": four, "sure": "1"}).status_code == 403
    assert len(of(company, four)) == 4


def test_there_is_nothing_else_to_do_to_many(company: Company, four, manager):
    assert manager.post(f"{BULK}greet", {"ids": four}).status_code == 404
    assert manager.post(f"{BULK}edit", {"ids": four, "field": "number"}).status_code == 404
    answer = manager.post(f"{BULK}delete", {})
    assert "Select at least one record first." in manager.get(answer.location).text
