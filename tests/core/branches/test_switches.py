"""Switching plugins on and off for a branch, as seen by every process at its next request."""

from __future__ import annotations

import pytest
from shop.models import Customer

from company import Company, app_on, customer_values
from pages import told_in


@pytest.fixture
def admin(own_company: Company):
    return own_company.client_of("admin")


def notice(browser, plugin, branch, on):
    answer = browser.post(f"/core/plugin/{plugin}/{branch}", {"on": "1" if on else "0", "at": "switches"})
    assert answer.location == "/core/plugin/#switches"
    page = browser.get("/core/plugin/").text
    assert told_in(page, "switches")
    return page


def status(browser, path):
    with browser.get(path) as answer:
        return answer.status_code


def test_the_list_shows_every_plugin_with_a_switch_for_each_branch(own_company, admin):
    page = admin.get("/core/plugin/").text
    for shown in (
        "Shop",
        "Customer cards",
        "shopcards",
        "1.0.0",
        "&gt;=1.0",
        "Head office",
        "East",
        "West",
    ):
        assert shown in page
    assert page.count('role="switch"') == 3 * len(own_company.installation.host.installed)
    assert page.count('aria-checked="true"') == 2


def test_what_a_plugin_needs_has_to_be_on_first_and_the_message_says_what(own_company, admin):
    page = notice(admin, "shopcards", "hq", on=True)
    assert "Switch on Shop in this branch first: Customer cards needs it." in page
    assert page.count('aria-checked="true"') == 2
    admin.post("/lang/zh")
    assert "请先在本机构启用“商店”：“会员卡”需要它。" in notice(admin, "shopcards", "hq", on=True)
    admin.post("/lang/en")
    assert "Customer cards is on in East now." in notice(admin, "shopcards", "east", on=True)
    assert "Switch off Customer cards in this branch first: it needs Shop." in notice(
        admin, "shop", "east", on=False
    )
    assert "Customer cards is off in East now. Its data stays." in notice(
        admin, "shopcards", "east", on=False
    )
    assert "Shop is off in East now. Its data stays." in notice(admin, "shop", "east", on=False)


def test_off_hides_everything_at_the_next_request_and_keeps_the_data(own_company, admin):
    number = own_company.put("east", Customer(**customer_values(name="Still here")))
    settings = own_company.installation.settings
    other_process = app_on(settings.database_url, settings.home)
    clerk, api = own_company.client_of("east.clerk", app=other_process), own_company.api_of("east.clerk")
    pages = ("/shop/customer/", f"/shop/customer/{number}", f"/shop/customer/{number}/edit", "/shop/customer/new",
             "/shop/customer/picker?q=x", "/shop/customer/export.xlsx", "/shop/board/")  # fmt: skip
    calls = ("/api/v1/shop/customer/", f"/api/v1/shop/customer/{number}")
    assert {status(clerk, path) for path in pages} == {200}
    assert "/shop/board/" in clerk.get("/").text

    notice(admin, "shop", "east", on=False)
    assert {status(clerk, path) for path in pages} == {404}
    assert {api("GET", path).status_code for path in calls} == {404}
    assert api("POST", calls[0], json=customer_values()).status_code == 404
    assert clerk.post(f"/shop/board/greet/{number}").status_code == 404
    assert "/shop/" not in clerk.get("/").text
    assert own_company.client_of("west.manager").get("/shop/customer/").status_code == 200

    notice(admin, "shop", "east", on=True)
    assert "Still here" in clerk.get("/shop/customer/").text
    other_process.extensions["zhidu"].database.dispose()


def test_a_person_who_is_not_logged_in_learns_nothing(own_company):
    nobody = own_company.browser()
    assert nobody.get("/shop/board/").status_code == 302
    assert nobody.client.post("/core/plugin/shop/east", data={"on": "0"}).status_code == 302
    assert nobody.client.get("/api/v1/shop/customer/").status_code == 401


def test_only_the_administrator_switches_and_only_what_is_there(own_company, admin):
    for username in ("east.manager", "idle"):
        answer = own_company.client_of(username).post("/core/plugin/shop/east", {"on": "0"})
        assert answer.status_code in (403, 404)
    assert admin.post("/core/plugin/shop/nowhere", {"on": "1"}).status_code == 404
    assert "There is no plugin nothing." in notice(admin, "nothing", "east", on=True)
    assert admin.client.post("/core/plugin/shop/east", data={"on": "0"}).status_code == 400
    assert own_company.client_of("east.clerk").get("/shop/customer/").status_code == 200


def test_switching_twice_is_no_matter(own_company, admin):
    for _ in range(2):
        assert "Shop is on in West now." in notice(admin, "shop", "west", on=True)
    for _ in range(2):
        assert "Shop is off in West now." in notice(admin, "shop", "west", on=False)
