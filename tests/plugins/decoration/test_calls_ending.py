"""Call-backs that end complaints, repairs and acceptances: on the call list, entered once, and closed with them."""
# zh-ok-file: what customers who do not exist say

from __future__ import annotations

from typing import Any

from company import Company
from core.data import clock
from core.worklist.models import OPEN
from decoration_calls import PATH as CALL_BACKS
from decoration_calls import owed
from decoration_company import HERE, customer
from decoration_complaints import CALLS, PATH, REPAIRS, called_back, complaint, kept, moved, site, walked, who
from decoration_sites import inspected, started
from decoration_sites import kept as row
from plugins.decoration.models.construction_stages import Acceptance
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c

WORDS = {"outcome": "reached", "channel": c.TELEPHONE, "summary": "客户满意"}


def verified(company: Company, number: str, **values: Any) -> int:
    """A complaint of which the result is verified."""
    made = complaint(company, customer(company, number, **values))
    walked(company, made, "verify", responsible_id=company.people[f"{HERE}.designer"])
    return made


def test_a_verified_complaint_is_called_back_and_closed_with_the_call(company: Company) -> None:
    """DEC-R16: the call is on the call list, and once it is kept nothing more has to be entered."""
    made = verified(company, "J-1", name="温如许")
    browser = company.client_of(f"{HERE}.specialist")
    [asked] = owed(company, "DEC-R16-C", made, OPEN)
    page = browser.get(CALLS).text
    assert "温如许" in page
    assert f"{CALLS}owed/{asked.id}/call" in page
    assert f"{CALLS}complaint/{made}" in browser.get(f"/decoration/complaint/{made}").text
    assert f"/decoration/complaint/{made}" in browser.get(f"{CALLS}owed/{asked.id}/call").text
    assert browser.fill(f"{CALLS}owed/{asked.id}/call", {**WORDS, "rating": "4"}).status_code == 302
    found = kept(company, PATH, made)
    assert (found["state"], found["call_back_said"], found["rating"]) == ("closed", "客户满意", 4)
    assert found["called_back_on"] == clock.today().isoformat()
    assert owed(company, "DEC-R16-C", made, OPEN) == []
    call = who(company, "specialist")("GET", f"{CALL_BACKS}?q=(page_size:100)").json["result"]
    [record] = [each for each in call if each["complaint_id"] == made]
    assert (record["kind"], record["state"], record["lowest"]) == (c.COMPLAINT, c.DONE, 4)
    assert browser.get(f"{CALLS}complaint/{made}/call").headers["Location"] == CALLS, "it is over"


def test_with_problems_nothing_is_closed_and_handling_again_asks_for_another_call(company: Company) -> None:
    made = verified(company, "J-2")
    called_back(company, "complaint", made, problems="仍有空鼓")
    assert kept(company, PATH, made)["state"] == "verified"
    work = company.client_of(f"{HERE}.specialist").get("/my-work/").text
    assert "Complaints to close or to handle again" in work
    assert moved(company, PATH, made, "reopen", "specialist", reopened_why="仍有空鼓").status_code == 200
    assert kept(company, PATH, made)["call_back_said"] is None
    for move, sent in (("resolve", {"result": "再次返工"}), ("verify", {"proof": "照片"})):
        assert moved(company, PATH, made, move, "specialist", **sent).status_code == 200
    called_back(company, "complaint", made)
    assert kept(company, PATH, made)["state"] == "closed"


def test_who_is_not_reached_stays_on_the_list_for_the_same_complaint(company: Company) -> None:
    made = verified(company, "J-3", name="简竹青")
    browser = company.client_of(f"{HERE}.specialist")
    form = f"{CALLS}complaint/{made}/call"
    assert browser.fill(form, {"outcome": c.NO_ANSWER, "next_on": "2099-01-05"}).status_code == 302
    assert "简竹青" not in browser.get(CALLS).text, "until the day of the next try"
    assert browser.fill(form, WORDS).status_code == 302
    assert kept(company, PATH, made)["state"] == "closed"


def test_an_accepted_repair_is_called_back_and_filed_once_its_card_is(company: Company) -> None:
    owner, _place = site(company, "J-4", clock.today())
    sent = {"customer_id": owner, "kind": "workmanship", "part": "general", "fault": "门套开裂"}
    made = who(company, "specialist")("POST", REPAIRS, json=sent).json["id"]
    today = clock.today().isoformat()
    for move, by, given in (
        ("appoint", "engineering", {"appointed_on": today}),
        ("finish", "engineering", {"work_done": "已更换", "charge": "0"}),
        ("accept", "specialist", {"card_filed_on": today}),
    ):
        assert moved(company, REPAIRS, made, move, by, **given).status_code == 200
    [asked] = owed(company, "DEC-R16-D", made, OPEN)
    browser = company.client_of(f"{HERE}.specialist")
    assert "After a repair" in browser.get(CALLS).text
    assert browser.fill(f"{CALLS}owed/{asked.id}/call", WORDS).status_code == 302
    assert kept(company, REPAIRS, made)["state"] == "closed"
    assert owed(company, "DEC-R16-D", made, OPEN) == []


def test_a_passed_acceptance_is_called_about_and_closed_with_its_record(company: Company) -> None:
    day = clock.today()
    made = inspected(company, started(company, day), n.MATERIALS, day)
    [asked] = owed(company, "DEC-R12-C", made, OPEN)
    browser = company.client_of(f"{HERE}.specialist")
    assert browser.fill(f"{CALLS}owed/{asked.id}/call", WORDS).status_code == 302
    found = row(company, Acceptance, made)
    assert (found.state, found.called_on, found.call_result) == ("closed", day, "客户满意")
    assert found.called_by == company.people[f"{HERE}.specialist"]


def test_a_call_about_another_customers_complaint_is_refused(company: Company) -> None:
    made, other = verified(company, "J-5"), customer(company, "J-6")
    sent = {"customer_id": other, "kind": c.COMPLAINT, "due_on": clock.today().isoformat()}
    answer = who(company, "specialist")("POST", CALL_BACKS, json=sent)
    assert set(answer.json["errors"]) == {"complaint_id"}
    answer = who(company, "specialist")("POST", CALL_BACKS, json={**sent, "complaint_id": made})
    assert set(answer.json["errors"]) == {"complaint_id"}
