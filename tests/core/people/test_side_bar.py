"""The side bar is built once for a set of rights, and at once anew when anything that it goes by has changed."""

from __future__ import annotations

import re
from datetime import date

import pytest

from company import Browser, Company
from core.people.rights import effective
from core.people.rights.models import ACTION, REFUSED, RightOverride


def links(page: str) -> list[str]:
    return re.findall(r'class="nav-item-z" href="([^"]+)"', page)


def marked(page: str) -> list[str]:
    return re.findall(r'class="nav-item-z" href="([^"]+)"[^>]*aria-current="page"', page)


@pytest.fixture
def clerk(own_company: Company) -> Browser:
    return own_company.client_of("east.clerk")


def test_each_person_has_their_own_links_and_each_page_its_own_mark(own_company: Company, clerk: Browser):
    admin = own_company.client_of("admin")
    for _ in range(2):
        assert "/shop/customer/" in links(clerk.get("/").text)
        assert "/core/person/" not in links(clerk.get("/").text)
        assert "/shop/customer/" not in links(admin.get("/").text)
        assert "/core/person/" in links(admin.get("/").text)
        assert marked(clerk.get("/").text) == ["/"]
        assert marked(clerk.get("/shop/customer/?q=x").text) == ["/shop/customer/"]


def test_language_switch_and_override_count_at_the_next_request(own_company: Company, clerk: Browser):
    before = clerk.get("/").text
    clerk.post("/lang/zh")
    after = clerk.get("/").text
    assert ("首页" in before, "首页" in after) == (False, True)
    assert links(before) == links(after)
    own_company.switch("shop", "east", on=False)
    assert "/shop/customer/" not in links(clerk.get("/").text)
    own_company.switch("shop", "east", on=True)
    assert "/shop/customer/" in links(clerk.get("/").text)
    with own_company.session() as session:
        session.add(RightOverride(position="shop.clerk", entity="shop.customer", kind=ACTION, name=effective.SEE,
                                  value=REFUSED, valid_from=date(2020, 1, 1), reason="Test"))  # fmt: skip
    assert "/shop/customer/" not in links(clerk.get("/").text)
    assert "/core/person/" in links(own_company.client_of("admin").get("/").text)


def test_links_are_built_once(own_company: Company, clerk: Browser, monkeypatch: pytest.MonkeyPatch):
    from core import side_bar

    first = links(clerk.get("/").text)
    monkeypatch.setattr(side_bar, "_built", lambda: pytest.fail("built again"))
    assert links(clerk.get("/shop/customer/").text) == first
