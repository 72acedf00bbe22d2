"""A penalty slip that the employee refuses: two witnesses sign, the employee appeals, the head answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import rest_client
import servers
from visitor import Visitor
from walks import DESK, settings

HEAD, EMPLOYEE, FIRST = "gas-east.department-head", "gas-east.employee", "gas-east.witness"
SECOND = "gas-east.card-clerk"
SAW, UNFAIR, ANSWER = "15:20", "14:05", "2026-4"


@pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)
def test_a_slip_is_refused_witnessed_appealed_and_answered(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    appoint_a_second_witness(site)
    number = drafted(site)
    page = f"/conduct/slip/{number}"
    people = visitor(data=(SAW, UNFAIR, ANSWER))

    people.log_in(HEAD)
    people.sees("Slips to issue")
    people.open(page)
    people.confirm("Issue")
    people.sees("Done: %(move)s.", move=people.words("Issue"))
    assert [people.browser.shown(f"main a[href='{page}/edit']"), state(people)] == [
        [],
        people.words("Issued"),
    ]
    people.confirm("Signature refused")
    assert state(people) == people.words("Signature refused")
    people.log_out()

    for witness, then in ((FIRST, "Signature refused"), (SECOND, "In effect")):
        people.log_in(witness)
        people.sees("Slips to witness")
        people.open(page)
        add(people, "Witnesses")
        people.fill("What was seen", SAW)
        people.press("Save")
        people.open(page)
        assert state(people) == people.words(then)
        people.log_out()

    people.log_in(EMPLOYEE)
    people.open(page)
    add(people, "Appeals")
    people.fill("What is unreasonable", UNFAIR)
    people.press("Save")
    assert state(people) == people.words("Waits for an answer")
    appeal = people.browser.driver.current_url.removeprefix(site.address)
    people.log_out()

    people.log_in(HEAD)
    people.sees("Appeals to answer")
    people.open(appeal)
    people.press("Answer the appeal")
    people.press("Answer the appeal", status=422)
    people.sees("Fill in this field.")
    people.fill("Answer", ANSWER)
    people.choose("Outcome", people.words("The slip is called off"))
    people.press("Answer the appeal")
    assert state(people) == people.words("Answered")
    people.open(page)
    assert state(people) == people.words("Called off")
    paper = people.fetch("Print the slip", "*.pdf")
    assert paper.read_bytes().startswith(b"%PDF")


def appoint_a_second_witness(site: servers.LiveServer) -> None:
    """The example company has one witness in each branch; the clerk of cards becomes another."""
    program = rest_client.log_in(site, "admin")
    branch = program.search("/core/branch/", ("code", "eq", "gas-east"))["ids"][0]
    person = program.search("/core/person/", ("username", "eq", SECOND))["ids"][0]
    program.add(
        "/core/appointment/",
        user_id=person,
        position="conduct.witness",
        branch_id=branch,
        valid_from=today().isoformat(),
    )


def drafted(site: servers.LiveServer) -> int:
    """A slip about the employee who has an account, drafted by the head."""
    program = rest_client.log_in(site, HEAD)
    staff = program.search("/conduct/employee/", order_column="number", order_direction="asc")["result"]
    mine = next(each["id"] for each in staff if each["user_id"])
    offence = program.search("/conduct/offence/", ("rule", "eq", "GPN-R01"))["ids"][0]
    breach = today() - timedelta(days=1)
    return program.add(
        "/conduct/slip/",
        employee_id=mine,
        occurred_on=breach.isoformat(),
        educated_on=breach.isoformat(),
        offence_id=offence,
        facts="业主投诉服务态度差",  # zh-ok: an example
        evidence="录音",  # zh-ok: an example
        opinion="罚款",  # zh-ok: an example
        fine="80.00",
    )


def state(person: Visitor) -> str:
    """The badge beside the title."""
    return person.browser.text(".page-name .mark-z")


def add(person: Visitor, related: str) -> None:
    """Follow *Add* in the panel of related records."""
    [panel] = [
        each
        for each in person.browser.shown("main section.panel")
        if each.find_elements("tag name", "h2")
        and each.find_element("tag name", "h2").text == person.words(related)
    ]
    [link] = [each for each in panel.find_elements("tag name", "a") if each.text == person.words("Add")]
    person.leave(link)


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
