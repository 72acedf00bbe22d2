"""Customers: how a file is opened and found, and what the rule book refuses and doubts when it is saved."""
# zh-ok-file: names of people who do not exist

from __future__ import annotations

from typing import Any

import pytest

from company import Api, Company
from core.data import clock
from decoration_company import HERE, customer, entered, findings, house, setting_changed

PATH = "/api/v1/decoration/customer/"


@pytest.fixture(scope="module")
def specialist(company: Company) -> Api:
    return company.api_of(f"{HERE}.specialist")


def errors(answer: Any) -> set[str]:
    """The fields that are complained of: by the rule book (422), or before it is asked (400)."""
    assert answer.status_code in (400, 422), answer.text
    return set(answer.json["errors"])


def record(who: Api, customer_id: int) -> dict[str, Any]:
    found: dict[str, Any] = who("GET", f"{PATH}{customer_id}").json["result"]
    return found


def test_a_file_is_numbered_and_says_when_and_by_whom_it_was_opened(
    company: Company, specialist: Api
) -> None:
    made = specialist("POST", PATH, json=entered())
    assert made.status_code == 201, made.text
    kept = record(specialist, made.json["id"])
    again = specialist("POST", PATH, json=entered())
    assert kept["number"].startswith("KH")
    assert record(specialist, again.json["id"])["number"] > kept["number"]
    assert kept["filed_on"] == clock.today().isoformat()
    assert kept["filed_by"] == company.people[f"{HERE}.specialist"]
    assert (kept["phase"], kept["state"]) == ("pre_sale", "registered")


@pytest.mark.parametrize("sought", ["晓雨", "sxy", "shanxiaoyu", "13800001234", "1234"])
def test_a_customer_is_found_by_name_pinyin_and_telephone(specialist: Api, sought: str) -> None:
    made = specialist("POST", PATH, json=entered())
    answer = specialist("GET", f"{PATH}?q=(page:0,page_size:100,search:'{sought}')")
    assert made.json["id"] in answer.json["ids"]


def test_every_customer_is_in_a_phase_of_the_department(company: Company, specialist: Api) -> None:
    assert errors(specialist("POST", PATH, json=entered(phase="unknown"))) == {"phase"}
    assert specialist("POST", PATH, json=entered(phase="vip")).status_code == 201
    setting_changed(company, "DEC-R01", "phases", ("pre_sale", "in_sale", "after_sale"), clock.today())
    refused = specialist("POST", PATH, json=entered(phase="vip"))
    assert errors(refused) == {"phase"}
    assert "DEC-R01" in refused.json["errors"]["phase"][0]
    assert specialist("POST", PATH, json=entered(phase="in_sale")).status_code == 201


def test_a_customer_of_the_store_with_intent_is_called_back(company: Company, specialist: Api) -> None:
    walked_in = entered(source="store", store_source="路过进店", intent=True)
    assert errors(specialist("POST", PATH, json=walked_in)) == {"call_back_on"}
    today = clock.today().isoformat()
    assert specialist("POST", PATH, json={**walked_in, "call_back_on": today}).status_code == 201
    assert specialist("POST", PATH, json={**walked_in, "intent": False}).status_code == 201
    setting_changed(company, "DEC-R03", "store_sources", ("小区宣传单",), clock.today())
    assert errors(specialist("POST", PATH, json={**walked_in, "call_back_on": today})) == {"store_source"}
    named = {**walked_in, "call_back_on": today, "store_source": "小区宣传单"}
    assert specialist("POST", PATH, json=named).status_code == 201


def test_a_recommendation_without_its_customer_raises_a_doubt(company: Company, specialist: Api) -> None:
    before = customer(company, "R-1")
    made = specialist("POST", PATH, json=entered(source="referral"))
    assert made.status_code == 201, made.text
    assert findings(company, "DEC-R17") == [("warned", made.json["id"])]
    known = specialist("POST", PATH, json=entered(source="referral", referred_by_id=before))
    assert known.status_code == 201
    assert len(findings(company, "DEC-R17")) == 1


def test_the_house_of_a_commission_and_a_site_is_the_customers_own(company: Company, specialist: Api) -> None:
    mine, other = customer(company, "H-1"), customer(company, "H-2")
    own, foreign = house(company, mine), house(company, other)
    for path, more in (("commission", {"entrusted_on": clock.today().isoformat()}), ("site", {})):
        sent = {"customer_id": mine, **more}
        address = f"/api/v1/decoration/{path}/"
        assert errors(specialist("POST", address, json={**sent, "house_id": foreign})) == {"house_id"}
        assert specialist("POST", address, json={**sent, "house_id": own}).status_code == 201


def test_a_prospect_comes_to_the_contract_step_by_step(company: Company, specialist: Api) -> None:
    manager = company.api_of(f"{HERE}.manager")
    made = specialist("POST", PATH, json=entered()).json["id"]

    def moves(who: Api, move: str, **sent: Any) -> int:
        return who("POST", f"{PATH}{made}/{move}", json=sent).status_code

    assert moves(specialist, "contact") == 400, "the result of the call is asked for"
    assert moves(specialist, "contact", call_result="约周末到店", intent=True) == 200
    assert moves(specialist, "refer", designer_id=company.people[f"{HERE}.designer"]) == 200
    assert moves(specialist, "deposit") == 403
    assert moves(manager, "deposit", deposit_amount="5000.00") == 200
    assert moves(manager, "sign") == 200
    kept = record(specialist, made)
    assert (kept["state"], kept["phase"]) == ("signed", "in_sale")
    assert kept["deposit_on"] == kept["decided_on"] == clock.today().isoformat()


def test_a_file_has_a_category_once_the_branch_names_some(company: Company, specialist: Api) -> None:
    assert specialist("POST", PATH, json=entered()).status_code == 201
    setting_changed(company, "DEC-R15", "file_categories", ("毛坯房", "二手房"), clock.today())
    assert errors(specialist("POST", PATH, json=entered())) == {"data_category"}
    assert specialist("POST", PATH, json=entered(data_category="二手房")).status_code == 201
