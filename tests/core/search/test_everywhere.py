"""The search of everything: what the reader may see, where they act, by the fields that they may read."""
# zh-ok-file: names that are looked for

from __future__ import annotations

import re

import pytest
from shop.models import Customer

from company import Company, counted
from core.people.positions import Position, grant
from core.people.rights.levels import MASKED
from core.search.screens.everywhere import MOST_ENTITIES, OF_EACH
from pages import Page

BOX = {"HX-Request": "true", "HX-Target": "found"}
DESK = Position(
    "shop.quiet",
    "Quiet desk",
    (grant("shop.customer", "see", clause="SHOP 2", fields={"number": MASKED}),),
)


@pytest.fixture(scope="module")
def customers(company: Company) -> dict[str, int]:
    made = {
        name: company.put("east", Customer(number=number, name=name, note="quiet"))
        for name, number in (("张三", "EW-1001"), ("张山", "EW-1002"), ("李四", "EW-2001"))
    }
    made["west"] = company.put("west", Customer(number="EW-3001", name="张世"))
    for n in range(OF_EACH + 1):
        company.put("east", Customer(number=f"EM-{n}", name=f"贺多{n}"))
    company.installation.positions[DESK.id] = DESK
    company.add_person("east.quiet", "east", DESK.id)
    return made


def found(
    company: Company, query: str, person: str = "east.clerk", **arguments: object
) -> dict[str, list[str]]:
    """Entity -> titles, over REST."""
    call = company.api_of(person)
    answer = call("GET", "/api/v1/search", query_string={"q": query, **arguments})
    assert answer.status_code == 200, answer.text
    return {each["entity"]: [hit["title"] for hit in each["result"]] for each in answer.json["groups"]}


def test_records_are_found_over_rest(company: Company, customers):
    for query in ("zs", "张", "1001 张三", "ew1001"):
        assert "张三" in found(company, query)["shop.customer"]
    answer = company.api_of("east.clerk")("GET", "/api/v1/search?q=李四").json
    assert answer == {
        "query": "李四",
        "groups": [
            {
                "entity": "shop.customer",
                "label": "Shop customers",
                "more": False,
                "url": "/shop/customer/?q=%E6%9D%8E%E5%9B%9B",
                "result": [
                    {
                        "id": customers["李四"],
                        "title": "李四",
                        "details": ["EW-2001"],
                        "url": f"/shop/customer/{customers['李四']}",
                        "api": f"/api/v1/shop/customer/{customers['李四']}",
                    }
                ],
            }
        ],
    }


def test_a_few_of_each_and_the_way_to_all(company: Company, customers):
    call = company.api_of("east.clerk")
    for limit, count in (("", OF_EACH), ("&limit=2", 2), ("&limit=20", OF_EACH + 1)):
        group = call("GET", f"/api/v1/search?q=贺多{limit}").json["groups"][0]
        assert (len(group["result"]), group["more"]) == (count, count <= OF_EACH)
    for wrong in ("0", "21", "x", "-1", "", "9" * 5000, "²"):
        assert call("GET", f"/api/v1/search?q=zs&limit={wrong}").status_code == 400


def test_it_stays_in_the_branch_and_asks_for_the_right(company: Company, customers):
    assert found(company, "zs", "west.manager") == {"shop.customer": ["张世"]}
    assert found(company, "zs", "idle") == {}
    assert "core.person" in found(company, "east.clerk", "admin")
    assert "core.person" not in found(company, "east.clerk", "east.clerk")
    assert company.app.test_client().get("/api/v1/search?q=zs").status_code == 401
    assert company.browser().get("/search/?q=zs").status_code == 302
    company.switch("shop", "east", on=False)
    assert found(company, "zs") == {}
    company.switch("shop", "east", on=True)


def test_what_is_masked_is_neither_found_by_nor_shown(company: Company, customers):
    assert found(company, "1001", "east.quiet") == found(company, "ew-1001", "east.quiet") == {}
    assert found(company, "zs", "east.quiet") == {"shop.customer": ["张三", "张山"]}
    quiet = company.client_of("east.quiet")
    for headers in ({}, BOX):
        text = quiet.get("/search/?q=zs", headers=headers).text
        assert "张三" in text
        assert "EW-1001" not in text
        assert "EW-1001" in company.client_of("east.clerk").get("/search/?q=zs", headers=headers).text


def test_the_box_gets_a_list_that_arrow_keys_walk(company: Company, customers):
    clerk = company.client_of("east.clerk")
    page = clerk.get("/search/?q=zs", headers=BOX)
    assert "<html" not in page.text
    assert page.text.count('role="option"') == 2
    assert 'role="listbox"' in page.text
    assert f'href="/shop/customer/{customers["张三"]}"' in page.text
    assert "All in Shop customers" not in page.text
    more = clerk.get("/search/?q=贺多", headers=BOX).text
    assert "All in Shop customers" in more
    assert more.count('role="option"') == OF_EACH + 1
    home = clerk.get("/").text
    assert 'hx-get="/search/"' in home
    assert 'data-hotkey="/"' in home
    assert clerk.get("/shop/customer/").text.count("data-hotkey") == 1
    assert "data-search-everywhere" not in company.client_of("idle").get("/").text


@pytest.mark.parametrize(
    ("language", "query", "said"),
    [
        ("en", "", "Search in everything that you may see."),
        ("en", "z", "Type at least two letters or digits, or one Chinese character."),
        ("en", "nobody-is-called-so", "Try a part of the name, its first letters in pinyin"),
        ("zh", "", "在您有权查看的全部内容中搜索。"),
        ("zh", "z", "请至少输入两个字母或数字，或一个汉字。"),
        ("zh", "nobody-is-called-so", "请尝试姓名的一部分、拼音首字母、编号或电话后四位。"),
    ],
)
def test_where_nothing_is_found_the_page_says_what_to_do(company: Company, customers, language, query, said):
    clerk = company.client_of("east.clerk", language)
    page = clerk.get("/search/", query_string={"q": query})
    assert page.status_code == 200
    assert said in page.text
    assert Page(page.text).refused == []
    if query:
        assert said in clerk.get("/search/", query_string={"q": query}, headers=BOX).text


@pytest.mark.parametrize(
    "query", ["%00", "%ED%A0%80", "%", "_", "'", "x" * 5000, "a b c d e f g h", "<script>alert(1)"]
)
def test_whatever_is_typed_is_answered(company: Company, customers, query):
    clerk = company.client_of("east.clerk")
    for headers in ({}, BOX):
        answer = clerk.get(f"/search/?q={query}", headers=headers)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
    assert company.api_of("east.clerk")("GET", f"/api/v1/search?q={query}").status_code == 200


def test_the_number_of_statements_is_bounded(company: Company, customers):
    call = company.api_of("admin")
    headers = {"X-Branch": "east"}
    call("GET", "/api/v1/search?q=zs", headers=headers)
    with counted(company.database) as nothing:
        assert call("GET", "/api/v1/search?q=nobodyatall", headers=headers).json["groups"] == []
    with counted(company.database) as something:
        groups = call("GET", "/api/v1/search?q=zs", headers=headers).json["groups"]
    assert 0 < len(groups) <= MOST_ENTITIES
    assert len(something) - len(nothing) <= MOST_ENTITIES
    asking = [each for each in nothing if "core_search_" in each]
    assert len(asking) == 1, "\n".join(nothing)
    assert re.search(r"core_search_token\.branch_id (?:=|IN)", asking[0])
    assert len(nothing) <= 7, "\n".join(nothing)
