"""Lists: search, filters, order, pages, and addresses that anybody may have typed."""

from __future__ import annotations

import re

import pytest
from shop.models import Customer, Order

from company import Company, counted, customer_values
from pages import Page

LIST = "/shop/customer/"
EXCHANGED = {"HX-Request": "true", "HX-Target": "list"}


@pytest.fixture(scope="module")
def sixty(company: Company) -> list[int]:
    """Sixty customers whose names begin with Row, five of them firms."""
    boss = company.put("east", Customer(**customer_values(name="The boss")))
    made = []
    with company.session("east") as session:
        rows = [
            Customer(
                **customer_values(
                    number=f"S{n:05}",
                    name=f"Row {n:02}",
                    kind="firm" if n < 5 else "home",
                    credit=n,
                    referrer_id=boss,
                )
            )
            for n in range(60)
        ]
        session.add_all(rows)
        session.flush()
        made = [each.id for each in rows]
    return made


def names(page: str) -> list[str]:
    return [text for text in Page(page).texts if text.startswith("Row ")]


def test_a_page_has_twenty_five_rows_and_a_way_to_the_next(company: Company, sixty):
    clerk = company.client_of("east.clerk")
    first = clerk.get("/shop/customer/?q=Row").text
    assert names(first) == [f"Row {n:02}" for n in range(25)]
    assert "60 records" in first
    follow = next(link for link in Page(first).links if "page=2" in link)
    assert names(clerk.get(follow).text) == [f"Row {n:02}" for n in range(25, 50)]
    last = clerk.get("/shop/customer/?q=Row&page=3").text
    assert names(last) == [f"Row {n:02}" for n in range(50, 60)]
    assert not [link for link in Page(last).links if "page=4" in link]
    assert len(names(clerk.get("/shop/customer/?q=Row&size=100").text)) == 60


@pytest.mark.parametrize("page", ["4", "99", "9999", "10000000000000000000000"])
def test_a_page_behind_the_end_shows_the_last(company: Company, sixty, page):
    text = company.client_of("east.clerk").get(f"/shop/customer/?q=Row&page={page}").text
    assert names(text)
    assert "There is nothing here yet." not in text


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=1.5", "page=", "page=²", "size=0", "size=-5", "size=1000000", "size=x",
     "sort=password", "sort=branch_id", "sort=nothing", "sort=extra", "sort=shout", "dir=sideways", "f_kind=castle",
     "f_referrer_id=x", "f_referrer_id=99999999999999", "f_credit=NaN", "f_credit=1e99999", "f_visits=²", "f_since=x",
     "f_seen_at=x", "f_vip=maybe", "f_name=Row", "f_nothing=1", "q=%00", "q=%25", "q=_", "q=%ED%A0%80",
     "q=" + "x" * 5000, "sort=name&sort=number&dir=desc&dir=asc", "_l_=xx", "f_kind=%00"],
)  # fmt: skip
def test_addresses_that_make_no_sense_still_show_a_list(company: Company, sixty, query):
    answer = company.client_of("east.clerk").get(f"/shop/customer/?{query}")
    assert answer.status_code == 200
    assert len(names(answer.text)) <= 100


def test_searching_finds_parts_in_any_case_and_takes_signs_as_they_are(company: Company, sixty):
    company.put("east", Customer(**customer_values(name="王建国 100%_Co")))
    clerk = company.client_of("east.clerk")
    for text in ("建国", "王", "100%", "%_c", "100%_CO"):
        assert "王建国" in clerk.get("/shop/customer/", query_string={"q": text}).text
    assert names(clerk.get("/shop/customer/?q=rOW 07").text) == ["Row 07"]
    for text in ("%", "_", "R_w", "w%0"):
        assert not names(clerk.get("/shop/customer/", query_string={"q": text}).text)
    assert "Nothing matches." in clerk.get("/shop/customer/?q=nobody-has-this").text


def test_filters_narrow_and_can_be_taken_away(company: Company, sixty):
    clerk = company.client_of("east.clerk")
    page = clerk.get("/shop/customer/?q=Row&f_kind=firm").text
    assert len(names(page)) == 5
    assert "Firm" in page
    without = next(link for link in Page(page).links if "f_kind" not in link and "q=Row" in link)
    assert len(names(clerk.get(without).text)) == 25
    assert names(clerk.get("/shop/customer/?q=Row&f_credit=7").text) == ["Row 07"]
    assert not names(clerk.get("/shop/customer/?q=Row&f_vip=yes").text)


def test_sorting_by_a_heading(company: Company, sixty):
    clerk = company.client_of("east.clerk")
    up = names(clerk.get("/shop/customer/?q=Row&sort=credit").text)
    down = names(clerk.get("/shop/customer/?q=Row&sort=credit&dir=desc").text)
    assert (up[0], down[0]) == ("Row 00", "Row 59")
    headings = [
        link for link in Page(clerk.get("/shop/customer/?q=Row&page=2").text).links if "sort=credit" in link
    ]
    assert headings
    assert all("q=Row" in link and "page" not in link for link in headings)


def test_a_list_page_takes_few_statements(company: Company, sixty):
    clerk = company.client_of("east.clerk")
    clerk.get("/shop/customer/")
    with counted(company.database) as statements:
        assert clerk.get("/shop/customer/?q=Row&f_kind=firm&sort=name").status_code == 200
    assert len(statements) <= 8, "\n".join(statements)


def test_a_record_page_takes_few_statements_however_many_rows_hang_on_it(company: Company, sixty):
    with company.session("east") as session:
        session.add_all(Order(customer_id=sixty[0], amount=n + 1) for n in range(30))
    clerk = company.client_of("east.clerk")
    with counted(company.database) as statements:
        page = clerk.get(f"/shop/customer/{sixty[0]}").text
    assert len(statements) <= 10, "\n".join(statements)  # one of them the messages of the time line
    assert page.count("¥") <= 12 + 2
    assert f"/shop/order/?f_customer_id={sixty[0]}" in page


def test_a_rest_list_takes_few_statements(company: Company, sixty):
    call = company.api_of("east.clerk")
    with counted(company.database) as statements:
        assert len(call("GET", "/api/v1/shop/customer/?q=(page_size:100,search:Row)").json["ids"]) == 60
    assert len(statements) <= 7, "\n".join(statements)


def test_the_picker_searches_and_never_loads_all(company: Company, sixty):
    clerk = company.client_of("east.clerk")
    first = clerk.get("/shop/customer/picker").json["results"]
    assert len(first) == 20
    assert all(each["hint"] for each in first)  # nothing is sought yet: what tells them apart stands beside
    found = clerk.get("/shop/customer/picker?q=row 33").json
    assert found == {"results": [{"id": str(sixty[33]), "label": "Row 33"}]}
    assert clerk.get("/shop/customer/picker?q=%00").status_code == 200
    assert company.client_of("west.manager").get("/shop/customer/picker?q=Row").json == {"results": []}
    assert company.client_of("idle").get("/shop/customer/picker").status_code == 404
    assert company.browser().get("/shop/customer/picker").status_code == 302
    page = clerk.get("/shop/order/new").text
    assert 'data-picker-url="/shop/customer/picker"' in page
    assert "Row 33" not in page


def test_what_a_person_may_not_do_is_not_offered(company: Company, sixty):
    watcher, manager = company.client_of("east.watcher"), company.client_of("east.manager")
    for path in ("/shop/customer/", f"/shop/customer/{sixty[0]}"):
        seen = Page(watcher.get(path).text)
        assert not [link for link in seen.links if link.endswith(("/new", "/edit")) or "export" in link]
        assert not [link for link in seen.posts if "delete" in link or "greet" in link]
    offered = Page(manager.get(f"/shop/customer/{sixty[0]}").text)
    assert f"/shop/customer/{sixty[0]}/edit" in offered.links
    assert f"/shop/customer/{sixty[0]}/delete" in offered.posts
    assert f"/shop/board/greet/{sixty[0]}" in offered.posts


def test_what_people_entered_is_shown_as_text(company: Company):
    nasty = "<script>alert(1)</script>\"'"
    number = company.put("east", Customer(**customer_values(name=nasty, note="<img src=x onerror=y>")))
    clerk = company.client_of("east.clerk")
    for path in ("/shop/customer/?q=alert", f"/shop/customer/{number}", f"/shop/customer/{number}/edit"):
        page = clerk.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert Page(page).refused == []
    manager = company.client_of("east.manager")
    assert Page(manager.get(f"/shop/customer/{number}").text).refused == []


def test_a_phone_sorts_by_the_menu_of_columns(company: Company, sixty):
    """Rows are cards there, without headings."""
    page = company.client_of("east.watcher").get("/shop/customer/?sort=name").text
    part = page[page.index('class="sort-phone"') :]
    part = part[: part.index("</ul>")]
    headings = re.findall(r'<a class="sort"[^>]* href="([^"]+)"', page)
    assert headings
    assert re.findall(r'href="([^"]+)"', part) == headings
    assert part.count('aria-current="true"') == 1


@pytest.mark.parametrize(
    "asked", ["", "?q=Row", "?q=nobody+is+called+so", "?sort=name&dir=desc", "?add=name"]
)
def test_what_is_exchanged_is_the_same_part_of_the_page_and_nothing_else(
    company: Company, sixty, asked: str
) -> None:
    clerk = company.client_of("east.clerk")
    whole = clerk.get(LIST + asked).get_data(as_text=True)
    part = clerk.get(LIST + asked, headers=EXCHANGED).get_data(as_text=True)

    title, rows = part.strip().split("\n", 1)
    assert title in whole
    assert without_tokens(rows.strip()) in without_tokens(whole)
    assert rows.strip().startswith('<div class="panel list" id="list"')
    assert "<html" not in part
    assert 'id="side"' in whole
    assert 'id="side"' not in part


OTHERWISE: list[dict[str, str]] = [
    {"HX-Request": "true"},
    {"HX-Target": "list"},
    {**EXCHANGED, "HX-Target": "found"},
]


@pytest.mark.parametrize("headers", OTHERWISE)
def test_whoever_exchanges_something_else_gets_the_whole_page(
    company: Company, headers: dict[str, str]
) -> None:
    page = company.client_of("east.clerk").get(LIST, headers=headers).get_data(as_text=True)
    assert 'id="side"' in page
    assert 'id="list"' in page


def without_tokens(page: str) -> str:
    return re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", page)
