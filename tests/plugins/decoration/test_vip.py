"""VIPs and key accounts: who becomes one, how the archive is kept and reviewed, and what follows on a visit."""
# zh-ok-file: what people who do not exist write

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from company import Api, Company
from core.data import clock
from decoration_care import ARCHIVES, archive, at, night, owed
from decoration_company import HERE, customer, findings, setting_changed
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.vip import VipArchive, VipReview

REVIEWS = "/api/v1/decoration/vip-review/"
VISITS = "/api/v1/decoration/vip-reception/"
CHANNELS = "/api/v1/decoration/vip-channel/"
PURCHASES = "/api/v1/decoration/vip-purchase/"
AREA = "/api/v1/decoration/vip-area-visit/"
CALLED = {"outcome": "reached", "channel": "telephone"}


@pytest.fixture(scope="module")
def keeper(company: Company) -> Api:
    return company.api_of(f"{HERE}.vip-keeper")


@pytest.fixture(scope="module")
def manager(company: Company) -> Api:
    return company.api_of(f"{HERE}.manager")


def errors(answer: Any) -> set[str]:
    assert answer.status_code == 422, answer.text
    return set(answer.json["errors"])


def file_of(company: Company, customer_id: int) -> tuple[str, int | None, str]:
    with company.session(HERE) as session:
        found = session.get_one(Customer, customer_id)
        return found.customer_class, found.keeper_id, found.phase


def customer_of(company: Company, archive_id: int) -> int:
    with company.session(HERE) as session:
        return session.get_one(VipArchive, archive_id).customer_id


def attach(company: Company, archive_id: int) -> None:
    browser = company.client_of(f"{HERE}.vip-keeper")
    page = f"/decoration/vip-archive/{archive_id}"
    browser.get(page)
    sent = {"file": (BytesIO(b"%PDF-1.4 copy"), "copy.pdf")}
    answer = browser.post(f"/core/file/decoration.vip-archive/{archive_id}", sent)
    assert answer.status_code == 302, answer.text


def test_a_customer_becomes_a_vip_by_the_managers_word(company: Company, keeper: Api, manager: Api) -> None:
    mine = company.people[f"{HERE}.vip-keeper"]
    known = customer(company, "V-1", phase="after_sale", keeper_id=mine)
    made = keeper(
        "POST", ARCHIVES, json={"customer_id": known, "customer_class": "vip", "ground": "多次介绍新客户"}
    )
    assert made.status_code == 201, made.text
    number = made.json["id"]
    assert file_of(company, known)[0] == "ordinary", "a proposal alone changes nothing"
    assert keeper("POST", f"{ARCHIVES}{number}/grant", json={}).status_code == 403
    assert manager("POST", ARCHIVES, json={"customer_id": known, "ground": "x"}).status_code == 403
    granted = manager("POST", f"{ARCHIVES}{number}/grant", json={"ground": "多次介绍新客户"})
    assert granted.status_code == 200, granted.text
    assert file_of(company, known) == ("vip", mine, "vip")
    ended = manager("POST", f"{ARCHIVES}{number}/end", json={"end_why": "已迁往外地"})
    assert ended.status_code == 200, ended.text
    assert file_of(company, known) == ("ordinary", None, "after_sale")


def test_an_archive_is_opened_with_copy_and_original(company: Company, manager: Api) -> None:
    found = archive(company, "V-2", state="granted", opened_on=None)
    keeper_id = company.people[f"{HERE}.vip-keeper"]
    sent = {"keeper_id": keeper_id, "original_place": "VIP档案柜2层"}
    refused = manager("POST", f"{ARCHIVES}{found}/open", json=sent)
    assert errors(refused) == {"original_place"}
    assert "DEC-R19-B" in refused.text
    attach(company, found)
    assert errors(manager("POST", f"{ARCHIVES}{found}/open", json={"keeper_id": keeper_id})) == {
        "original_place"
    }
    assert manager("POST", f"{ARCHIVES}{found}/open", json=sent).status_code == 200
    with company.session(HERE) as session:
        assert session.get_one(VipArchive, found).opened_on == clock.today()


def test_one_custodian_serves_a_vip_until_the_manager_hands_over(
    company: Company, keeper: Api, manager: Api
) -> None:
    found = archive(company, "V-3")
    other = company.people[f"{HERE}.specialist"]
    kept = keeper("GET", f"{ARCHIVES}{found}").json["result"]
    changed = {"keeper_id": other, "row_version": kept["row_version"]}
    assert errors(keeper("PUT", f"{ARCHIVES}{found}", json=changed)) == {"keeper_id"}
    noted = {"developments": "计划年后换窗帘", "row_version": kept["row_version"]}
    assert keeper("PUT", f"{ARCHIVES}{found}", json=noted).status_code == 200
    handed = manager("POST", f"{ARCHIVES}{found}/hand-over", json={"keeper_id": other})
    assert handed.status_code == 400, "the reason is asked for"
    handed = manager(
        "POST", f"{ARCHIVES}{found}/hand-over", json={"keeper_id": other, "handed_over_why": "原专人休产假"}
    )
    assert handed.status_code == 200, handed.text
    assert keeper("GET", f"{ARCHIVES}{found}").status_code == 404, "who kept it before reads it no more"
    with company.session(HERE) as session:
        row = session.get_one(VipArchive, found)
        assert session.get_one(Customer, row.customer_id).keeper_id == other


def test_hotline_and_fax_have_a_named_person(company: Company, keeper: Api, manager: Api) -> None:
    sent = {"kind": "hotline", "place": "400-555-0186"}
    assert keeper("POST", CHANNELS, json=sent).status_code == 403
    assert errors(manager("POST", CHANNELS, json=sent)) == {"person_id"}
    named = {**sent, "person_id": company.people[f"{HERE}.vip-keeper"]}
    assert manager("POST", CHANNELS, json=named).status_code == 201
    assert manager("POST", CHANNELS, json={"kind": "window", "place": "3号窗"}).status_code == 201
    setting_changed(company, "DEC-R22-B", "vip_channels", ("hotline", "fax"), clock.today())
    assert errors(manager("POST", CHANNELS, json={"kind": "window", "place": "4号窗"})) == {"kind"}
    assert company.api_of(f"{HERE}.specialist")("GET", CHANNELS).json["result"]


def test_a_vip_buys_cheaper_once_the_firm_names_the_discount(company: Company, keeper: Api) -> None:
    found = archive(company, "V-4")
    sent = {"archive_id": found, "what": "定制衣柜", "price": "12345.67"}
    made = keeper("POST", PURCHASES, json=sent)
    assert made.status_code == 201, made.text
    assert keeper("GET", f"{PURCHASES}{made.json['id']}").json["result"]["benefit"] is None
    setting_changed(company, "DEC-R23", "vip_discount", Decimal(5), clock.today())
    made = keeper("POST", PURCHASES, json=sent).json["id"]
    assert keeper("GET", f"{PURCHASES}{made}").json["result"]["benefit"] == "617.28"
    assert ("came_to", made) in findings(company, "DEC-R23")


def test_archives_are_reviewed_every_ten_days(company: Company, manager: Api) -> None:
    found = archive(company, "V-5", opened_on=date(2026, 2, 20))
    proposed = archive(company, "V-6", state="proposed", opened_on=None)
    night(company, date(2026, 2, 20))
    due = owed(company, "DEC-R25", found)
    assert [each.nominal_on.isoformat() for each in due[:3]] == ["2026-03-02", "2026-03-12", "2026-03-22"]
    assert due[2].due_on == date(2026, 3, 23), "a Sunday; asked for on the working day after"
    assert owed(company, "DEC-R25", proposed) == []
    with at(date(2026, 3, 2)):
        made = company.api_of(f"{HERE}.manager")(
            "POST", REVIEWS, json={"archive_id": found, "developments": "关心新风系统"}
        )
        assert made.status_code == 201, made.text
    assert [each.state for each in owed(company, "DEC-R25", found)[:2]] == ["done", "open"]
    with at(date(2026, 3, 11)):
        api = company.api_of(f"{HERE}.manager")
        assert api("POST", f"{ARCHIVES}{found}/review", json={"developments": "无变化"}).status_code == 200
        keeper = company.api_of(f"{HERE}.vip-keeper")
        assert keeper("POST", f"{ARCHIVES}{found}/review", json={"developments": "-"}).status_code == 403
    assert [each.state for each in owed(company, "DEC-R25", found)[:3]] == ["done", "done", "open"]
    with company.session(HERE) as session:
        kept = session.get_one(VipArchive, found)
        assert (kept.last_reviewed_on, kept.developments) == (date(2026, 3, 11), "无变化")
        assert session.get_one(VipReview, made.json["id"]).reviewed_by == company.people[f"{HERE}.manager"]


def test_the_manager_is_in_the_vip_area_every_working_day(company: Company) -> None:
    friday = date(2026, 3, 6)
    night(company, friday)
    days = [each.due_on for each in owed(company, "DEC-R26") if each.due_on >= friday][:2]
    assert days == [friday, friday + timedelta(days=3)]
    with at(friday):
        api = company.api_of(f"{HERE}.manager")
        made = api("POST", AREA, json={"received": 2, "needs": "希望周末也能看样板"})
        assert made.status_code == 201, made.text
    states = {each.due_on: each.state for each in owed(company, "DEC-R26")}
    assert (states[friday], states[friday + timedelta(days=3)]) == ("done", "open")


def test_a_vip_is_received_by_the_custodian_and_the_manager_asks_after_it(
    company: Company, keeper: Api, manager: Api
) -> None:
    found = archive(company, "V-7")
    sent = {"archive_id": found, "topic": "看新到的石材样板"}
    wrong = {**sent, "received_by": company.people[f"{HERE}.specialist"]}
    assert errors(keeper("POST", VISITS, json=wrong)) == {"received_by"}
    visit = keeper("POST", VISITS, json=sent).json["id"]
    browser = company.client_of(f"{HERE}.manager")
    form, words = f"/decoration/calls/visit/{visit}/call", {**CALLED, "summary": "满意"}
    assert browser.get(form).status_code == 302, "the summary is not there yet"
    assert keeper("POST", f"{VISITS}{visit}/sum-up", json={"course": "全程陪同"}).status_code == 400
    summed = {"course": "全程陪同", "summary": "希望两周内出报价"}
    assert keeper("POST", f"{VISITS}{visit}/sum-up", json=summed).status_code == 200
    known = customer_of(company, found)
    [asked] = owed(company, "DEC-R28", known)
    assert asked.state == "open"
    assert f"/decoration/calls/visit/{visit}" in browser.get(f"/decoration/vip-reception/{visit}").text
    on_list = browser.get(f"/decoration/calls/owed/{asked.id}/call")
    assert "VIP, by the manager" in on_list.text, "on the manager's call list, too"
    assert company.client_of(f"{HERE}.specialist").get(form).status_code in (403, 404)
    assert browser.fill(form, words).status_code == 302
    assert [each.state for each in owed(company, "DEC-R28", known)] == ["done"]
    seen = manager("GET", f"{VISITS}{visit}").json["result"]
    assert (seen["state"], seen["outcome"]) == ("contacted", "满意")
    setting_changed(company, "DEC-R28", "vip_manager_callback", False, clock.today())
    later = keeper("POST", VISITS, json=sent).json["id"]
    assert keeper("POST", f"{VISITS}{later}/sum-up", json=summed).status_code == 200
    assert len(owed(company, "DEC-R28", known)) == 1
