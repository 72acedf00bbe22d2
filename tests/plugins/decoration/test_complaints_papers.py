"""The complaint acceptance sheet (DEC-P03) and the repair card (DEC-P02), as they are read; the work that waits."""
# zh-ok-file: example data and the papers' own words

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
from sqlalchemy import select

from company import Company
from core.data import clock
from core.messages.models import Outgoing
from decoration_company import HERE, customer
from decoration_complaints import FILES, REPAIRS, complaint, crew, site, walked, who

PAPERS = "/decoration/complaint-papers"


def read(company: Company, address: str, who_reads: str = "specialist", language: str = "zh") -> str:
    answer = company.client_of(f"{HERE}.{who_reads}", language).get(address)
    assert answer.mimetype == "application/pdf", answer.text
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages]
    return "".join("".join(pages).split())


def test_the_sheet_says_what_was_complained_of_and_what_came_of_it(company: Company) -> None:
    number = complaint(company, customer(company, "S-1", name="单晓雨"))
    walked(company, number, "close", crew_id=crew(company, "第三工队"))
    sent = {"complaint_id": number, "department": "engineering", "measure": "三日内返工"}
    assert who(company, "specialist")("POST", "/api/v1/decoration/involved/", json=sent).status_code == 201
    told = read(company, f"{PAPERS}/sheet/{number}.pdf")
    for words in ("投诉受理单", "TS0000", "单晓雨", "13800005678", "卫生间墙砖空鼓", "第三工队", "工队返工"):
        assert words in told, (words, told)
    for words in ("三日内返工", "现场照片及客户签字", "客户满意", "工程部"):
        assert words in told, (words, told)
    english = read(company, f"{PAPERS}/sheet/{number}.pdf", "manager", "en")
    assert "Complaintacceptancesheet" in english
    refused = company.client_of(f"{HERE}.designer").get(f"{PAPERS}/sheet/{number}.pdf")
    assert refused.status_code == 403


def test_the_card_has_space_for_what_the_customer_enters(company: Company) -> None:
    today = clock.today()
    owner, place = site(company, "S-2", today - timedelta(days=60))
    file = who(company, "specialist")("POST", FILES, json={"site_id": place}).json["id"]
    told = read(company, f"{PAPERS}/card/{file}.pdf")
    for words in (
        "客户维修卡",
        "DA0000",
        "竹溪里S-2",
        "方便上门的日期和时间",
        "您对本次维修的意见",
        "防水保修",
    ):
        assert words in told, (words, told)
    sent = {"customer_id": owner, "kind": "materials", "part": "general", "fault": "龙头滴水"}
    number = who(company, "specialist")("POST", REPAIRS, json=sent).json["id"]
    told = read(company, f"{PAPERS}/repair/{number}.pdf")
    for words in ("龙头滴水", "主材", "在保修期内是", "WX0000"):
        assert words in told, (words, told)
    assert company.client_of(f"{HERE}.finance").get(f"{PAPERS}/repair/{number}.pdf").status_code == 403


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_screen_opens_in_both_languages(company: Company, language: str) -> None:
    today = clock.today()
    owner, place = site(company, f"S-9-{language}", today - timedelta(days=60))
    number = complaint(company, owner, kind="workmanship", site_id=place)
    file = who(company, "specialist")("POST", FILES, json={"site_id": place}).json["id"]
    sent = {"customer_id": owner, "kind": "materials", "part": "general", "fault": "龙头滴水"}
    repair = who(company, "specialist")("POST", REPAIRS, json=sent).json["id"]
    client = company.client_of(f"{HERE}.specialist", language)
    for address in (
        "complaint/",
        "complaint/?mode=board",
        "complaint/?mode=calendar",
        "complaint/new",
        f"complaint/{number}",
        f"complaint/{number}/edit",
        "penalty/",
        "penalty/new",
        f"repair-file/{file}",
        "repair/?mode=board",
        "repair/?mode=calendar",
        f"repair/{repair}",
        f"customer/{owner}",
    ):
        assert client.get(f"/decoration/{address}").status_code == 200, address
    page = client.get(f"/decoration/complaint/{number}").text
    assert ("Record the complaint" if language == "en" else "登记投诉") in page
    assert ("Answer the customer" if language == "en" else "回应客户</button>") not in page


def test_messages_name_the_customer_and_the_hour(company: Company) -> None:
    number = complaint(company, customer(company, "S-4", name="单晓雨"))
    asked = select(Outgoing.subject, Outgoing.body).where(
        Outgoing.rule == "DEC-R59-B", Outgoing.record_id == number
    )
    with company.session(HERE) as session:
        subject, body = session.execute(asked).one()
    assert "单晓雨" in subject
    assert "卫生间墙砖空鼓" in body
    assert f"/decoration/complaint/{number}" in body


def test_what_waits_stands_in_the_work_of_whoever_does_it(company: Company) -> None:
    owner, _place = site(company, "S-3")
    for move in ("record", "respond", "resolve", "verify"):
        walked(company, complaint(company, owner), move, responsible_id=company.people[f"{HERE}.designer"])
    complaint(company, owner)
    sent = {"customer_id": owner, "kind": "other", "part": "general", "fault": "异响"}
    assert who(company, "specialist")("POST", REPAIRS, json=sent).status_code == 201
    expected = {
        "assistant": ("Complaints to record", "Answer the complaint"),
        "manager": (
            "Complaints without anybody responsible",
            "Results to verify",
        ),
        "specialist": (
            "Complaints to record",
            "Results to verify",
            "Repairs without an appointment",
        ),
        "engineering": ("Repairs without an appointment",),
        "designer": (),
    }
    every = {line for lines in expected.values() for line in lines}
    for name, lines in expected.items():
        page = company.client_of(f"{HERE}.{name}").get("/my-work/").text
        assert {line for line in every if line in page} == set(lines), name
    calls = company.client_of(f"{HERE}.specialist").get("/decoration/calls/").text
    assert "After a complaint" in calls, "whom to call after a complaint stands on the call list"
