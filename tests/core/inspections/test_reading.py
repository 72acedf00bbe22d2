"""What waits for the inspector, and what the month came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from company import Company, counted
from core.data import clock
from core.handbook.changing import Change, proposed
from core.handbook.kinds import Checklist
from core.handbook.periods import period_of
from core.handbook.preview import Previewed
from core.inspections import duty, service, sums
from core.inspections.items import items_on
from core.inspections.previewing import of_checklists
from core.measures.months import Months
from shop_checklists import CLEAN, OPENING, OPENING_ITEMS

DAY = date(2032, 2, 3)


@pytest.fixture
def wednesday() -> Iterator[None]:
    with clock.frozen(datetime(2032, 2, 4, 4, tzinfo=UTC)):
        yield


def make(company: Company, branch: str, day: date, *given: str, finished: bool = True) -> None:
    """A round with these verdicts."""
    user, branch_id = company.people["east.inspector"], company.branches[branch]
    with company.session(branch) as session:
        items = items_on(session, OPENING, branch_id, day)
        made = service.begun(session, OPENING, period_of(day, "days"), items, day, user)
        entered = {
            item.name: service.Judged(verdict, remark="Broken")
            for item, verdict in zip(items, given, strict=False)
        }
        service.judge(session, made, entered, user)
        if finished:
            service.finish(session, made, user)


def test_rounds_wait_until_they_are_finished(looked: Company, wednesday: None):
    browser = looked.client_of("east.inspector")
    page = browser.get("/my-work/").text
    assert "Opening round" in page
    assert "Store round" in page
    assert "Roof round" not in page, "nothing is looked at there"
    assert "Opening round" not in looked.client_of("east.filler").get("/my-work/").text
    make(looked, "east", date(2032, 2, 4), "ok", finished=False)
    assert "1 of 3 judged" in browser.get("/my-work/").text
    make_done = {f"verdict:SHOP-R20.{each}": "ok" for each in ("lights", "till")}
    browser.get("/core/inspections/shop/opening")
    sent = {"do": "finish", "verdict:SHOP-R21.": "ok", **make_done}
    assert browser.post("/core/inspections/shop/opening", sent).status_code == 302
    assert "Opening round" not in browser.get("/my-work/").text
    index = browser.get("/core/inspections/").text
    assert "Completed" in index
    assert "Not begun" in index


def test_a_round_left_open_can_still_be_finished(looked: Company, wednesday: None):
    make(looked, "west", DAY, "ok", finished=False)
    browser = looked.client_of("west.inspector")
    address = "/core/inspections/shop/opening?on=2032-02-03"
    assert address in browser.get("/my-work/").text
    assert address in browser.get("/core/inspections/").text
    assert browser.get(address).status_code == 200
    missing = browser.get("/core/inspections/shop/opening?on=2032-02-01")
    assert missing.status_code == 404, "a day on which nobody began is not begun afterwards"
    browser.get(address)
    sent = {"do": "finish", **{f"verdict:{each}": "ok" for each in ("SHOP-R20.lights", "SHOP-R20.till")}}
    sent["verdict:SHOP-R21."] = "n_a"
    assert browser.post(address, sent).status_code == 302
    assert address not in browser.get("/my-work/").text


def test_a_month_is_counted_by_round_and_branch(looked: Company):
    make(looked, "east", date(2032, 5, 3), "ok", "not_ok", "n_a")
    make(looked, "east", date(2032, 5, 4), "ok", "ok", "ok")
    make(looked, "east", date(2032, 5, 5), "not_ok", finished=False)
    make(looked, "west", date(2032, 5, 31), "not_ok", "n_a", "n_a")
    with looked.session() as session, counted(looked.database) as statements:
        east, west = sums.by_round(session, "2032-05")
        assert len([each for each in statements if "core_inspection" in each]) == 1
        assert (east.inspections, east.ok, east.not_ok, east.not_applicable) == (2, 4, 1, 1)
        assert (west.inspections, west.ok, west.not_ok, west.not_applicable) == (1, 0, 1, 2)
        worst = sums.worst(session, "2032-05")
        assert [(each.item, each.count) for each in worst] == [("lights", 1), ("till", 1)]
        assert sums.by_round(session, "2032-04") == []
        months = Months("2032-06", date(2032, 6, 2))
        found = {
            (each.branch_id, each.month): (each.amount, each.of) for each in sums.in_order(session, months)
        }
    assert found[looked.branches["east"], "2032-05"] == (4, 5)
    assert found[looked.branches["west"], "2032-05"] == (0, 1)


def test_the_report_says_how_many_rounds_were_due_and_which_nobody_made(looked: Company):
    make(looked, "east", date(2031, 7, 1), "ok", "ok", "ok")
    make(looked, "east", date(2031, 7, 30), "ok", "ok", "ok")
    make(looked, "east", date(2031, 7, 31), "ok", finished=False)
    branch_id = looked.branches["east"]
    with looked.session("east") as session:
        july = duty.of_month(session, (branch_id,), "2031-07", date(2031, 8, 9))
        so_far = duty.of_month(session, (branch_id,), "2031-07", date(2031, 7, 11))
    assert july[branch_id, "shop.opening"] == duty.Duty(31, 2)
    assert so_far[branch_id, "shop.opening"] == duty.Duty(10, 1)
    assert july[branch_id, "shop.store"].made == 0, "nobody ever began one"
    assert july[branch_id, "shop.store"].due > 0
    assert (branch_id, "shop.roof") not in july, "nothing is looked at there"
    with clock.frozen(datetime(2031, 8, 9, 4, tzinfo=UTC)):
        page = looked.client_of("east.inspector").get("/core/inspections/report?month=2031-07").text
    assert "2 of 31" in page
    assert "Store round" in page


def test_the_report_shows_shares_and_leads_to_the_items(looked: Company):
    make(looked, "east", date(2032, 7, 1), "ok", "ok", "not_ok")
    with clock.frozen(datetime(2032, 7, 2, 4, tzinfo=UTC)):
        browser = looked.client_of("east.inspector")
        page = browser.get("/core/inspections/report?month=2032-07").text
        assert "66.7%" in page
        assert "At most 3 things lie about." in page
        address = sums.list_of("2032-07", round="shop.opening", verdict="not_ok")
        assert address.replace("&", "&amp;") in page
        rows = browser.get(address)
        assert rows.status_code == 200
        assert "At most 3 things lie about." in rows.text
        assert "The lights burn." not in rows.text
        assert browser.get("/core/inspections/report?month=2099-01").status_code == 200
        chinese = looked.client_of("east.inspector", "zh").get("/core/inspections/report?month=2032-07").text
        assert "合格" in chinese
    assert looked.client_of("east.filler").get("/core/inspections/report").status_code == 403
    assert sums.Counts(1, "x", 1, 2, 1, 5).judged == Decimal(3)


def test_programs_read_inspections_and_items(looked: Company):
    make(looked, "east", date(2032, 8, 1), "ok", "ok", "not_ok")
    call = looked.api_of("east.inspector")
    of_the_day = "(col:day,opr:eq,value:'2032-08-01')"
    answer = call("GET", f"/api/v1/core/inspection/?q=(filters:!({of_the_day}))")
    assert answer.status_code == 200, answer.text
    assert answer.json["count"] == 1
    bad = "(col:verdict,opr:eq,value:not_ok)"
    items = call("GET", f"/api/v1/core/inspection-result/?q=(filters:!({of_the_day},{bad}))")
    assert items.json["count"] == 1
    assert call("POST", "/api/v1/core/inspection/", json={}).status_code in (403, 405)


def test_the_handbook_says_what_a_checklist_did(looked: Company):
    with clock.frozen(datetime(2032, 9, 2, 4, tzinfo=UTC)):
        make(looked, "east", date(2032, 9, 1), "ok", "ok", "not_ok")
        browser = looked.client_of("east.inspector")
        assert "2 judged" in browser.get("/core/handbook/rule/SHOP-R20").text
        clean = browser.get("/core/handbook/rule/SHOP-R21").text
        assert "1 judged" in clean
        assert "1 not in order" in clean


def previewed(company: Company, rule: Checklist, name: str, value: Any) -> list[tuple[Any, Any]]:
    """What the rounds of the last year asked by a rule, and what they would have asked."""
    found = Previewed(rule, DAY - timedelta(days=300))
    row = proposed(rule, Change(name, company.branches["east"], DAY, value, "to see"))
    with company.app.test_request_context(), company.session("east") as session:
        of_checklists(session, rule, row, found)
    assert found.judged
    assert found.count in (0, found.judged)
    return list({(each.before, each.after) for each in found.otherwise})


def test_a_preview_says_what_the_rounds_would_have_asked(looked: Company, wednesday: None):
    make(looked, "east", date(2032, 2, 2), "ok", "ok", "ok")
    assert previewed(looked, CLEAN, "most", 3) == []
    assert previewed(looked, CLEAN, "most", 5) == [
        ("At most 3 things lie about.", "At most 5 things lie about.")
    ]
    off = previewed(looked, OPENING_ITEMS, "opening_checklist", False)
    assert off == [("The lights burn., The till has change.", "Not asked")]
