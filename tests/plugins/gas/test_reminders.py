"""Customers who are late are reminded: who calls them, who hears that they want no calls, and whose words are said."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from company import Company
from core.messages.models import Outgoing
from core.worklist.planner import plan_night
from gas_cut_offs import EAST, WEST, api, at, night, owing
from plugins.gas import models

FIRST = date(2026, 11, 2)
OPT_OUTS = "/api/v1/core/opt_out/"
_days = itertools.count()


def reminded(company: Company, phone: str | None) -> Outgoing:
    """The reminder of a customer whose bill is late, each time a day later."""
    billed = FIRST + timedelta(days=next(_days))
    account, (bill,) = owing(company, billed)
    with company.session(EAST) as session:
        session.get_one(models.Account, account).phone = phone
    night(company, billed + timedelta(days=8))
    with company.session(EAST) as session:
        row = session.scalars(
            select(Outgoing).where(Outgoing.record_id == bill, Outgoing.rule == "GAS-R80")
        ).one()
        session.expunge(row)
        return row


def called(company: Company, who: str, row: Outgoing, result: str = "Pays on Monday.") -> Any:
    browser = company.client_of(f"{EAST}.{who}")
    browser.get("/my-work/")
    return browser.post(f"/core/message/{row.id}/call", {"result": result})


def test_without_a_gateway_the_reader_calls_who_is_late(company: Company) -> None:
    row = reminded(company, "138 0000 2222")
    assert (row.channel, row.state) == ("call_list", "waiting")
    reader = company.client_of(f"{EAST}.meter-reader")
    assert "People to call" in reader.get("/my-work/").text
    page = reader.get(f"/core/message/{row.id}/call").text
    assert "138 0000 2222" in page
    assert "缴费期限为" in page
    assert called(company, "cashier", row).status_code == 403
    assert called(company, "meter-reader", row).status_code == 302
    with company.session(EAST) as session:
        assert session.get_one(Outgoing, row.id).state == "sent"


def test_what_could_not_be_sent_stands_in_the_work_of_who_sends_it_again(company: Company) -> None:
    row = reminded(company, "13800003333")
    with company.session(EAST) as session:
        session.get_one(Outgoing, row.id).state = "dead"
    for who, sees in (("department-head", True), ("meter-reader", True), ("cashier", False)):
        page = company.client_of(f"{EAST}.{who}").get("/my-work/").text
        assert ("Messages that could not be sent" in page) is sees, who


@pytest.mark.parametrize(
    ("who", "status"),
    [("cashier", 201), ("card-clerk", 201), ("meter-reader", 201), ("duty-clerk", 403), ("finance", 403)],
)
def test_who_wants_no_calls_says_so_at_the_counter(company: Company, who: str, status: int) -> None:
    number = f"1390000{next(_days):04d}"
    typed = f"+86 {number[:3]}-{number[3:7]}-{number[7:]}"
    made = api(company, who)("POST", OPT_OUTS, json={"channel": "call_list", "address": typed})
    assert made.status_code == status, made.text
    assert reminded(company, number).state == ("opted_out" if status == 201 else "waiting")


def test_the_head_writes_the_words_and_the_quiet_hours(company: Company) -> None:
    words = {"template": "gas.reminder", "language": "en", "subject": "Pay %(number)s", "body": "Please."}
    hours = {"begins": "21:00", "ends": "08:00"}
    for path, body in (("template", words), ("quiet_hours", hours)):
        address = f"/api/v1/core/{path}/"
        assert api(company, "cashier")("POST", address, json=body).status_code == 403
        made = api(company, "department-head")("POST", address, json=body)
        assert made.status_code == 201, made.text
        gone = api(company, "department-head")("DELETE", f"{address}{made.json['id']}")
        assert gone.status_code == 200, gone.text


def test_the_outbox_shows_what_is_about_what_one_sees(company: Company) -> None:
    row = reminded(company, "13800004444")
    with at(FIRST):
        reader = api(company, "meter-reader")("GET", f"/api/v1/core/outgoing/{row.id}")
        assert (reader.status_code, reader.json["result"]["address"]) == (200, "13800004444")
        head = api(company, "department-head")("GET", f"/api/v1/core/outgoing/{row.id}")
        assert "13800004444" not in head.text
        assert "缴费期限为" in head.json["result"]["body"]
    with company.session(EAST) as session:
        session.get_one(Outgoing, row.id).entity = "core.person"  # what the reader sees nothing of
    assert api(company, "meter-reader")("GET", f"/api/v1/core/outgoing/{row.id}").status_code == 404


def test_the_handbook_says_what_duties_and_notices_did_lately(company: Company) -> None:
    late = FIRST + timedelta(days=8)
    owing(company, FIRST, branch=WEST)
    with at(late, 0), company.session(WEST) as session:
        plan_night(session, late)

    def did(rule: str, day: date, language: str = "en") -> str:
        with at(day):
            return (
                company.client_of(f"{WEST}.department-head", language).get(f"/core/handbook/rule/{rule}").text
            )

    assert "1 begun, 1 fallen late" in did("GAS-R79", late)
    assert "1 项开始" in did("GAS-R79", late, "zh")
    assert "1 yet to be told" in did("GAS-R80", late)
    for rule in ("GAS-R78", "GAS-R80-B"):  # no business customer
        assert not any(f"1 {each}" in did(rule, late) for each in ("begun", "fallen late", "yet to be told"))
    later = FIRST + timedelta(days=35)
    assert "1 fallen late" in did("GAS-R79", later)
    assert "1 begun" not in did("GAS-R79", later)  # more than 30 days ago
