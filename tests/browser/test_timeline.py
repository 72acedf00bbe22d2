"""Those who work on a customer leave each other messages, where everything about the customer is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.by import By

import rest_client
import servers
from visitor import TO_THE_MIDDLE, Visitor
from walks import Setting, settings

SETTINGS = [each.values[0] for each in settings()]
LASTING = "return JSON.stringify(localStorage)"


@pytest.fixture
def site(setting, standing: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    return standing(setting.backend)


def test_a_message_stands_where_it_was_written(
    setting: Setting, visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    accounts = rest_client.log_in(site, "gas-west.card-clerk").search("/gas/account/")["result"]
    account = accounts[SETTINGS.index(setting)]  # the stories share a company
    clerk = visitor()
    clerk.log_in("gas-west.card-clerk")
    clerk.open(f"/gas/account/{account['id']}")
    browser, driver = clerk.browser, clerk.browser.driver

    button = clerk.button("Write message")
    driver.execute_script(TO_THE_MIDDLE, button)
    button.click()
    clerk.sees("Write something first.", "#timeline")
    browser.console()  # the refusal
    browser.one("#message-text").send_keys("10:30 ☎\n11:00")
    clerk.button("Write message").click()
    clerk.reads("10:30 ☎", "#timeline .history-list:not(.due-list)")
    browser.wait(lambda: not browser.one("#message-text").get_attribute("value"), "an empty field")
    said = driver.find_element(By.ID, "timeline-said")
    browser.wait(
        lambda: said.get_attribute("textContent") == clerk.words("Your message is there."), "the word"
    )
    clerk.inspect()
    assert driver.execute_script("return scrollY > 0")  # nothing jumped to the top

    # What was begun and lost its session is kept in this tab alone, and offered back after the log-in.
    browser.one("#message-text").send_keys("12:00 …")
    assert clerk.is_asked_before_closing()
    driver.delete_all_cookies()
    clerk.button("Write message").click()
    clerk.sees(
        "This could not be saved. What you typed is kept: open the page again and bring it back.", "#timeline"
    )
    assert browser.one("#message-text").get_attribute("value") == "12:00 …"
    assert "12:00" not in driver.execute_script(LASTING)
    browser.console()  # the refusal
    clerk.log_in("gas-west.card-clerk")
    clerk.open(f"/gas/account/{account['id']}")
    bring = clerk.button("Bring it back", "#timeline")
    driver.execute_script(TO_THE_MIDDLE, bring)
    bring.click()
    assert browser.one("#message-text").get_attribute("value") == "12:00 …"
    clerk.inspect(by_axe=True)
    # Sent by htmx as well: what is written is offered no more.
    clerk.button("Write message").click()
    clerk.reads("12:00 …", "#timeline .history-list:not(.due-list)")
    clerk.open(f"/gas/account/{account['id']}")
    assert not browser.shown("#timeline [data-draft]")

    # It is there once, for colleagues too.
    colleague = visitor()
    colleague.log_in("gas-west.card-clerk")
    colleague.open(f"/gas/account/{account['id']}")
    told = [each.text for each in colleague.browser.shown("#timeline .message-text")]
    assert told == ["12:00 …", "10:30 ☎\n11:00"]
    driver_there = colleague.browser.driver
    changes = colleague.button("Changes", "#timeline")
    driver_there.execute_script(TO_THE_MIDDLE, changes)
    chosen = changes.get_attribute("id")
    changes.click()
    colleague.browser.wait(
        lambda: not colleague.browser.shown("#timeline .message-text"), "the changes alone"
    )
    assert driver_there.switch_to.active_element.get_attribute("id") == chosen
