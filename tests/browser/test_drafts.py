"""Nothing typed is lost: on an error, an expired session, a dead network, a closed tab. And nobody else sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import servers
from visitor import TO_THE_MIDDLE, Visitor

NEW = "/gas/account/new"
KEPT = """
return [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key.startsWith("zhidu.draft."));
"""
FOCUSED = """
const at = document.activeElement;
return at.id === arguments[0] || at.closest(".field")?.querySelector(`[id="${arguments[0]}"]`) !== null;
"""
FOLD = "document.querySelector('[data-side-fold]').click()"
"""On a phone there is no such button to be seen."""
OFFER = "form.form-page [data-draft]"


@pytest.fixture
def site(
    setting, standing: Callable[..., servers.LiveServer]
) -> servers.LiveServer:  # nothing is saved that others would notice
    return standing(setting.backend)


def begin(person: Visitor, number: str) -> None:
    """Type into a form, and let the browser keep it."""
    person.open(NEW)
    person.fill("Account number", number)
    person.browser.wait(lambda: person.browser.driver.execute_script(KEPT), "the draft to be kept")


def offered(person: Visitor) -> bool:
    return bool(person.browser.shown(OFFER))


def number_of(person: Visitor) -> str:
    return person.field("Account number").get_attribute("value") or ""


def test_a_closed_tab_loses_nothing_and_nobody_else_gets_it(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor()
    clerk.log_in("gas-west.card-clerk")
    begin(clerk, "KEPT-1")
    driver = clerk.browser.driver
    first = driver.current_window_handle
    driver.switch_to.new_window("tab")
    second = driver.current_window_handle
    driver.switch_to.window(first)
    driver.close()
    driver.switch_to.window(second)

    clerk.open(NEW)
    assert offered(clerk)
    assert number_of(clerk) == ""
    clerk.button("Bring it back").click()
    assert number_of(clerk) == "KEPT-1"
    clerk.sees("It is back. Look through it before you save.")

    # What came back and was thrown away is gone for good.
    clerk.open(NEW)
    clerk.button("Throw it away").click()
    clerk.sees("It is thrown away.")
    clerk.open(NEW)
    assert not offered(clerk)

    # Another tab of the same form keeps what is typed there apart.
    begin(clerk, "KEPT-2")
    driver.switch_to.new_window("tab")
    clerk.open(NEW)
    assert offered(clerk)
    clerk.fill("Account number", "KEPT-3")
    driver.close()
    driver.switch_to.window(second)
    assert number_of(clerk) == "KEPT-2"

    # The log-out clears it all.
    clerk.log_out()
    assert driver.execute_script(KEPT) == []


def test_an_expired_session_leads_back_to_what_was_typed(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor()
    clerk.log_in("gas-west.card-clerk")
    begin(clerk, "KEPT-4")
    clerk.browser.driver.execute_script(FOLD)
    assert has_narrow_menu(clerk)
    clerk.browser.driver.delete_all_cookies()
    clerk.press("Save")
    assert clerk.title() == clerk.words("Log in")
    address = clerk.browser.driver.current_url

    # Somebody else at the same machine is offered nothing, and finds their own menu.
    log_in_here(clerk, "admin", status=None)
    clerk.open("/")
    assert not has_narrow_menu(clerk)
    clerk.go_to_branch("gas-west")
    clerk.open(NEW)
    assert not offered(clerk)
    clerk.browser.driver.delete_all_cookies()

    clerk.browser.get(address)
    clerk.inspect()
    log_in_here(clerk, "gas-west.card-clerk")
    assert clerk.browser.driver.current_url.endswith(NEW)
    assert has_narrow_menu(clerk)
    assert offered(clerk)
    clerk.button("Bring it back").click()
    assert number_of(clerk) == "KEPT-4"
    clerk.log_out()


def has_narrow_menu(person: Visitor) -> bool:
    narrow: bool = person.browser.driver.execute_script(
        "return document.documentElement.dataset.side === 'narrow'"
    )
    return narrow


def log_in_here(person: Visitor, username: str, status: int | None = 200) -> None:
    person.fill("User name", username)
    person.fill("Password", servers.DEMO_PASSWORD)
    button = person.button("Log in")
    if status is None:
        before = person.browser.driver.current_url
        button.click()
        person.browser.wait(lambda: person.browser.driver.current_url != before, "another page")
        person.browser.console()
    else:
        person.leave(button, status)


def test_an_error_keeps_the_form_and_its_summary_leads_to_the_field(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor()
    clerk.log_in("gas-west.card-clerk")
    begin(clerk, "KEPT-5")
    clerk.press("Save", status=422)
    assert number_of(clerk) == "KEPT-5"
    assert not offered(clerk)
    driver = clerk.browser.driver
    wrong = driver.find_elements(By.CSS_SELECTOR, "form.form-page [aria-invalid=true]")
    assert wrong
    for each in wrong:
        described = (each.get_attribute("aria-describedby") or "").split()
        assert any(driver.find_elements(By.ID, name) for name in described if name.endswith("-error"))
    clerk.inspect(422, by_axe=True)
    link = clerk.browser.shown(".alert-z-danger a")[0]
    link.click()
    aim = (link.get_attribute("href") or "").partition("#")[2]
    assert driver.execute_script(FOCUSED, aim)

    # It is kept though the page is left without a word. A cell that is being changed is asked about first.
    assert not clerk.is_asked_before_closing()
    clerk.open("/gas/account/")
    driver.execute_script(TO_THE_MIDDLE, clerk.browser.shown("[data-cell-url]")[0])
    clerk.browser.shown("[data-cell-url]")[0].click()
    cell = clerk.browser.one("[data-cell-form] .form-control")
    assert not clerk.is_asked_before_closing()
    cell.send_keys("1")
    assert clerk.is_asked_before_closing()
    cell.send_keys(Keys.ESCAPE)
    assert not clerk.is_asked_before_closing()
    clerk.open(NEW)
    assert offered(clerk)
    clerk.log_out()


def test_a_dead_network_says_so_where_the_button_is(visitor: Callable[..., Visitor]) -> None:
    clerk = visitor()
    clerk.log_in("gas-west.card-clerk")
    begin(clerk, "KEPT-6")
    driver = clerk.browser.driver
    driver.execute_cdp_cmd("Network.enable", {})
    network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": True, **network})
    button = clerk.button("Save")
    driver.execute_script(TO_THE_MIDDLE, button)
    button.click()
    clerk.sees("The server does not answer. Nothing is lost: check the network and try again.", ".form-do")
    assert driver.switch_to.active_element == button
    assert number_of(clerk) == "KEPT-6"
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": False, **network})
    clerk.browser.console()
    clerk.press("Save", status=422)
    assert number_of(clerk) == "KEPT-6"
    clerk.log_out()
