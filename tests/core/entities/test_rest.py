"""REST calls on the records of an entity."""

from __future__ import annotations

import json

import pytest
from shop.models import Customer, Order, Receipt
from sqlalchemy import select

from company import Company, customer_values
from core.branches import Branch
from pages import Page

LIST = "/api/v1/shop/customer/"


def add(company: Company, branch: str = "east", **changes) -> int:
    return company.put(branch, Customer(**customer_values(**changes)))


def test_a_list_is_ids_and_results_of_the_own_branch(company: Company):
    mine = [add(company, name=f"List {n}") for n in range(3)]
    other = add(company, "west", name="List other")
    call = company.api_of("east.watcher")
    answer = call("GET", f"{LIST}?q=(page:0,page_size:100,search:'List ')")
    assert answer.status_code == 200
    assert answer.json["ids"] == mine
    assert [each["id"] for each in answer.json["result"]] == mine
    assert answer.json["count"] == 3
    assert other not in call("GET", f"{LIST}?q=(page:0,page_size:100)").json["ids"]


def test_an_item_has_exact_figures_as_texts(company: Company):
    number = add(company, credit="12.30", volume="0.0001", extra={"a": 1}, seen_at=_moment())
    answer = company.api_of("east.watcher")("GET", f"{LIST}{number}")
    assert answer.json["id"] == number
    found = answer.json["result"]
    assert (found["credit"], found["volume"], found["extra"]) == ("12.30", "0.0001", {"a": 1})
    assert (found["seen_at"], found["row_version"], found["shout"]) == (
        "2026-11-22T06:00:00+00:00",
        1,
        "Wang!",
    )


def _moment():
    from datetime import UTC, datetime

    return datetime(2026, 11, 22, 6, tzinfo=UTC)


def test_paging_sorting_and_filters(company: Company):
    numbers = [add(company, name="Sorted", visits=visits, kind="firm") for visits in (3, 1, 2)]
    call = company.api_of("east.watcher")
    q = "(filters:!((col:name,opr:eq,value:Sorted)),order_column:visits,order_direction:desc,page:{},page_size:2)"
    first, second, third = (call("GET", f"{LIST}?q={q.format(page)}").json for page in (0, 1, 7))
    assert [first["ids"], second["ids"], third["ids"]] == [[numbers[0], numbers[2]], [numbers[1]], []]
    assert first["count"] == second["count"] == third["count"] == 3
    for operator, value, expected in (("gt", 1, {3, 2}), ("le", 1, {1}), ("neq", 2, {3, 1})):
        q = f"(filters:!((col:name,opr:eq,value:Sorted),(col:visits,opr:{operator},value:{value})))"
        assert {each["visits"] for each in call("GET", f"{LIST}?q={q}").json["result"]} == expected
    for operator, value in (("sw", "sor"), ("ct", "ORTE")):
        q = f"(filters:!((col:name,opr:{operator},value:{value})))"
        assert set(call("GET", f"{LIST}?q={q}").json["ids"]) >= (set(numbers) if operator == "ct" else set())
    assert len(call("GET", f"{LIST}?q=(page_size:100000)").json["ids"]) <= 100


@pytest.mark.parametrize(
    "q",
    [
        "garbage", "(", "!(1,2)", "'text'", "(page:x)", "(page:!n)", "(page_size:abc)", "(filters:5)",
        "(filters:!((col:name)))", "(filters:!(5))", "(filters:!((col:password,opr:eq,value:1)))",
        "(filters:!((col:name,opr:like,value:1)))", "(filters:!((col:visits,opr:eq,value:x)))",
        "(filters:!((col:visits,opr:eq,value:99999999999)))", "(filters:!((col:credit,opr:eq,value:NaN)))",
        "(filters:!((col:credit,opr:eq,value:'1e999999')))", "(filters:!((col:credit,opr:gt,value:'1.234')))",
        "(filters:!((col:since,opr:eq,value:yesterday)))", "(filters:!((col:seen_at,opr:gt,value:'2026-01-01')))",
        "(filters:!((col:vip,opr:eq,value:perhaps)))", "(filters:!((col:extra,opr:eq,value:1)))",
        "(filters:!((col:shout,opr:eq,value:1)))", "(filters:!((col:id,opr:eq,value:'²')))",
        "(filters:!((col:id,opr:eq,value:9999999999)))", "(filters:!((col:branch_id,opr:eq,value:1)))",
        "(order_column:password)", "(order_column:extra)", "(order_column:shout)", "(order_column:branch_id)",
        "(" * 3000,
    ],
)  # fmt: skip
def test_a_question_that_does_not_make_sense_is_answered_with_400(company: Company, q):
    answer = company.api_of("east.watcher")("GET", LIST, query_string={"q": q})
    assert answer.status_code == 400, answer.text
    assert answer.json["message"]


@pytest.mark.parametrize(
    "q", ["(search:'%00')", "(search:'%25_')", "(filters:!((col:name,opr:ct,value:'%00')))"]
)
def test_odd_texts_are_looked_for_and_not_found(company: Company, q):
    assert company.api_of("east.watcher")("GET", f"{LIST}?q={q}").status_code == 200


def test_adding(company: Company):
    boss = add(company)
    body = {
        "number": "REST-1",
        "name": "René",
        "credit": 12.3,
        "volume": "1.5",
        "vip": True,
        "referrer_id": boss,
    }
    answer = company.api_of("east.clerk")("POST", LIST, json=body)
    assert answer.status_code == 201, answer.text
    made = answer.json["result"]
    assert made["credit"] == "12.30"
    assert (made["kind"], made["visits"], made["since"]) == ("home", 0, "2026-01-02")
    with company.session("east") as session:
        assert session.get_one(Customer, answer.json["id"]).referrer_id == boss
    again = company.api_of("east.clerk")("POST", LIST, json=body)
    assert again.status_code == 409
    assert again.json["message"] == "There is already a record with this Shop number."


def test_an_exact_figure_stays_exact(company: Company):
    body = {**customer_values(), "credit": "0.29", "volume": "8007199254.7409"}
    answer = company.api_of("east.clerk")("POST", LIST, json=body)
    assert (answer.json["result"]["credit"], answer.json["result"]["volume"]) == ("0.29", "8007199254.7409")
    text = json.dumps(customer_values())[:-1] + ', "volume": 8007199254.7409}'
    answer = company.api_of("east.clerk")("POST", LIST, data=text, content_type="application/json")
    assert answer.json["result"]["volume"] == "8007199254.7409"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 5), ("name", None), ("name", ["x"]), ("name", {"x": 1}), ("name", True), ("name", "x" * 41),
        ("name", ""), ("name", "a\x00b"), ("name", "\ud800"), ("number", "lower case"), ("kind", "castle"),
        ("kind", None), ("kind", 1), ("visits", "x"), ("visits", 1.5), ("visits", True), ("visits", None),
        ("visits", 2**31), ("steps", 2**63), ("steps", 10**400), ("credit", "1.234"), ("credit", "NaN"),
        ("credit", 1e300), ("credit", None), ("credit", []), ("volume", "1e5"), ("since", "2026-02-30"),
        ("since", 20260101), ("since", "10000-01-01"), ("vip", "no"), ("vip", None), ("vip", 1),
        ("referrer_id", 2**31 - 1), ("referrer_id", 10**30), ("referrer_id", -1), ("referrer_id", "abc"),
        ("referrer_id", {"id": 1}), ("referrer_id", 1.0), ("note", 5),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_and_named(company: Company, field, value):
    body = {**customer_values(), field: value}
    answer = company.api_of("east.clerk")("POST", LIST, json=body)
    assert answer.status_code == 400, answer.text
    assert field in answer.json["errors"]
    with company.session("east") as session:
        assert session.scalar(select(Customer).where(Customer.number == str(body["number"]))) is None


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"5", b'"x"', b"{", b"\xff\xfe", b'{"name": NaN}', b"[" * 100_000, b"null"]
)
def test_a_body_that_is_no_object_is_refused(company: Company, body):
    answer = company.api_of("east.clerk")("POST", LIST, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["message"] == "Send a JSON object with the fields of the record."


def test_only_json_is_taken(company: Company):
    body = json.dumps(customer_values())
    assert company.api_of("east.clerk")("POST", LIST, data=body, content_type="text/plain").status_code == 400
    assert company.api_of("east.clerk")("POST", LIST, data=customer_values()).status_code == 400


@pytest.mark.parametrize(
    "field", ["id", "branch_id", "seen_at", "shout", "extra", "created_at", "nothing", "__class__"]
)
def test_fields_that_are_not_written_are_refused(company: Company, field):
    answer = company.api_of("east.clerk")("POST", LIST, json={**customer_values(), field: 1})
    assert answer.status_code == 400
    assert field in answer.json["message"]


def test_a_change_writes_what_it_names_and_nothing_else(company: Company):
    number = add(company, note="stays", volume=4, vip=True, visits=9)
    call = company.api_of("east.clerk")
    answer = call("PUT", f"{LIST}{number}", json={"name": "Changed"})
    assert answer.status_code == 200
    found = answer.json["result"]
    assert (found["name"], found["note"], found["volume"], found["vip"], found["visits"]) == (
        "Changed", "stays", "4", True, 9,
    )  # fmt: skip
    found = call("PUT", f"{LIST}{number}", json={"note": None, "volume": None, "vip": False}).json["result"]
    assert (found["note"], found["volume"], found["vip"]) == (None, None, False)
    assert call("PUT", f"{LIST}{number}", json={}).status_code == 200
    assert call("PUT", f"{LIST}{number}", json={"number": "NEW"}).status_code == 400


def test_a_change_on_an_old_version_is_refused(company: Company):
    number = add(company)
    call = company.api_of("east.clerk")
    assert (
        call("PUT", f"{LIST}{number}", json={"name": "One", "row_version": 1}).json["result"]["row_version"]
        == 2
    )
    stale = call("PUT", f"{LIST}{number}", json={"name": "Two", "row_version": 1})
    assert stale.status_code == 409
    assert stale.json["message"].startswith("Somebody else has changed this record meanwhile.")
    assert call("PUT", f"{LIST}{number}", json={"row_version": "1"}).status_code == 400


def test_deleting(company: Company):
    number = add(company)
    company.put("east", Order(customer_id=number, amount=3))
    call = company.api_of("east.manager")
    assert call("DELETE", f"{LIST}{number}").status_code == 409
    free = add(company)
    assert call("DELETE", f"{LIST}{free}").status_code == 200
    assert call("GET", f"{LIST}{free}").status_code == 404


def test_a_posted_record_is_refused_by_every_channel(company: Company):
    number = company.put("east", Receipt(amount=5))
    call = company.api_of("east.manager")
    assert call("PUT", f"/api/v1/shop/receipt/{number}", json={"amount": "6"}).status_code == 409
    assert call("DELETE", f"/api/v1/shop/receipt/{number}").status_code == 409
    assert call("PUT", f"/api/v1/shop/receipt/{number}", json={"printed_on": "2026-11-22"}).status_code == 200
    manager = company.client_of("east.manager")
    page = Page(manager.get(f"/shop/receipt/{number}").text)
    assert f"/shop/receipt/{number}/delete" not in page.posts
    assert f"/shop/receipt/{number}/edit" in page.links  # as the day of printing may still be filled in
    answer = manager.fill(f"/shop/receipt/{number}/edit", {"amount": "7"})
    assert answer.status_code == 409
    assert "A posted record cannot be changed or deleted." in answer.text
    manager.post(f"/shop/receipt/{number}/delete")
    assert call("GET", f"/api/v1/shop/receipt/{number}").json["result"]["amount"] == "5.00"


def test_who_what_and_which_are_judged_before_body_and_token(company: Company):
    number, far = add(company), add(company, "west")
    nobody, watcher = company.app.test_client(), company.api_of("east.watcher")
    clerk = company.api_of("east.clerk")
    broken = {"data": b"{", "content_type": "application/json"}
    for method, path in (("POST", LIST), ("PUT", f"{LIST}{number}"), ("DELETE", f"{LIST}{number}")):
        assert nobody.open(path, method=method, **broken).status_code == 401
        assert watcher(method, path, **broken).status_code == 403
    assert nobody.get(LIST).status_code == 401
    assert clerk("PUT", f"{LIST}{far}", **broken).status_code == 404
    assert clerk("PUT", f"{LIST}{number}", **broken).status_code == 400
    assert clerk("GET", f"{LIST}{far}").status_code == 404
    assert clerk("GET", f"{LIST}999999999999").status_code == 404
    assert clerk("GET", "/api/v1/shop/nothing/").status_code == 404
    assert clerk("GET", "/api/v1/nothing/customer/").status_code == 404
    assert clerk("PATCH", f"{LIST}{number}").status_code == 405
    manager = company.api_of("west.manager")
    assert manager("DELETE", f"{LIST}{number}").status_code == 404


def test_a_log_in_cookie_needs_the_token_and_a_bearer_token_does_not(company: Company):
    number = add(company)
    browser = company.client_of("east.clerk")
    path = f"{LIST}{number}"
    assert browser.client.put(path, json={"name": "X"}).status_code == 400
    assert browser.client.put(path, json={"name": "X"}, headers={"X-CSRFToken": "wrong"}).status_code == 400
    assert (
        browser.client.put(path, json={"name": "X"}, headers={"X-CSRFToken": browser.token}).status_code
        == 200
    )
    forged = {"Authorization": "Bearer nonsense"}
    assert browser.client.put(path, json={"name": "Y"}, headers=forged).status_code == 401
    assert company.api_of("east.clerk")("PUT", path, json={"name": "Z"}).status_code == 200


def test_a_person_of_several_branches_names_the_branch(company: Company):
    company.add_person("both", "east", "shop.clerk")
    with company.session() as session:
        from company import SINCE
        from core.people.service import appoint

        appoint(session, company.people["both"], company.branches["west"], "shop.watcher", SINCE)
    far = add(company, "west", name="Far")
    call = company.api_of("both")
    assert call("GET", f"{LIST}{far}").status_code == 404
    west = {"headers": {"X-Branch": "west"}}
    assert call("GET", f"{LIST}{far}", **west).status_code == 200
    assert call("POST", LIST, json=customer_values(), **west).status_code == 403
    assert call("GET", LIST, headers={"X-Branch": "hq"}).status_code == 404
    assert call("GET", LIST, headers={"X-Branch": "no-such"}).status_code == 404


def test_people_are_added_on_their_own_screen_only(company: Company):
    call = company.api_of("admin")
    assert call("POST", "/api/v1/core/person/", json={"last_name": "X", "email": "x@y.z"}).status_code == 405
    assert company.client_of("admin").get("/core/person/new").location == "/core/people/new"
    person = call("GET", f"/api/v1/core/person/{company.people['east.clerk']}").json["result"]
    assert not {"password", "login_count"} & set(person)


def test_messages_come_in_the_callers_language(company: Company):
    answer = company.api_of("east.clerk", "zh")("POST", LIST, json={**customer_values(), "name": ""})
    assert answer.json["errors"]["name"] == ["请填写此项。"]
    assert answer.json["message"] == "有些字段填写有误。"


def test_branches_by_rest(company: Company):
    call = company.api_of("admin")
    body = {"code": "north", "name_zh": "城北", "name_en": "North", "kind": "branch"}
    made = call("POST", "/api/v1/core/branch/", json=body)
    assert made.status_code == 201, made.text
    assert (made.json["result"]["time_zone"], made.json["result"]["active"]) == ("Asia/Shanghai", True)
    wrong = call("PUT", f"/api/v1/core/branch/{made.json['id']}", json={"time_zone": "Mars/Base"})
    assert (wrong.status_code, list(wrong.json["errors"])) == (400, ["time_zone"])
    with company.session() as session:
        assert session.scalar(select(Branch).where(Branch.code == "north")).time_zone == "Asia/Shanghai"
