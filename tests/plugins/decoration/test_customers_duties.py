"""What customers make due and whom it is told: calls, designers, the day's collection, the manager's reading."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from company import Api, Company
from core.data import clock
from core.handbook.models import NOT_IN_ORDER, Finding
from core.inspections import service
from core.inspections.items import is_asked, items_of_rounds
from core.inspections.kinds import NOT_OK
from core.inspections.rhythm import Period
from core.messages.models import Outgoing
from core.worklist.models import Obligation
from core.worklist.planner import plan_night
from decoration_calls import Works, called
from decoration_company import BY_ID, HERE, entered, setting_changed
from plugins.decoration.inspections import INSPECTIONS
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules.names_callbacks import PROSPECT
from plugins.decoration.rules.names_customers import SERVICE_ROUND

PATH = "/api/v1/decoration/customer/"
TODAY = clock.today()


@pytest.fixture(scope="module")
def specialist(company: Company) -> Api:
    return company.api_of(f"{HERE}.specialist")


def added(api: Api, **values: Any) -> int:
    answer = api("POST", PATH, json=entered(**values))
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def moved(api: Api, record: int, move: str, entity: str = "customer", **sent: Any) -> None:
    answer = api("POST", f"/api/v1/decoration/{entity}/{record}/{move}", json=sent)
    assert answer.status_code == 200, answer.text


def owed(company: Company, rule: str, record: int | None = None) -> list[tuple[date, str]]:
    asked = select(Obligation.due_on, Obligation.state).where(Obligation.rule == rule)
    if record is not None:
        asked = asked.where(Obligation.record_id == record)
    with company.session(HERE) as session:
        rows = session.execute(asked.where(Obligation.merged_into.is_(None)).order_by(Obligation.due_on))
        return [(row[0], row[1]) for row in rows]


def states(company: Company, rule: str, record: int) -> list[str]:
    return [state for _day, state in owed(company, rule, record)]


def test_a_prospect_of_field_sales_is_called_within_the_days_that_are_set(
    company: Company, specialist: Api
) -> None:
    assert owed(company, "DEC-R02", added(specialist)) == []  # no days are set
    setting_changed(company, "DEC-R02", "prospect_contact_days", 2, TODAY)
    called, lost, store = added(specialist), added(specialist), added(specialist, source="store")
    assert states(company, "DEC-R02", called) == ["open"]
    assert owed(company, "DEC-R02", called)[0][0] > TODAY
    assert owed(company, "DEC-R02", store) == []
    moved(specialist, called, "contact", call_result="约下周")
    assert states(company, "DEC-R02", called) == ["done"]
    moved(company.api_of(f"{HERE}.manager"), lost, "lose", lost_why="已选别家")
    assert states(company, "DEC-R02", lost) == ["dropped"]


def test_who_shows_intent_is_contacted_within_the_days_that_are_set(
    company: Company, specialist: Api
) -> None:
    first = added(specialist, intent=True)
    assert owed(company, "DEC-R08", first) == []  # no days are set
    setting_changed(company, "DEC-R08", "intent_followup_days", 1, TODAY)
    cold, warm = added(specialist), added(specialist)
    moved(specialist, cold, "contact", call_result="暂无打算")
    assert owed(company, "DEC-R08", cold) == []
    moved(specialist, warm, "contact", call_result="想看样板间", intent=True)
    assert states(company, "DEC-R08", warm) == ["open"]
    saved = specialist("PUT", f"{PATH}{warm}", json={"needs": "三居室"})
    assert saved.status_code == 200, saved.text
    assert states(company, "DEC-R08", warm) == ["open"]  # the intent is not shown a second time
    moved(specialist, warm, "book")
    assert states(company, "DEC-R08", warm) == ["done"]
    keen = added(specialist, intent=True)
    assert states(company, "DEC-R08", keen) == ["open"]
    called(specialist, Works(keen), PROSPECT)
    assert states(company, "DEC-R08", keen) == ["done"]
    with company.session(HERE) as session:
        assert session.get_one(Customer, keen).state == "contacted", "called for the first time"


def test_who_needs_a_designer_is_told_to_the_design_department_once(
    company: Company, specialist: Api
) -> None:
    def told(record: int) -> list[int | None]:
        asked = select(Outgoing.user_id).where(Outgoing.rule == "DEC-R04", Outgoing.record_id == record)
        with company.session(HERE) as session:
            return list(session.scalars(asked))

    known = added(specialist)
    assert told(known) == []
    for values in ({"needs_designer": True}, {"needs": "日式"}):
        assert specialist("PUT", f"{PATH}{known}", json=values).status_code == 200
        assert told(known) == [company.people[f"{HERE}.designer"]]


def test_the_days_collection_is_reported_the_same_day(company: Company, specialist: Api) -> None:
    added(specialist)
    found = specialist("GET", "/api/v1/decoration/collection/").json["result"]
    mine = company.people[f"{HERE}.specialist"]
    (day,) = [each for each in found if each["specialist_id"] == mine]
    kept = specialist("GET", f"/api/v1/decoration/collection/{day['id']}").json["result"]
    before = kept["files"]
    assert before >= 1
    assert owed(company, "DEC-R60", day["id"]) == [(TODAY, "open")]
    added(specialist)  # the same day: nothing more is owed
    assert owed(company, "DEC-R60", day["id"]) == [(TODAY, "open")]
    other = company.api_of(f"{HERE}.vip-keeper")
    refused = other("POST", f"/api/v1/decoration/collection/{day['id']}/hand-in", json={})
    assert refused.status_code == 403
    moved(specialist, day["id"], "hand-in", "collection", remark="两位到店")
    assert owed(company, "DEC-R60", day["id"]) == [(TODAY, "done")]
    assert (
        specialist("GET", f"/api/v1/decoration/collection/{day['id']}").json["result"]["files"] == before + 1
    )


def test_sales_who_hand_in_prospects_owe_no_report(company: Company) -> None:
    before = len(owed(company, "DEC-R60"))
    added(company.api_of(f"{HERE}.sales"))
    assert len(owed(company, "DEC-R60")) == before


def test_the_manager_owes_a_reading_of_the_files_each_working_day(company: Company) -> None:
    monday = TODAY + timedelta(days=7 - TODAY.weekday())
    night = datetime.combine(TODAY, time(1), ZoneInfo(clock.DEFAULT_TIME_ZONE))
    with clock.frozen(night), company.session(HERE) as session:
        plan_night(session, TODAY)
    due = [day for day, _state in owed(company, "DEC-R34")]
    assert due == sorted(set(due))
    assert monday in due
    assert monday + timedelta(days=5) not in due  # Saturday's is read on Monday
    with clock.frozen(night + timedelta(days=7, hours=9)):
        manager = company.api_of(f"{HERE}.manager")
        made = manager("POST", "/api/v1/decoration/file-reading/", json={"backup_place": "B柜"})
    assert made.status_code == 201, made.text
    assert [state for _day, state in owed(company, "DEC-R34")].count("done") == 1


@pytest.mark.parametrize(("rule", "switch", "off"), [("DEC-R18", "equal_treatment_note", False)])
def test_the_manager_looks_at_the_service_until_an_item_is_switched_off(
    company: Company, rule: str, switch: str, off: Any
) -> None:
    day, manager = clock.today(), company.people[f"{HERE}.manager"]
    with company.session(HERE) as session:
        items = items_of_rounds(session, INSPECTIONS, company.branches[HERE], day)[SERVICE_ROUND]
        asked = [each.rule.id for each in items]
        (round_,) = [each for each in INSPECTIONS if each.id == SERVICE_ROUND]
        made = service.begun(session, round_, Period(day, day), items, day, manager)
        service.judge(session, made, {each.name: service.Judged(NOT_OK, "所见") for each in items}, manager)
        service.finish(session, made, manager)
        found = set(session.scalars(select(Finding.rule).where(Finding.outcome == NOT_IN_ORDER)))
    assert (asked.count("DEC-R18"), asked.count("DEC-R89")) == (1, 4)
    assert {"DEC-R18", "DEC-R89"} <= found
    defaults = {each.name: each.default for each in BY_ID[rule].settings}
    assert is_asked(BY_ID[rule], defaults)
    assert not is_asked(BY_ID[rule], {**defaults, switch: off})
    setting_changed(company, "DEC-R89", "four_goods", ("image", "brand"), day)
    with company.session(HERE) as session:
        left = items_of_rounds(session, INSPECTIONS, company.branches[HERE], day)[SERVICE_ROUND]
    assert [each.rule.id for each in left].count("DEC-R89") == 2
