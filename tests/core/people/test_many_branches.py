"""A company of many branches: a page offers a few of them, all others by search, and reads none of them anew."""

from __future__ import annotations

import re

import pytest

from company import Browser, Company, counted
from core.branches import Branch
from core.handbook.registry import RuleBook
from core.people.rights.offering import MOST, matching, nearest
from core.people.rights.snapshot import Node
from pages import most_options
from shop_rules import RULES

COUNT = 60


@pytest.fixture(scope="module")
def large(company: Company) -> Company:
    """Sixty branches more, in two regions; the tenth is closed."""
    with company.session() as session:
        regions = [
            Branch(code=f"region{n}", name_zh=f"区域{n}", name_en=f"Region {n}", kind="region",
                   parent_id=company.branches["hq"])
            for n in (1, 2)
        ]  # fmt: skip
        session.add_all(regions)
        session.flush()
        rows = [
            Branch(code=f"many{n:02}", name_zh=f"分部{n:02}", name_en=f"Many {n:02}", kind="branch",
                   parent_id=regions[n % 2].id, active=n != 10)
            for n in range(COUNT)
        ]  # fmt: skip
        session.add_all(rows)
        session.flush()
        company.branches |= {each.code: each.id for each in (*regions, *rows)}
    return company


@pytest.fixture(scope="module")
def admin(large: Company) -> Browser:
    return large.client_of("admin")


def offered(page: str) -> list[str]:
    """The codes of the branches that a page's buttons lead to."""
    return re.findall(r'formaction="/branch/([^"]+)"', page)


def test_a_page_offers_a_few_branches_and_the_way_to_all(admin: Browser):
    admin.post("/branch/many07")
    page = admin.get("/core/branch/?q=Many").text
    assert len(offered(page)) == MOST
    assert {"many07", "hq", "region2"} <= set(offered(page))
    others = re.search(r'href="(/branch/[^"]+)"', page).group(1)
    assert 'value="/core/branch/?q=Many"' in admin.get(others).text
    admin.post("/branch/hq")


def test_who_has_few_branches_has_them_all_at_hand(large: Company):
    page = large.client_of("east.clerk").get("/").text
    assert offered(page) == []
    assert "/branch/?" not in page
    assert offered(large.client_of("east.clerk").get("/branch/").text) == ["east"]


def test_all_branches_are_found_by_pages_and_by_search(admin: Browser):
    seen, address = [], "/branch/?next=/core/person/"
    while address:
        page = admin.get(address)
        seen += offered(page.text.partition("<main")[2])
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = following.group(1).replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == COUNT - 1 + 5
    assert "many10" not in seen
    for wanted in ("many33", "MANY 33", "分部33"):
        found = admin.get("/branch/", query_string={"q": wanted}).text.partition("<main")[2]
        assert offered(found) == ["many33"]
    assert "Nothing matches." in admin.get("/branch/?q=nowhere").text


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=99999999999", "page=99", "q=%00", "q=" + "x" * 5000]
)
def test_addresses_that_make_no_sense_still_show_the_page(admin: Browser, query: str):
    assert admin.get(f"/branch/?{query}").status_code == 200


def test_the_page_is_for_people_and_returns_to_this_site_only(large: Company, admin: Browser):
    assert large.browser().get("/branch/").location == "/login/?next=/branch/"
    assert "evil" not in admin.get("/branch/?next=https://evil.example/").text
    admin.get("/branch/?next=/core/person/5?x=1")
    assert admin.post("/branch/many05", {"next": "/core/person/5?x=1"}).location == "/core/person/"
    admin.post("/branch/hq")


def test_no_page_reads_all_branches(large: Company, admin: Browser):
    admin.get("/core/person/")
    with counted(large.database) as statements:
        admin.get("/core/person/")
    assert len(statements) <= 8, "\n".join(statements)
    assert not [each for each in statements if "FROM core_branch" in each and "WHERE" not in each]


def test_a_new_branch_and_a_closed_one_count_at_the_next_request(large: Company, admin: Browser):
    with large.session() as session:
        session.add(Branch(code="brand-new", name_zh="新部", name_en="Brand new", kind="branch"))
    assert offered(admin.get("/branch/?q=brand").text.partition("<main")[2]) == ["brand-new"]
    with large.session() as session:
        session.query(Branch).filter_by(code="brand-new").one().active = False
    assert offered(admin.get("/branch/?q=brand").text.partition("<main")[2]) == []
    assert admin.post("/branch/brand-new").status_code == 404


def test_the_nearest_are_the_present_one_likely_ones_and_those_beside_it():
    tree = [Node(1, None, "hq", "", "", True)]
    tree += [Node(n, 1, f"r{n}", "", "", True) for n in range(2, 10)]
    tree += [Node(n, 2 + n % 8, f"b{n}", "", "", True) for n in range(10, 100)]
    ids = [each.id for each in nearest(tree, 50, {99})]
    assert len(ids) == MOST
    assert {50, 99, tree[49].parent_id} <= set(ids)
    assert {each.parent_id for each in tree if each.id in ids} - {1} == {
        tree[49].parent_id,
        tree[98].parent_id,
    }
    assert ids == sorted(ids)
    assert [each.id for each in nearest(tree[:MOST], 50)] == [each.id for each in tree[:MOST]]
    assert matching(tree, "b99").count == 1


def test_the_history_searches_among_many_branches(large: Company, admin: Browser):
    page = admin.get(f"/core/history/?branch={large.branches['many07']}").text
    assert 'data-picker-url="/core/branch/picker"' in page
    assert "Many 07" in page
    assert "Many 08" not in page
    assert admin.get("/core/history/?branch=99999").status_code == 200


def test_the_switches_of_plugins_are_shown_a_page_of_branches_at_a_time(large: Company, admin: Browser):
    first = admin.get("/core/plugin/").text
    assert len(re.findall('<th scope="col" class="centre">', first)) == MOST
    assert 'rel="next" href="/core/plugin/?page=2"' in first
    address = "/core/plugin/?q=many07"
    page = admin.get(address).text
    assert set(re.findall(r'action="/core/plugin/shop/([^"]+)"', page)) == {"many07"}
    answer = admin.post("/core/plugin/shop/many07", {"on": "1", "next": address})
    assert answer.location == address
    assert 'aria-checked="true"' in admin.get(address).text
    for wrong in ("https://evil.example/", "/core/person/", ""):
        answer = admin.post("/core/plugin/shop/many07", {"on": "0", "next": wrong})
        assert answer.location == "/core/plugin/"


def test_rights_are_asked_and_changed_in_a_branch_that_no_drop_down_offers(large: Company, admin: Browser):
    for path in (
        "/core/rights/",
        "/core/rights/what",
        "/core/rights/who",
        "/core/rights/shop.clerk/shop.customer",
    ):
        page = admin.get(path).text
        assert 'data-picker-url="/core/rights/branches"' in page, path
        assert page.count('<option value="many') <= MOST
        assert '<option value="many33"' not in page
        page = admin.get(f"{path}?branch=many33").text
        assert re.search('<option[^>]*value="many33"', page), path
    found = admin.get("/core/rights/branches?q=many+33").json["results"]
    assert found == [{"id": "many33", "label": "Many 33", "hint": "many33"}]
    assert large.client_of("east.clerk").get("/core/rights/branches").status_code == 403
    change = {"what": "action:edit", "value": "refused", "where": "many33", "reason": "Only here"}
    answer = admin.fill("/core/rights/shop.clerk/shop.customer", change)
    assert answer.status_code == 302
    assert "Only here" in admin.get("/core/rights/shop.clerk/shop.customer?branch=many33").text


def test_a_setting_is_for_a_branch_that_is_searched_for(
    large: Company, admin: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(large.installation, "rules", RuleBook.of([("shop", each) for each in RULES]))
    path = "/core/handbook/rule/SHOP-R02/visits"
    assert most_options(admin.get(path).text) == MOST
    found = admin.get("/core/handbook/branches?q=Many 45").json["results"]
    assert [each["id"] for each in found] == ["many45"]
    page = admin.fill(path, {"branch": "many45", "value": "", "why": ""})
    assert page.status_code == 422
    assert most_options(page.text) == MOST
    assert 'selected value="many45"' in page.text
    assert admin.fill(path, {"branch": "many99"}).status_code == 422
