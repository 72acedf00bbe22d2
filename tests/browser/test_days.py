"""A day is typed in any of the usual ways, or picked by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

import servers
import typed_days
from browsers import Chromium
from visitor import Visitor

NEW = "/gas/account/new"
SHOWN_CLOSED = """
const closed = [...document.querySelectorAll("dialog:not([open])")];
return closed.filter((each) => each.checkVisibility()).map((each) => each.id);
"""
READ = """
const [texts, today, done] = arguments;
const entry = document.querySelector("script[type=module]").src;
import(new URL("days.js", entry).href).then((days) => done(texts.map((each) => days.readDay(each, today))));
"""


@pytest.fixture
def site(setting, standing: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    return standing(setting.backend, ZHIDU_NOW=f"{typed_days.TODAY}T02:00:00+00:00")


def press(browser: Chromium, *keys: str) -> None:
    for key in keys:
        browser.driver.switch_to.active_element.send_keys(key)


def focused(browser: Chromium) -> str:
    return browser.driver.switch_to.active_element.get_attribute("data-pick-day") or ""


def test_a_day_is_typed_and_picked(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor()
    clerk.log_in("gas-west.card-clerk")
    clerk.open(NEW)
    browser, line = clerk.browser, clerk.field("Opened on")

    # The page reads what the program reads.
    texts = [*typed_days.DAYS, *typed_days.NO_DAYS, *typed_days.TWO_DAYS]
    wanted = [*typed_days.DAYS.values(), *(None for _ in (*typed_days.NO_DAYS, *typed_days.TWO_DAYS))]
    assert browser.driver.execute_async_script(READ, texts, typed_days.TODAY) == wanted

    # What is typed short is written out once the line is left; what is no day stays.
    for typed, shown in (("+3", "2026-11-25"), ("20260301", "2026-03-01"), ("soon", "soon")):
        clerk.fill("Opened on", typed)
        line.send_keys(Keys.TAB)
        assert line.get_attribute("value") == shown

    # Nobody comes by keyboard into a calendar that is closed.
    assert browser.driver.execute_script(SHOWN_CLOSED) == []
    clerk.fill("Opened on", "2026-11-22")
    line.send_keys(Keys.TAB)  # to the calendar's button
    press(browser, Keys.ENTER)
    browser.one("dialog#calendar[open]")
    clerk.inspect()
    assert focused(browser) == "2026-11-22"
    for key, day in (
        (Keys.ARROW_LEFT, "2026-11-21"),
        (Keys.ARROW_DOWN, "2026-11-28"),
        (Keys.HOME, "2026-11-23"),  # weeks begin on Monday
        (Keys.END, "2026-11-29"),
        (Keys.ARROW_RIGHT, "2026-11-30"),
        (Keys.PAGE_UP, "2026-10-30"),
        (Keys.PAGE_DOWN, "2026-11-30"),
        (Keys.ARROW_UP, "2026-11-23"),
        (Keys.SHIFT + Keys.PAGE_UP, "2025-11-23"),
    ):
        press(browser, key)
        assert focused(browser) == day
    today = browser.driver.find_elements("css selector", "#calendar [aria-current=date]")
    assert today == []  # another year
    press(browser, Keys.SHIFT + Keys.PAGE_DOWN)
    assert browser.one("#calendar [aria-current=date]").get_attribute("data-pick-day") == typed_days.TODAY
    press(browser, Keys.ESCAPE)
    assert not browser.shown("dialog#calendar[open]")
    assert line.get_attribute("value") == "2026-11-22"
    assert browser.driver.switch_to.active_element.get_attribute("data-calendar-open") is not None

    press(browser, Keys.ENTER, Keys.ARROW_RIGHT, Keys.ENTER)
    assert not browser.shown("dialog#calendar[open]")
    assert line.get_attribute("value") == "2026-11-23"


def test_a_list_is_narrowed_by_a_day(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor()
    clerk.log_in("gas-west.card-clerk")
    clerk.open("/gas/account/?add=opened_on")
    field = clerk.browser.one("#filter-value")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(Keys.DELETE, "22.11.2026", Keys.ENTER)
    clerk.browser.wait(lambda: "f_opened_on=2026-11-22" in clerk.browser.driver.current_url, "the list")
