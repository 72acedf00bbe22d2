"""Filling in a round: nothing is lost, it is finished once, and what is not in order becomes a finding."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from company import Browser, Company
from core.branches.scope import branch_scope
from core.data import UserError, clock
from core.handbook.changing import Change, change
from core.handbook.models import Finding
from core.handbook.periods import period_of
from core.inspections import service
from core.inspections.items import items_on
from core.inspections.models import Inspection, InspectionResult
from pages import Page, most_options
from shop_checklists import OPENING, OPENING_ITEMS

PATH = "/core/inspections/shop/opening"
LIGHTS, TILL, CLEAN = "SHOP-R20.lights", "SHOP-R20.till", "SHOP-R21."
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xfc\xff\xff?\x03\x00\x08\xfc\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)
_days = itertools.count()


def verdicts(**changes: str) -> dict[str, str]:
    given = {"lights": "ok", "till": "ok", "clean": "n_a", **changes}
    names = {"lights": LIGHTS, "till": TILL, "clean": CLEAN}
    return {f"verdict:{names[each]}": value for each, value in given.items() if value}


def send(browser: Browser, do: str, path: str = PATH, **entered: Any) -> Any:
    return browser.post(path, {"do": do, **entered})


@pytest.fixture
def noon() -> Iterator[None]:
    """A day of its own for each test, so that none finds the round of another."""
    with clock.frozen(datetime(2031, 1, 1, 4, tzinfo=UTC) + timedelta(days=next(_days))):
        yield


def kept(company: Company, branch: str = "east") -> Inspection | None:
    with company.session(branch) as session:
        found = session.scalar(select(Inspection).where(Inspection.first_on == clock.today()))
        if found is not None:
            assert len(found.results) == 3
            session.expunge_all()
        return found


def findings(company: Company) -> list[Finding]:
    with company.session() as session:
        rows = session.scalars(select(Finding).where(Finding.entity == "core.inspection-result"))
        found = [each for each in rows if each.day == clock.today()]
        session.expunge_all()
        return found


def test_looking_at_the_form_writes_nothing(looked: Company, noon: None):
    page = looked.client_of("east.inspector").get(PATH)
    assert page.status_code == 200
    for text in ("The lights burn.", "The till has change.", "At most 3 things lie about.", "0 of 3"):
        assert text in page.text
    assert kept(looked) is None


def test_what_is_judged_is_kept_at_once_and_comes_back(looked: Company, noon: None):
    browser = looked.client_of("east.inspector")
    browser.get(PATH)
    answer = send(browser, "keep", **{f"verdict:{LIGHTS}": "not_ok", f"remark:{LIGHTS}": "One is out"})
    assert answer.json["done"] == 1
    assert answer.json["every"] == 3
    page = browser.get(PATH)
    entries = Page(page.text).entries
    assert entries[f"verdict:{LIGHTS}"] == "not_ok"
    assert entries[f"remark:{LIGHTS}"] == "One is out"
    assert "1 of 3" in page.text
    again = send(browser, "keep", **{f"verdict:{TILL}": "ok"})
    assert again.json["done"] == 2, "what another form sends leaves the rest as it is"


def test_a_round_is_finished_once_and_stays_as_it_is(looked: Company, noon: None):
    browser = looked.client_of("east.inspector")
    browser.get(PATH)
    answer = send(browser, "finish", **verdicts())
    assert answer.status_code == 302, answer.text
    found = kept(looked)
    assert found is not None
    assert (found.state, found.finished_by) == ("finished", looked.people["east.inspector"])
    assert answer.location == f"/core/inspection/{found.id}"
    assert send(browser, "finish", **verdicts(lights="not_ok")).status_code in (302, 409)
    late = send(browser, "keep", **verdicts(lights="not_ok"))
    assert late.status_code == 409
    assert "finished already" in late.json["error"]
    page = browser.get(answer.location)
    assert page.status_code == 200
    assert "Not in order" not in page.text
    assert findings(looked) == []


def test_what_is_not_in_order_is_a_finding_that_says_why(looked: Company, noon: None):
    browser = looked.client_of("east.inspector")
    browser.get(PATH)
    named = {f"remark:{CLEAN}": "Boxes", f"person:{CLEAN}": str(looked.people["east.clerk"])}
    answer = send(browser, "finish", **verdicts(clean="not_ok"), **named)
    assert answer.status_code == 302
    (found,) = findings(looked)
    assert (found.rule, found.outcome) == ("SHOP-R21", "not_ok")
    assert found.branch_id == looked.branches["east"]
    why = browser.get(f"/core/handbook/why/finding/{found.key}")
    assert why.status_code == 200
    assert "this was found not in order: At most 3 things lie about." in why.text
    assert "Boxes" in why.text
    page = browser.get(answer.location).text
    assert found.key in page
    assert "Boxes" in page
    item = browser.get(f"/core/inspection-result/{found.subject_id}")
    assert item.status_code == 200
    assert "At most 3 things lie about." in item.text


def test_an_item_without_a_verdict_or_a_word_keeps_the_round_open(looked: Company, noon: None):
    browser = looked.client_of("east.inspector")
    browser.get(PATH)
    answer = send(browser, "finish", **verdicts(till=""))
    assert answer.status_code == 400
    assert "Items not judged yet: 1." in answer.text
    bare = send(browser, "finish", **verdicts(till="not_ok"))
    assert bare.status_code == 400
    assert "Say what is not in order" in bare.text
    found = kept(looked)
    assert found is not None
    assert found.state == "open"
    assert Page(browser.get(PATH).text).entries[f"verdict:{TILL}"] == "not_ok", "what was judged stays"


def test_a_photo_is_kept_once_with_its_item_and_says_enough(looked: Company, noon: None):
    browser = looked.client_of("east.inspector")
    browser.get(PATH)
    for _again in range(2):
        photo = {f"photo:{TILL}": (io.BytesIO(PNG), "till.png")}
        answer = send(browser, "keep", **{f"verdict:{TILL}": "not_ok"}, **photo)
        assert answer.json["photos"] == {TILL: 1}
    assert send(browser, "finish", **verdicts(till="not_ok")).status_code == 302
    found = kept(looked)
    assert found is not None
    page = browser.get(f"/core/inspection/{found.id}").text
    assert "Photo 1" in page


@pytest.mark.parametrize(
    ("entered", "says"),
    [
        ({f"verdict:{LIGHTS}": "fine"}, "Choose one of the answers."),
        ({f"remark:{LIGHTS}": "x" * 501}, "at most 500"),
        ({f"person:{LIGHTS}": "999999"}, "Choose somebody of this branch."),
        ({f"person:{LIGHTS}": "somebody"}, "Choose somebody of this branch."),
    ],
)
def test_what_cannot_be_is_said_at_its_item(looked: Company, noon: None, entered: Any, says: str):
    browser = looked.client_of("east.inspector")
    browser.get(PATH)
    answer = send(browser, "keep", **entered)
    assert answer.status_code == 400
    assert says in answer.json["error"]
    assert answer.json["item"] == LIGHTS
    assert kept(looked) is None


def test_who_does_not_hold_the_position_fills_in_nothing(looked: Company, noon: None):
    for user, status in (("east.filler", 403), ("east.clerk", 403), ("admin", 200)):
        assert looked.client_of(user).get(PATH).status_code in (status, 404 if user == "admin" else status)
    browser = looked.client_of("east.filler")
    browser.get("/core/inspections/")
    assert send(browser, "keep", **verdicts()).status_code == 403
    assert kept(looked) is None
    assert looked.client_of("east.inspector").get("/core/inspections/shop/none").status_code == 404


def test_branches_make_their_own_rounds_and_do_not_see_each_other(looked: Company, noon: None):
    east, west = looked.client_of("east.inspector"), looked.client_of("west.inspector")
    for browser in (east, west):
        browser.get(PATH)
        assert send(browser, "finish", **verdicts()).status_code == 302
    own, other = kept(looked), kept(looked, "west")
    assert own is not None
    assert other is not None
    assert west.get(f"/core/inspection/{own.id}").status_code == 404
    assert west.get(f"/core/inspection/{other.id}").status_code == 200


def test_a_department_that_is_off_has_no_rounds(looked: Company, noon: None):
    looked.switch("shop", "east", on=False)
    try:
        assert looked.client_of("east.inspector").get(PATH).status_code == 404
    finally:
        looked.switch("shop", "east", on=True)


def test_a_branch_switches_a_checklist_off_from_a_day_on(looked: Company):
    day, west = date(2031, 3, 3), looked.branches["west"]
    with clock.frozen(datetime(2031, 3, 1, 4, tzinfo=UTC)), looked.session() as session:
        change(session, OPENING_ITEMS, Change("opening_checklist", west, day, False, "a test"), None)
    with looked.session("west") as session:
        names = [each.name for each in items_on(session, OPENING, west, date(2031, 3, 2))]
        assert names == [LIGHTS, TILL, CLEAN]
        assert [each.name for each in items_on(session, OPENING, west, day)] == [CLEAN]
        east = looked.branches["east"]
        assert len(items_on(session, OPENING, east, day)) == 3


def test_who_begins_a_moment_later_finds_what_is_begun(looked: Company):
    day, east = date(2031, 4, 4), looked.branches["east"]
    period, user = period_of(day, "days"), looked.people["east.inspector"]
    with looked.session("east") as session:
        items = items_on(session, OPENING, east, day)
        first = service.begun(session, OPENING, period, items, day, user).id
    with looked.session("east") as session:
        again = service.begun(session, OPENING, period, items, day, user)
        assert again.id == first
        assert session.scalar(select(func.count()).where(InspectionResult.inspection_id == first)) == 3


def test_only_open_rounds_take_verdicts(looked: Company):
    day, east = date(2031, 4, 5), looked.branches["east"]
    period, user = period_of(day, "days"), looked.people["east.inspector"]
    with looked.app.app_context(), branch_scope(east), looked.session("east") as session:
        items = items_on(session, OPENING, east, day)
        made = service.begun(session, OPENING, period, items, day, user)
        service.judge(session, made, {each.name: service.Judged("ok") for each in items}, user)
        service.finish(session, made, user)
        with pytest.raises(UserError):
            service.judge(session, made, {LIGHTS: service.Judged("not_ok")}, user)
        with pytest.raises(UserError):
            service.finish(session, made, user)


def test_whoever_is_responsible_is_searched_for_in_a_crowd(looked: Company, noon: None):
    looked.add_crowd("east", "shop.clerk")
    browser = looked.client_of("east.inspector")
    assert most_options(browser.get(PATH).text) == 1  # nobody is named yet
    found = browser.get("/core/delegations/colleagues?all=1&q=\u4f17150").json["results"]
    assert [each["hint"] for each in found] == ["crowd.150"]
    named = {f"person:{CLEAN}": found[0]["id"], f"remark:{CLEAN}": "Boxes"}
    assert send(browser, "save", **verdicts(clean="not_ok"), **named).status_code == 302
    page = browser.get(PATH).text
    assert most_options(page) == 2
    assert "\u4f17150" in page
    stranger = {f"person:{CLEAN}": str(looked.people["west.inspector"])}
    assert send(browser, "save", **stranger).status_code == 400
