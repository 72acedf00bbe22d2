"""What stands around every page: the side bar, and the bell in the top bar."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import servers
from visitor import Visitor
from walks import DESK, settings

pytestmark = pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)


@pytest.fixture
def site(setting, standing: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    return standing(setting.backend)


def test_the_side_bar_is_remembered(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor()
    clerk.log_in("gas-east.card-clerk")
    browser = clerk.browser
    wide = browser.one("#side").size["width"]
    browser.one("[data-side-fold]").click()
    narrow = browser.one("#side").size["width"]
    assert narrow < wide / 2
    clerk.open("/my-work/")
    assert browser.one("#side").size["width"] == narrow
    browser.one("[data-side-fold]").click()
    head = browser.one("[data-nav-group=gas] [data-nav-fold]")
    head.click()
    assert browser.shown("[data-nav-group=gas] a") == []
    clerk.open("/notices/")
    assert browser.shown("[data-nav-group=gas] a") == []
    browser.one("[data-nav-group=gas] [data-nav-fold]").click()
    assert browser.shown("[data-nav-group=gas] a")


def test_the_bell_tells_how_much_is_new_until_it_is_opened(visitor: Callable[..., Visitor]) -> None:
    person, colleague = visitor(), visitor()
    person.log_in("gas-west.duty-clerk")
    browser = person.browser
    bell = browser.one(".top-notices > summary")
    bell.click()
    person.sees("Nothing has come for you of late.", ".top-notices")
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    browser.wait(lambda: not browser.shown(".top-notices .drop-box"), "the menu to close")

    colleague.log_in("gas-west.team-leader")
    person.data = (colleague.browser.text(".top-person-name").strip(),)  # the notice names the colleague
    colleague.open("/core/delegations/")
    colleague.pick("Colleague", "gas-west.duty-clerk")
    colleague.press("Delegate")

    browser.driver.execute_script("sessionStorage.clear()")  # a minute passes
    person.open("/")
    browser.wait_for_text("1", "[data-notices-count]")
    bell = browser.one(".top-notices > summary")
    assert bell.get_attribute("aria-label") == person.words("Notices, %(count)s new", count="1")
    bell.click()
    notice = browser.one(".top-notices .notice-new")
    assert person.words("Business centre team leader") in notice.text
    assert browser.shown("[data-notices-count]") == []
    person.leave(notice.find_element(By.CSS_SELECTOR, "a"))
    assert browser.driver.current_url.endswith("/core/delegations/")
    assert browser.shown("[data-notices-count]") == []
    person.open("/notices/")
    person.reads(person.words("Business centre team leader"), "main")
