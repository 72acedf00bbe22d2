"""Complaints from the telephone call to the call-back: who does what, what the rule book asks for, and what recurs."""
# zh-ok-file: example data

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from company import Company
from core.data import clock
from core.worklist.models import Obligation
from decoration_company import HERE, customer, house, setting_changed
from decoration_complaints import (
    PATH,
    called_back,
    complaint,
    crew,
    kept,
    moved,
    person,
    site,
    told,
    walked,
    who,
)
from plugins.decoration.models.complaints import Complaint

CLOSED, VERIFIED = "closed", "verified"
INVOLVED = "/api/v1/decoration/involved/"


def refused(answer: Any, *fields: str) -> None:
    assert answer.status_code in (400, 422), answer.text
    assert set(answer.json["errors"]) == set(fields)


def answers_owed(company: Company, number: int) -> list[Obligation]:
    with company.session(HERE) as session:
        rows = session.scalars(
            select(Obligation).where(Obligation.rule == "DEC-R59", Obligation.record_id == number)
        ).all()
        session.expunge_all()
        return list(rows)


def at(company: Company, number: int, move: str) -> int:
    """A complaint that has come to just before a move."""
    order = ("record", "respond", "assign", "handle", "resolve", "verify", "close")
    walked(company, number, order[order.index(move) - 1], responsible_id=person(company, "designer"))
    return number


def test_a_complaint_goes_through_its_flow_and_ends_with_a_call_back(company: Company) -> None:
    number = complaint(company, customer(company, "F-1"))
    assert kept(company, PATH, number)["state"] == "received"
    assert moved(company, PATH, number, "respond", "assistant", response="请稍候").status_code == 409
    refused(moved(company, PATH, number, "record", "assistant"), "kind")
    at(company, number, "close")
    refused(moved(company, PATH, number, "close", "specialist"), "call_back_said")
    called_back(company, "complaint", number)
    found = kept(company, PATH, number)
    assert (found["state"], found["closed"]) == (CLOSED, True)
    assert found["called_back_on"] == clock.today().isoformat()
    assert found["called_back_by"] == found["verified_by"] == person(company, "specialist")


def test_a_complaint_says_who_took_it_down_and_in_which_phase(company: Company) -> None:
    owner, place = site(company, "F-2")
    number = complaint(company, owner, site_id=place)
    found = kept(company, PATH, number)
    assert found["number"].startswith("TS")
    assert found["phase"] == "pre_sale"
    assert found["received_by"] == person(company, "specialist")
    assert found["house_id"] is not None
    sent = {"customer_id": customer(company, "F-3"), "channel": "visit", "content": "x", "site_id": place}
    refused(who(company, "specialist")("POST", PATH, json=sent), "site_id")
    later = (clock.now() + timedelta(hours=2)).isoformat()
    sent = {"customer_id": owner, "channel": "visit", "content": "x", "received_at": later}
    refused(who(company, "specialist")("POST", PATH, json=sent), "received_at")


def test_a_complaint_is_to_be_answered_24_hours_after_it_came(company: Company) -> None:
    """The hours are those of the clock, from the moment at which it came and not from that at which it was entered."""
    now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    with clock.frozen(now):
        came = now - timedelta(hours=5)
        number = complaint(company, customer(company, "A-1"), received_at=came.isoformat())
        (owed,) = answers_owed(company, number)
        assert owed.due_at == came + timedelta(hours=24)
        assert owed.owner_position == "decoration.assistant"
        setting_changed(company, "DEC-R59", "complaint_response_hours", 2, clock.today())
        (owed,) = answers_owed(company, complaint(company, customer(company, "A-2")))
        assert owed.due_at == now + timedelta(hours=2)
        setting_changed(company, "DEC-R59", "complaint_response_hours", 24, clock.today() + timedelta(days=1))


def test_the_answer_ends_what_is_owed(company: Company) -> None:
    number = complaint(company, customer(company, "A-3"))
    walked(company, number, "record")
    assert [each.state for each in answers_owed(company, number)] == ["open"]
    assert moved(company, PATH, number, "respond", "specialist", response="x").status_code == 403
    answered = moved(company, PATH, number, "respond", "assistant", response="已致歉")
    assert answered.status_code == 200
    assert [each.state for each in answers_owed(company, number)] == ["done"]
    found = kept(company, PATH, number)
    assert found["responded_by"] == person(company, "assistant")
    assert found["responded_at"] <= found["respond_until"]


def test_the_manager_is_told_of_a_complaint_at_once(company: Company) -> None:
    number = complaint(company, customer(company, "A-4"))
    assert (person(company, "manager"), number) in told(company, "DEC-R59-B")
    assert {user for user, _record in told(company, "DEC-R59-B")} == {person(company, "manager")}


def test_an_upheld_complaint_names_who_is_responsible(company: Company) -> None:
    number = at(company, complaint(company, customer(company, "R-1")), "assign")
    upheld = {"justified": True, "opinion": "返工"}
    refused(moved(company, PATH, number, "assign", "manager", **upheld), "responsible_id")
    refused(moved(company, PATH, number, "assign", "manager", justified=False), "opinion")
    assert moved(company, PATH, number, "assign", "specialist", **upheld).status_code == 403
    named = moved(company, PATH, number, "assign", "manager", crew_id=crew(company, "第九工队"), **upheld)
    assert named.status_code == 200
    other = at(company, complaint(company, customer(company, "R-2")), "assign")
    setting_changed(company, "DEC-R35", "responsible_person_required", False, clock.today())
    assert moved(company, PATH, other, "assign", "manager", justified=True).status_code == 200
    setting_changed(company, "DEC-R35", "responsible_person_required", True, clock.today())


def test_a_result_is_verified_by_what_shows_it(company: Company) -> None:
    number = at(company, complaint(company, customer(company, "V-1")), "verify")
    refused(moved(company, PATH, number, "verify", "specialist"), "proof")
    again = moved(company, PATH, number, "reopen", "specialist", reopened_why="客户称仍有空鼓")
    assert again.status_code == 200
    assert moved(company, PATH, number, "resolve", "specialist", result="再次返工").status_code == 200
    assert moved(company, PATH, number, "verify", "specialist", proof="照片").status_code == 200
    other = at(company, complaint(company, customer(company, "V-2")), "verify")
    setting_changed(company, "DEC-R68", "verification_required", False, clock.today())
    assert moved(company, PATH, other, "verify", "specialist").status_code == 200
    setting_changed(company, "DEC-R68", "verification_required", True, clock.today())


def test_a_rating_says_whose_service_it_is_about(company: Company) -> None:
    number = complaint(company, customer(company, "M-1"))
    walked(company, number, "verify", justified=False)
    called_back(company, "complaint", number, rating="3")
    assert kept(company, PATH, number)["state"] == VERIFIED, "nobody whose appraisal it enters"
    refused(moved(company, PATH, number, "close", "specialist"), "responsible_id")
    other = at(company, complaint(company, customer(company, "M-2")), "close")
    called_back(company, "complaint", other, rating="3")
    found = kept(company, PATH, other)
    assert (found["state"], found["rating"]) == (CLOSED, 3)
    setting_changed(company, "DEC-R41", "link_rating_to_appraisal", False, clock.today())
    third = complaint(company, customer(company, "M-3"))
    walked(company, third, "verify", justified=False)
    called_back(company, "complaint", third, rating="3")
    assert kept(company, PATH, third)["state"] == CLOSED


def test_what_the_customer_complains_of_again_is_found(company: Company) -> None:
    owner, place = site(company, "W-1")
    first = complaint(company, owner, kind="workmanship", site_id=place)
    other = complaint(company, owner, kind="price")
    again = complaint(company, owner, kind="workmanship")
    third = complaint(company, owner, kind="workmanship", site_id=place)
    foreign = complaint(company, customer(company, "W-2"), kind="workmanship")
    found = {each: kept(company, PATH, each) for each in (first, other, again, third, foreign)}
    assert [found[each]["repeat_of_id"] for each in found] == [None, None, first, again, None]
    assert [found[each]["times"] for each in found] == [1, 1, 2, 3, 1]
    sent = {"customer_id": owner, "channel": "phone", "content": "x", "repeat_of_id": foreign}
    refused(who(company, "specialist")("POST", PATH, json=sent), "repeat_of_id")


def test_what_many_customers_complain_of_is_a_batch(company: Company) -> None:
    def batch(*numbers: int) -> list[bool]:
        return [kept(company, PATH, each)["batch"] for each in numbers]

    before = [complaint(company, customer(company, f"B-{each}"), kind="materials") for each in range(3)]
    assert batch(*before) == [False] * 3, "nobody has said yet how many are a batch"
    setting_changed(company, "DEC-R87", "batch_threshold", 3, clock.today())
    owner = customer(company, "B-7")
    same = complaint(company, owner, kind="design")
    more = [complaint(company, owner, kind="design") for _each in range(3)]
    assert batch(same, *more) == [False] * 4, "one customer is no batch"
    last = complaint(company, customer(company, "B-8"), kind="materials")
    assert batch(*before, last) == [True] * 4


def test_a_problem_that_recurs_is_told_to_the_general_manager(company: Company) -> None:
    marked = complaint(company, customer(company, "P-1"), kind="attitude", common=True)
    plain = complaint(company, customer(company, "P-2"), kind="attitude")
    expected = {person(company, each) for each in ("general-manager", "engineering", "manager")}
    assert {user for user, record in told(company, "DEC-R37") if record == marked} == expected
    assert not [record for _user, record in told(company, "DEC-R37") if record == plain]
    setting_changed(company, "DEC-R37", "recurring_problem_threshold", 2, clock.today())
    reached = complaint(company, customer(company, "P-3"), kind="attitude")
    alone = complaint(company, customer(company, "P-4"), kind="other")
    records = [record for _user, record in told(company, "DEC-R37")]
    assert reached in records
    assert alone not in records


def test_those_who_take_part_are_told_and_nobody_else(company: Company) -> None:
    number = complaint(company, customer(company, "T-1"))

    def involve(department: str, **values: Any) -> int:
        sent = {"complaint_id": number, "department": department, "measure": "上门查看", **values}
        made = who(company, "specialist")("POST", INVOLVED, json=sent)
        assert made.status_code == 201, made.text
        return int(made.json["id"])

    named = involve("design", person_id=person(company, "designer"))
    whole = involve("engineering")
    assert told(company, "DEC-R64") == [(person(company, "designer"), named)]
    assert told(company, "DEC-R64-B") == [(person(company, "engineering"), whole)]
    assert told(company, "DEC-R64-C") == told(company, "DEC-R64-D") == []
    for name in ("designer", "engineering"):
        assert who(company, name)("GET", f"{PATH}{number}").status_code == 200
    assert who(company, "inspector")("GET", f"{PATH}{number}").status_code == 404


def test_departments_that_are_not_named_take_no_part(company: Company) -> None:
    number = complaint(company, customer(company, "T-2"))
    sent = {"complaint_id": number, "department": "sales", "measure": "说明报价"}
    assert who(company, "specialist")("POST", INVOLVED, json=sent).status_code == 201
    setting_changed(company, "DEC-R64", "counterpart_departments", ("engineering", "design"), clock.today())
    refused(who(company, "specialist")("POST", INVOLVED, json=sent), "department")


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("manager", "ABC"),
        ("assistant", "ABC"),
        ("specialist", "ABC"),
        ("general-manager", "ABC"),
        ("designer", "A"),
        ("inspector", "B"),
        ("engineering", ""),
        ("vip-keeper", "C"),
        ("sales", None),
        ("finance", None),
    ],
)
def test_those_named_see_what_names_them(company: Company, name: str, seen: str | None) -> None:
    """A: the designer is responsible; B: the inspector handles it; C: a VIP's."""
    kinds = {"A": "responsible_id", "B": "handler_id", "C": ""}
    people = {"A": person(company, "designer"), "B": person(company, "inspector"), "C": None}
    known = {"channel": "phone", "received_at": clock.now(), "received_on": clock.today(), "content": "x"}
    rows = {}
    for key, field in kinds.items():
        with company.session(HERE) as session:
            number = f"{key}-{name}"
            owner = customer(company, number, customer_class="vip" if key == "C" else "ordinary")
            session.add(
                Complaint(
                    number=number, customer_id=owner, **known, **({field: people[key]} if field else {})
                )
            )
            rows[key] = number
    answer = who(company, name)("GET", PATH, query_string={"q": "(page_size:100)"})
    if seen is None:
        assert answer.status_code == 403
        return
    numbers = {row["number"] for row in answer.json["result"]}
    assert {key for key, number in rows.items() if number in numbers} == set(seen)


def test_the_house_of_a_complaint_is_the_customers_own(company: Company) -> None:
    mine, other = customer(company, "H-1"), customer(company, "H-2")
    sent = {"customer_id": mine, "channel": "phone", "content": "x", "house_id": house(company, other)}
    refused(who(company, "specialist")("POST", PATH, json=sent), "house_id")
