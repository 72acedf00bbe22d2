"""Anybody finds a customer in a second from every page: by keyboard on a desk, by thumb on a phone."""

from __future__ import annotations

from collections.abc import Callable

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import rest_client
import servers
from visitor import Visitor


def test_a_customer_is_found_by_keyboard(visitor: Callable[..., Visitor], site: servers.LiveServer) -> None:
    account = rest_client.log_in(site, "gas-west.cashier").search("/gas/account/")["result"][0]
    cashier = visitor()
    cashier.log_in("gas-west.cashier")
    browser = cashier.browser
    browser.driver.find_element(By.TAG_NAME, "body").send_keys("/")
    box = browser.driver.switch_to.active_element
    assert box.get_attribute("data-search-everywhere") is not None

    box.send_keys(account["name"])
    browser.wait(lambda: browser.shown("#found [role=option]"), "what was found")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    first = browser.shown("#found [role=option]")[0]
    assert account["name"] in first.text
    box.send_keys(Keys.ARROW_DOWN)
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    box.send_keys(Keys.ESCAPE)
    assert browser.shown("#found [role=option]") == []
    assert box.get_attribute("value") == account["name"]

    # Without a choice, enter leads to the page of all that was found.
    cashier.leave_by(lambda: box.send_keys(Keys.ENTER))
    assert browser.driver.current_url.startswith(site.url("/search/?q="))
    links = [each for each in browser.shown("main a.found-hit") if account["name"] in each.text]
    cashier.leave(links[0])
    assert "/gas/account/" in browser.driver.current_url

    box = browser.one("[data-search-everywhere]")
    box.send_keys(account["number"])
    browser.wait(lambda: browser.shown("#found [role=option]"), "the number")
    box.send_keys(Keys.ARROW_DOWN)
    cashier.leave_by(lambda: box.send_keys(Keys.ENTER))
    assert browser.driver.current_url == site.url(f"/gas/account/{account['id']}")
