"""Lists as people work in them: by keyboard, over pages, in place, arranged by each person, as a board."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import rest_client
import servers
from visitor import TO_THE_MIDDLE, Visitor
from walks import DESK, settings

BOTH = settings((DESK,))
pytestmark = pytest.mark.parametrize("setting", BOTH, indirect=True)
ACCOUNTS = "/gas/account/"
VIEW, ADDRESS = "在用", re.compile("和平里[17]号")  # what the tests themselves enter
MARKED = "return document.activeElement.closest('tr')?.dataset.rowUrl ?? ''"
DRAW = """
const [card, column] = arguments, dataTransfer = new DataTransfer();
for (const [kind, place] of [["dragstart", card], ["dragover", column], ["drop", column], ["dragend", card]])
  place.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
"""
OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
ONLINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
WIDTH_KEPT = """
return performance.getEntriesByType("resource").some((each) => each.name.endsWith("/widths") && each.responseEnd);
"""
MARK_PAGE = "window.leftBehind = true"
SAME_PAGE = "return window.leftBehind === true"


@pytest.fixture
def site(setting, standing: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    return standing(setting.backend)


@pytest.fixture
def clerk(visitor: Callable[..., Visitor]) -> Visitor:
    """Somebody who opens and corrects accounts, with their list before them."""
    person = visitor(data=(VIEW, ADDRESS))
    person.log_in("gas-east.card-clerk")
    person.open(ACCOUNTS)
    return person


def press(person: Visitor, *keys: str) -> None:
    """Press keys wherever the focus is."""
    ActionChains(person.browser.driver).send_keys(*keys).perform()


def marked(person: Visitor) -> str:
    """The address of the row that has the mark."""
    found: str = person.browser.driver.execute_script(MARKED)
    return found


def row_addresses(person: Visitor) -> list[str]:
    rows = person.browser.shown("#list tr[data-row-url]")
    return [each.get_attribute("data-row-url") or "" for each in rows]


def headings(person: Visitor) -> list[str]:
    return [each.text for each in person.browser.shown("#list thead th")]


def exchanged(person: Visitor, act: Callable[[], object]) -> None:
    """Do what exchanges the list in place: the page around it stays."""
    driver = person.browser.driver
    before = driver.find_element(By.ID, "list")
    driver.execute_script(MARK_PAGE)
    act()
    person.browser.wait(lambda: driver.find_element(By.ID, "list") != before, "another list")
    assert driver.execute_script(SAME_PAGE)


def menu(person: Visitor, label: str) -> None:
    """Open one of the menus above the list."""
    text = person.words(label)
    found = [each for each in person.browser.shown("#list .drop-z > summary") if each.text == text]
    assert len(found) == 1, f"{len(found)} × “{text}”"
    found[0].click()


def test_a_list_is_worked_by_keyboard(clerk: Visitor) -> None:
    browser, rows = clerk.browser, row_addresses(clerk)
    assert len(rows) == 25
    press(clerk, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP)
    assert marked(clerk) == rows[1]
    press(clerk, "x")
    assert browser.text("[data-bulk-count]") == clerk.words("%(count)s selected", count="1")
    press(clerk, "x")
    assert browser.shown("[data-bulk-count]") == []

    press(clerk, "?")
    help_of_keys = browser.one("#keys[open]")
    assert clerk.words("open the marked row") in help_of_keys.text
    press(clerk, "n")  # a letter in a dialog does nothing behind it
    assert browser.shown("#keys[open]")
    press(clerk, Keys.ESCAPE)
    browser.wait(lambda: not browser.shown("#keys[open]"), "the help to close")

    clerk.leave_by(lambda: press(clerk, "n"))
    assert browser.driver.current_url.endswith("/gas/account/new")
    clerk.open(ACCOUNTS)
    press(clerk, Keys.ARROW_DOWN)
    clerk.leave_by(lambda: press(clerk, "e"))
    assert browser.driver.current_url.endswith(f"{rows[0]}/edit")
    clerk.open(ACCOUNTS)
    press(clerk, Keys.ARROW_UP)  # from nowhere: the last
    assert marked(clerk) == rows[-1]
    clerk.leave_by(lambda: press(clerk, Keys.ENTER))
    assert browser.driver.current_url.endswith(rows[-1])


def test_single_letters_can_be_switched_off(clerk: Visitor) -> None:
    press(clerk, "?")
    clerk.browser.one("#keys [data-keys-on]").click()
    press(clerk, Keys.ESCAPE)
    press(clerk, Keys.ARROW_DOWN, "x")
    assert clerk.browser.shown("[data-bulk-count]") == []
    assert marked(clerk)
    press(clerk, "?")
    clerk.browser.one("#keys [data-keys-on]").click()
    press(clerk, Keys.ESCAPE)
    press(clerk, "x")
    assert clerk.browser.shown("[data-bulk-count]")


def test_rows_are_selected_over_pages_and_what_will_change_is_shown(
    clerk: Visitor, site: servers.LiveServer
) -> None:
    browser = clerk.browser
    boxes = browser.shown("#list [data-pick]")
    chosen = [boxes[0].get_attribute("value"), boxes[2].get_attribute("value")]
    boxes[0].click()
    boxes[2].click()
    exchanged(clerk, browser.one("#list .pager [rel=next]").click)
    assert browser.text("[data-bulk-count]") == clerk.words("%(count)s selected", count="2")
    third = browser.shown("#list [data-pick]")[0]
    chosen.append(third.get_attribute("value"))
    third.click()
    exchanged(clerk, browser.one("#list .pager [rel=prev]").click)
    assert [each.get_attribute("value") for each in browser.shown("#list [data-pick]:checked")] == chosen[:2]
    assert browser.driver.execute_script("return document.querySelector('[data-pick-page]').indeterminate")
    assert browser.text("[data-bulk-count]") == clerk.words("%(count)s selected", count="3")

    clerk.leave(browser.one("#bulk [formaction$='/bulk/edit']"))
    clerk.choose("Which field?", clerk.words("Address"))
    clerk.press("Continue")
    clerk.fill("Address", "和平里1号")
    clerk.press("Continue")
    label = clerk.words("Address")
    after = clerk.words("%(field)s from then on", field=label)
    shown = clerk.rows("What will change")
    assert [each[after] for each in shown] == ["和平里1号"] * 3
    clerk.press("Cancel")
    account = rest_client.log_in(site, "gas-east.card-clerk").search(ACCOUNTS)["result"][0]
    assert account["address"] != "和平里1号"
    assert browser.text("[data-bulk-count]") == clerk.words("%(count)s selected", count="3")

    clerk.leave(browser.one("#bulk [formaction$='/bulk/edit']"))
    clerk.choose("Which field?", clerk.words("Address"))
    clerk.press("Continue")
    clerk.fill("Address", "和平里1号")
    clerk.press("Continue")
    browser.driver.execute_script("document.querySelector('.bulk-form [name=csrf_token]').value = ''")
    clerk.leave(browser.one(".bulk-form button[type=submit]"), status=400)
    clerk.open(ACCOUNTS)  # nothing was done, so they are selected still
    assert browser.text("[data-bulk-count]") == clerk.words("%(count)s selected", count="3")
    browser.one("[data-bulk-clear]").click()
    assert browser.shown("#list [data-pick]:checked") == browser.shown("[data-bulk-count]") == []


def test_a_cell_is_changed_where_it_stands(clerk: Visitor) -> None:
    browser, driver = clerk.browser, clerk.browser.driver
    driver.execute_script(MARK_PAGE)

    def cell() -> Any:
        return browser.driver.find_element(By.CSS_SELECTOR, "#list tbody tr:first-child td:has(.cell-edit)")

    def edit(text: str, last: str) -> None:
        before = cell()
        driver.execute_script("arguments[0].querySelector('.cell-edit').focus()", before)
        press(clerk, Keys.ENTER)
        field = browser.one(".cell-form input.form-control")
        browser.wait(lambda: driver.switch_to.active_element == field, "the focus in the field")
        assert widths() == before_it  # nothing jumps
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(Keys.DELETE, text, last)

    def widths() -> list[int]:
        return [round(each.rect["width"]) for each in browser.shown("#list thead th")]

    stood, before_it = cell().text, widths()
    edit("和平里7号", Keys.ESCAPE)
    browser.wait(lambda: cell().text == stood, "what stood there")
    edit("和平里7号", Keys.ENTER)
    browser.wait(lambda: cell().text == "和平里7号", "the new address")
    said = driver.find_element(By.ID, "list-said")
    browser.wait(lambda: said.get_attribute("textContent") == clerk.words("Saved."), "the word")
    edit("", Keys.ENTER)  # an account has an address
    assert browser.one(".cell-form .field-error").text
    browser.console()  # the refusal
    press(clerk, Keys.ESCAPE)
    browser.wait(lambda: cell().text == "和平里7号", "what stood there")
    edit(stood, Keys.ENTER)
    browser.wait(lambda: cell().text == stood, "the old address")
    assert driver.execute_script(SAME_PAGE)
    clerk.inspect()


def test_filters_stand_as_a_sentence_and_a_view_keeps_them(clerk: Visitor) -> None:
    browser = clerk.browser
    menu(clerk, "Filter")
    label = clerk.words("State")
    offered = [each for each in browser.shown("#list .drop-list a") if each.text == label]
    exchanged(clerk, offered[0].click)
    browser.one(".filter-choices input").click()
    exchanged(clerk, browser.one(".filter-editor button[type=submit]").click)
    active = clerk.words("Active account")
    sentence = clerk.words("%(field)s is %(value)s", field=label, value=active)
    begin = clerk.words("%(things)s where", things=clerk.words("Accounts"))
    assert browser.text(".chip-line").startswith(begin)
    assert [each.text for each in browser.shown(".chip-text")] == [sentence]
    assert "f_state=active" in browser.driver.current_url

    menu(clerk, "All")
    browser.one(".drop-form input[name=name]").send_keys(VIEW)
    exchanged(clerk, clerk.button("Save view", within="#list").click)
    assert browser.text("#list .drop-z > summary") == VIEW
    exchanged(clerk, browser.one(".chip-off").click)
    assert browser.shown(".chip-text") == []
    assert browser.shown(".list-bar > .quiet")  # it is no longer what was saved
    clerk.open("/my-work/")
    browser.wait_for_text(VIEW, "main")
    clerk.leave(next(each for each in browser.shown(".view-z") if VIEW in each.text))
    assert [each.text for each in browser.shown(".chip-text")] == [sentence]
    browser.one("#list .drop-z > summary").click()
    clerk.confirm("Throw this view away")
    assert browser.text("#list .drop-z > summary") == clerk.words("All")


def test_columns_and_widths_are_kept_for_the_person(clerk: Visitor, visitor: Callable[..., Visitor]) -> None:
    browser, driver = clerk.browser, clerk.browser.driver
    before = headings(clerk)
    menu(clerk, "Columns")
    box = browser.one(".column-line input[value=use_class]")
    box.click()
    exchanged(clerk, browser.one(".column-list ~ .btn-row .btn-primary").click)
    left = [each for each in before if each != clerk.words("Class of use")]
    assert headings(clerk) == left
    assert len(left) == len(before) - 1

    grip = browser.one("[data-col-grip=name]")
    wide = driver.find_element(By.CSS_SELECTOR, "th:has([data-col-grip=name])").size["width"]
    ActionChains(driver).drag_and_drop_by_offset(grip, 80, 0).perform()
    browser.wait(lambda: driver.execute_script(WIDTH_KEPT), "the width to be kept")
    # A click at the end of a drawn edge sorts nothing.
    assert "sort=" not in driver.current_url

    elsewhere = visitor()
    elsewhere.log_in("gas-east.card-clerk")
    elsewhere.open(ACCOUNTS)
    assert headings(elsewhere) == left
    column = elsewhere.browser.driver.find_element(By.CSS_SELECTOR, "#list colgroup col[width]")
    assert abs(int(column.get_attribute("width") or 0) - (wide + 80)) <= 2
    menu(elsewhere, "Columns")
    exchanged(elsewhere, elsewhere.button("As described", within="#list").click)
    assert headings(elsewhere) == before


def test_what_cannot_be_fetched_says_so_and_is_tried_again(clerk: Visitor) -> None:
    browser, driver = clerk.browser, clerk.browser.driver
    rows = row_addresses(clerk)
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", OFFLINE)
    browser.one("#list .pager [rel=next]").click()
    fault = browser.one("[data-list-fault]")
    assert clerk.words("The server does not answer. What you see is from before.") in fault.text
    assert row_addresses(clerk) == rows
    assert driver.switch_to.active_element.text == clerk.words("Try again")
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    exchanged(clerk, browser.one("[data-list-again]").click)
    assert row_addresses(clerk) != rows
    assert "page=2" in driver.current_url
    browser.console()  # that nothing came


def test_a_card_is_moved_by_its_button_and_by_drawing_it(clerk: Visitor) -> None:
    browser, driver = clerk.browser, clerk.browser.driver
    clerk.open(f"{ACCOUNTS}?as=board")

    def column_of(address: str) -> str:
        found = driver.find_element(By.CSS_SELECTOR, f".card-title[href='{address}']")
        return driver.execute_script(
            "return arguments[0].closest('[data-board-code]').dataset.boardCode", found
        )

    def card(address: str) -> Any:
        title = driver.find_element(By.CSS_SELECTOR, f".card-title[href='{address}']")
        return driver.execute_script("return arguments[0].closest('.card-z')", title)

    def send(address: str, to: str) -> None:
        card(address).find_element(By.CSS_SELECTOR, "summary").send_keys(Keys.ENTER)
        button = card(address).find_element(By.CSS_SELECTOR, f"[name=to][value={to}]")
        driver.execute_script(TO_THE_MIDDLE, button)
        exchanged(clerk, button.click)

    title = browser.one("[data-board-code=active] .card-title")
    address = title.get_dom_attribute("href")
    send(address, "held")  # an account on hold says why
    assert column_of(address) == "active"
    assert browser.one("#list .notice-here [role=alert]").text == clerk.words(
        "Say why the account is on hold."
    )
    assert browser.shown("#notices .alert-z") == []

    send(address, "closed")
    assert column_of(address) == "closed"
    assert driver.switch_to.active_element.get_dom_attribute("href") == address
    target = driver.find_element(By.CSS_SELECTOR, "[data-board-code=active]")
    exchanged(clerk, lambda: driver.execute_script(DRAW, card(address), target))
    assert column_of(address) == "active"
    clerk.inspect()


def test_a_card_moves_as_its_workflow_says(visitor: Callable[..., Visitor]) -> None:
    """Drawn into a column whose move asks for something, and by keyboard where the move is confirmed."""
    reader = visitor()
    reader.log_in("gas-east.meter-reader")
    reader.open("/gas/cut-off/?as=board")
    reader.inspect(by_axe=True)
    browser, driver = reader.browser, reader.browser.driver
    order = browser.one("[data-board-code=handed-over] .card-title").get_dom_attribute("href")

    def card() -> Any:
        return browser.one(f".card-z:has([href='{order}'])")

    def stands_in(state: str) -> bool:
        return bool(browser.shown(f"[data-board-code={state}] .card-title[href='{order}']"))

    reader.leave_by(lambda: driver.execute_script(DRAW, card(), browser.one("[data-board-code=noticed]")))
    assert reader.title() == reader.words("Issue the dunning notice")
    reader.fill("Number of the notice", "CJ-7")
    reader.press("Issue the dunning notice")
    assert stands_in("noticed")
    assert driver.switch_to.active_element.get_dom_attribute("href") == order

    card().find_element(By.CSS_SELECTOR, "summary").send_keys(Keys.ENTER)
    card().find_element(By.CSS_SELECTOR, "[data-card-way=decided] button").send_keys(Keys.ENTER)
    assert browser.text("#confirm-text") == reader.words("Ask for the decision to cut off the gas?")
    reader.leave(browser.one("[data-confirm-accept]"))
    assert stands_in("noticed")  # the head has to say yes first
    assert browser.text("#list .notice-here") == reader.words("Asked for approval.")


def test_related_records_go_on_where_they_stand(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    person = visitor()
    person.log_in("gas-east.team-leader")
    browser, driver = person.browser, person.browser.driver
    person.open("/gas/route/")
    person.open_row(browser.shown("main a.row-link")[0].text)
    more = browser.one("tr [data-more]")
    table = driver.execute_script("return arguments[0].closest('table')", more)
    there = len(table.find_elements(By.CSS_SELECTOR, "tr[data-row-url]"))
    driver.execute_script(MARK_PAGE)
    driver.execute_script(TO_THE_MIDDLE, more)
    more.click()
    rows = browser.wait(
        lambda: len(found := table.find_elements(By.CSS_SELECTOR, "tr[data-row-url]")) > there and found,
        "more rows",
    )
    addresses = [each.get_attribute("data-row-url") for each in rows]
    assert len(set(addresses)) == len(addresses)
    assert driver.execute_script(SAME_PAGE)
    focused = driver.execute_script("return document.activeElement.closest('tr')")
    assert focused == rows[there]  # the keyboard goes on with the first that came
    person.inspect()
