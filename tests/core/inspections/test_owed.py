"""Rounds are owed: asked for once in each period, ended by the round, late, raised and missed; not where they rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

import shop_checklists as lists
from company import Company
from core.handbook.changing import Change, change, proposed
from core.handbook.explain import explain_rule
from core.handbook.kinds import Cadence, Rule
from core.handbook.preview import Previewed
from core.handbook.replay import replay
from core.inspections import service
from core.inspections.items import items_on
from core.inspections.judging import judged
from core.inspections.kinds import OK, InspectionRound
from core.inspections.models import Inspection
from core.inspections.rhythm import period_on
from core.worklist.models import Obligation
from core.worklist.previewing_series import of_cadences
from core.worklist.why import explain_obligation
from duties import at, dues, night, owed
from shop_rounds import DAILY, OFTEN, ROUNDS, RULES, STORE_ROUND, looked_through

MONDAY = date(2026, 11, 2)
SUNDAY = date(2026, 11, 8)
DAY = timedelta(days=1)


@pytest.fixture
def shop(own_company: Company) -> Iterator[Company]:
    with looked_through(own_company):
        yield own_company


def make(
    company: Company, round_: InspectionRound, day: date, branch: str = "east", finished: bool = True
) -> int:
    """A round is begun, judged and, unless it is left open, finished on a day."""
    user, branch_id = company.people[f"{branch}.inspector"], company.branches[branch]
    with at(day), company.session(branch) as session:
        period = period_on(session, round_, branch_id, day)
        assert period is not None
        items = items_on(session, round_, branch_id, day)
        made = service.begun(session, round_, period, items, day, user)
        service.judge(session, made, {each.name: service.Judged(OK) for each in items}, user)
        if finished:
            service.finish(session, made, user)
        return int(made.id)


def finish(company: Company, number: int, day: date) -> None:
    with at(day), company.session("east") as session:
        made = session.get_one(Inspection, number)
        service.finish(session, made, company.people["east.inspector"])


def set_on(company: Company, rule: Rule, name: str, day: date, value: Any, entered: date = MONDAY) -> None:
    with at(entered), company.session() as session:
        wanted = Change(name, company.branches["hq"], day, value, "as the meeting decided")
        change(session, rule, wanted, company.people["admin"])


def resting(company: Company, day: date, entered: date = MONDAY) -> None:
    """Nothing is looked at before opening from a day on."""
    set_on(company, lists.OPENING_ITEMS, "opening_checklist", day, False, entered)
    set_on(company, lists.CLEAN, "most", day, None, entered)


def test_each_period_is_asked_for_once(shop: Company):
    for _twice in range(2):
        night(shop, MONDAY)
    assert dues(shop, DAILY) == ["2026-11-02 open"]
    assert dues(shop, OFTEN) == ["2026-11-08 open"], "the week's last day, a Sunday: rounds are not put off"
    for each in (1, 1, 2):
        night(shop, MONDAY + each * DAY)
    assert [each.due_on.day for each in owed(shop, DAILY)] == [2, 3, 4]
    assert len(owed(shop, OFTEN)) == 1
    (store,) = owed(shop, OFTEN)
    assert (store.starts_on, store.occurrence) == (MONDAY - DAY, "2026-11-08")
    assert (store.entity, store.record_id) == ("core.branch", shop.branches["east"])
    assert (store.owner_position, store.owner_id) == ("shop.inspector", None)
    assert owed(shop, DAILY, "west") == [], "each branch plans its own"


def test_the_finished_round_ends_it_and_no_other(shop: Company):
    night(shop, MONDAY)
    night(shop, MONDAY + DAY)
    left = make(shop, lists.OPENING, MONDAY, finished=False)
    assert dues(shop, DAILY) == ["2026-11-02 open", "2026-11-03 open"], "it is not finished"
    made = make(shop, lists.OPENING, MONDAY + DAY)
    assert dues(shop, DAILY) == ["2026-11-02 open", "2026-11-03 done"], "each ends its own day"
    done = owed(shop, DAILY, state="done")[0]
    assert (done.closed_entity, done.closed_record) == ("core.inspection", made)
    assert done.closed_by == shop.people["east.inspector"]
    finish(shop, left, MONDAY + DAY)
    assert dues(shop, DAILY) == ["2026-11-02 done", "2026-11-03 done"]
    assert dues(shop, OFTEN) == ["2026-11-08 open"]
    make(shop, STORE_ROUND, MONDAY + DAY)
    for each in range(2, 8):
        night(shop, MONDAY + each * DAY)
    assert dues(shop, OFTEN) == ["2026-11-08 done", "2026-11-15 open"]


def test_what_is_not_made_is_late_goes_up_and_is_missed(shop: Company):
    def state() -> tuple[Any, ...]:
        first = owed(shop, DAILY)[0]
        return first.state, first.late_on, first.step

    night(shop, MONDAY)
    assert state() == ("open", None, 0)
    night(shop, MONDAY + DAY)
    assert state() == ("open", MONDAY + DAY, 1), "raised on the first day on which it is late"
    night(shop, MONDAY + 2 * DAY)
    assert state() == ("open", MONDAY + DAY, 2)
    night(shop, MONDAY + 3 * DAY)
    assert state()[0] == "open"
    night(shop, MONDAY + 4 * DAY)
    assert state() == ("missed", MONDAY + DAY, 2)
    left = make(shop, lists.OPENING, MONDAY + 4 * DAY)
    assert left
    assert state()[0] == "missed"
    assert {each.late_on for each in owed(shop, OFTEN)} == {None}, "the week is not over"


def test_a_planner_that_was_down_catches_up_once(shop: Company):
    night(shop, MONDAY)
    make(shop, lists.OPENING, MONDAY)
    made = make(shop, lists.OPENING, MONDAY + 2 * DAY)
    for _twice in range(2):
        night(shop, MONDAY + 4 * DAY)
    assert dues(shop, DAILY) == [
        "2026-11-02 done",
        "2026-11-03 open",
        "2026-11-04 done",
        "2026-11-05 open",
        "2026-11-06 open",
    ]
    _first, late, before_asked, later, today = owed(shop, DAILY)
    assert (late.late_on, late.step) == (date(2026, 11, 4), 2), "on the days on which it really fell late"
    assert (later.late_on, later.step) == (date(2026, 11, 6), 1)
    assert (today.late_on, before_asked.late_on) == (None, None)
    assert (before_asked.closed_record, before_asked.closed_by) == (made, shop.people["east.inspector"])
    assert dues(shop, OFTEN) == ["2026-11-08 open"]


def test_a_round_that_rests_is_not_asked_for(shop: Company):
    resting(shop, MONDAY + DAY)
    for each in range(3):
        night(shop, MONDAY + each * DAY)
    assert [each.due_on for each in owed(shop, DAILY)] == [MONDAY]
    assert dues(shop, OFTEN) == ["2026-11-08 open"], "another round goes on"
    set_on(shop, lists.CLEAN, "most", MONDAY + 3 * DAY, 5)
    night(shop, MONDAY + 3 * DAY)
    assert [each.due_on.day for each in owed(shop, DAILY)] == [2, 5]


def test_what_rests_by_a_setting_that_was_entered_later_that_day_is_dropped(shop: Company):
    night(shop, MONDAY)
    resting(shop, MONDAY)
    night(shop, MONDAY + DAY)
    assert dues(shop, DAILY) == ["2026-11-02 dropped"]
    assert owed(shop, DAILY)[0].late_on is None


def test_when_how_often_changes_what_is_open_is_planned_anew(shop: Company):
    night(shop, MONDAY)
    set_on(shop, OFTEN, "every", MONDAY + 2 * DAY, 2)
    night(shop, MONDAY + DAY)
    assert dues(shop, OFTEN) == ["2026-11-08 open"], "not yet"
    night(shop, MONDAY + 2 * DAY)
    assert sorted(dues(shop, OFTEN)) == ["2026-11-08 dropped", "2026-11-15 open"]
    night(shop, MONDAY + 7 * DAY)
    assert sorted(dues(shop, OFTEN)) == ["2026-11-08 dropped", "2026-11-15 open"]
    set_on(shop, OFTEN, "every", MONDAY + 8 * DAY, None, MONDAY + 7 * DAY)
    night(shop, MONDAY + 8 * DAY)
    assert sorted(dues(shop, OFTEN)) == ["2026-11-08 dropped", "2026-11-15 dropped"], (
        "a round without a figure rests"
    )
    set_on(shop, OFTEN, "every", MONDAY + 9 * DAY, 1, MONDAY + 8 * DAY)
    night(shop, MONDAY + 9 * DAY)
    assert sorted(dues(shop, OFTEN)) == [
        "2026-11-08 dropped",
        "2026-11-15 dropped",
        "2026-11-15 open",
    ], "the same day may come again"
    with shop.session() as session:
        found = replay(session)
    assert found.differences == []
    assert found.judged >= len(owed(shop, OFTEN))


def test_a_round_of_a_plugin_that_is_off_is_not_asked_for(shop: Company):
    shop.switch("shop", "west", on=False)
    try:
        night(shop, MONDAY, "west")
        assert owed(shop, branch="west") == []
    finally:
        shop.switch("shop", "west", on=True)
    night(shop, MONDAY + DAY, "west")
    assert [each.due_on for each in owed(shop, DAILY, "west")] == [MONDAY + DAY], "nor is what is over"


def test_a_round_that_came_to_another_day_in_the_rule_book_differs_in_a_replay(shop: Company):
    night(shop, MONDAY)
    with shop.session("east") as session:
        row = session.scalars(select(Obligation).where(Obligation.rule == OFTEN.id)).one()
        row.nominal_on = row.due_on = SUNDAY - DAY
    with shop.session() as session:
        assert [each.rule for each in replay(session).differences] == [OFTEN.id]


def test_people_find_it_in_my_work(shop: Company):
    night(shop, MONDAY)
    with at(MONDAY):
        work = shop.client_of("east.inspector").get("/my-work/").text
        assert work.count("Opening round<") == 1
        assert "Opening rounds" not in work, "the round itself is the line, as it is what is done"
        assert "Opening rounds" in shop.client_of("east.inspector").get("/core/obligation/").text
        assert "Opening rounds" not in shop.client_of("east.clerk").get("/my-work/").text
    night(shop, MONDAY + DAY)
    with at(MONDAY + DAY):
        assert "Opening rounds" in shop.client_of("east.inspector").get("/my-work/").text
        assert "Opening rounds" in shop.client_of("east.clerk").get("/my-work/").text, "raised to the clerk"
        assert "Opening rounds" not in shop.client_of("east.manager").get("/my-work/").text
        page = f"/core/obligation/{owed(shop, DAILY)[0].id}"
        shown = shop.client_of("east.inspector").get(page).text
        assert "Shop rules 11" in shown
        assert f"{page}/close" not in shown, "only the round ends it"
        rule = shop.client_of("east.inspector").get(f"/core/handbook/rule/{DAILY.id}").text
    assert "1 fallen late" in rule
    make(shop, lists.OPENING, MONDAY + DAY)
    with at(MONDAY + DAY):
        assert "Opening round<" not in shop.client_of("east.inspector").get("/my-work/").text


def test_what_was_begun_and_is_late_is_one_line_the_round_itself(shop: Company):
    night(shop, MONDAY)
    make(shop, lists.OPENING, MONDAY, finished=False)
    night(shop, MONDAY + DAY)
    with at(MONDAY + DAY):
        work = shop.client_of("east.inspector").get("/my-work/").text
        raised = shop.client_of("east.clerk").get("/my-work/").text
    assert f"?on={MONDAY.isoformat()}" in work
    assert "Opening rounds" not in work
    assert "Opening rounds" in raised


def test_it_says_why(shop: Company):
    night(shop, MONDAY)
    with shop.app.test_request_context(), shop.session("east") as session:
        row = session.scalars(select(Obligation).where(Obligation.rule == OFTEN.id)).one()
        why = explain_obligation(session, row).text
        rule = explain_rule(session, OFTEN, shop.branches["east"], MONDAY).text
    assert "due on Nov 8, 2026" in why
    assert "SHOP-R31 (Shop rules 11) says: The store is looked at every 1 week" in rule.replace(
        "weeks", "week"
    )
    assert "Shop rules 11" in why


def test_a_preview_says_which_rounds_would_fall_away_or_come_beside(shop: Company):
    for each in range(21):
        night(shop, MONDAY + each * DAY)
    row = proposed(OFTEN, Change("every", shop.branches["hq"], MONDAY, 2, "to see"))
    same = proposed(OFTEN, Change("every", shop.branches["hq"], MONDAY, 1, "to see"))
    came = []
    for each in (row, same):
        found = Previewed(OFTEN, MONDAY - 30 * DAY)
        with at(MONDAY + 20 * DAY), shop.app.test_request_context(), shop.session("east") as session:
            of_cadences(session, OFTEN, each, found)
        came.append((found.judged, [(other.before, other.after) for other in found.otherwise]))
    sundays = [SUNDAY + 7 * each * DAY for each in range(4)]
    assert came == [
        (4, [(None, sundays[3]), (sundays[2], None), (sundays[0], None)]),
        (3, []),
    ]


def test_a_rule_that_asks_for_a_round_is_judged(shop: Company):
    rounds, rules = {each.id: each for each in ROUNDS}, {each.id: each for each in RULES}

    def wrong(rule: Cadence, others: dict[str, Rule] | None = None) -> str:
        known = {**rules, **(others or {}), rule.id: rule}
        return "; ".join(judged([rule], (), rounds, known, {"shop.inspector"}))

    assert wrong(DAILY) == wrong(OFTEN) == ""
    assert "there is no inspection round shop.attic" in wrong(replace(DAILY, round="shop.attic"))
    assert "is made by shop.inspector" in wrong(replace(DAILY, owner="shop.clerk"))
    assert "core.inspection.shop-opening-finished" in wrong(replace(DAILY, closed_by=()))
    assert "leave out anchor, roll" in wrong(replace(DAILY, anchor="since", roll="next"))
    assert "asks for the round shop.opening already" in wrong(replace(DAILY, id="SHOP-R32"))
    assert "a setting of this rule" in wrong(replace(OFTEN, id="SHOP-R33"))
