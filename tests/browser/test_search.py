"""Anybody finds a customer in a second from every page: by keyboard on a desk, by thumb on a phone."""
# zh-ok-file: a name that is looked for

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import rest_client
import servers
from browsers import Chromium
from visitor import Visitor
from walks import DESK, PHONE, Setting

FOCUSED = "const at = document.activeElement; return [at.id, at.textContent.trim()]"
MOST_TABS = 80
PEOPLE = {
    ("zh", DESK): ("单雄信鑫磊", "sxxxl"),
    ("en", DESK): ("单雄安鑫磊", "sxaxl"),
    ("zh", PHONE): ("单雄伟鑫磊", "sxwxl"),
    ("en", PHONE): ("单雄明鑫磊", "sxmxl"),
}
"""The surname is read shan, not dan. Each setting adds its own to a database that they share."""


@pytest.fixture
def site(setting: Setting, standing: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    return standing(setting.backend)


@pytest.mark.long
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


def test_a_form_is_filled_in_by_keyboard_and_a_customer_picked_by_the_letters_of_the_name(
    setting: Setting, visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    name, letters = PEOPLE[setting.lang, setting.width]
    number, end = f"K-{letters}", str(9000 + ord(letters[2]))
    program = rest_client.log_in(site, "gas-west.card-clerk")
    account = program.add(
        "/gas/account/", number=number, name=name, address="1", opened_on="2026-01-01", phone=f"1390000{end}"
    )
    reader = visitor(data=(number, f"M-{letters}"))
    reader.log_in("gas-west.meter-reader")
    reader.open("/gas/meter/new")
    browser, keyed = reader.browser, ActionChains(reader.browser.driver)

    def press(*keys: str) -> None:
        keyed.send_keys(*keys).perform()

    tab_to(browser, "number")
    press(f"M-{letters}")
    tab_to(browser, "account_id-ts-control")
    for typed in (end, letters):
        press(typed)
        browser.wait(lambda: chosen(browser) == [number], f"{typed} to be found")
        if typed == end:
            reader.inspect(by_axe=True)
            press(*[Keys.BACKSPACE] * len(typed))
            browser.wait(lambda: chosen(browser) not in ([], [number]), "what is offered before a search")
    press(Keys.ENTER)
    assert browser.text(".ts-control .item").startswith(number)
    tab_to(browser, "type")
    press(Keys.ARROW_DOWN)
    tab_to(browser, "installed_on")
    press("20260201")
    tab_to(browser, reader.words("Save"))
    reader.leave_by(lambda: press(Keys.ENTER))
    assert reader.title() == f"M-{letters}"
    assert program.search("/gas/meter/", ("account_id", "eq", account))["count"] == 1


def chosen(browser: Chromium) -> list[str]:
    """What Enter would take: until the answer is there, that is what was found before."""
    return [each.text.split()[0] for each in browser.shown(".ts-dropdown .option.active")]


def tab_to(browser: Chromium, wanted: str) -> None:
    """Press Tab until what has an id, or says a text, has the focus."""
    for _ in range(MOST_TABS):
        if wanted in browser.driver.execute_script(FOCUSED):
            return
        ActionChains(browser.driver).send_keys(Keys.TAB).perform()
    raise AssertionError(f"Tab does not lead to {wanted}")
