"""The reader's round on a phone: what is entered is never lost, whatever the connection does, and stands once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import dropping_proxy
import servers
from browsers import Chromium
from phone_round import BASE, READER, Walk, odd_meter, photo, read_this_month
from visitor import Visitor
from walks import PHONE, Setting, settings

EVERY_ONE = 1_000_000
pytestmark = pytest.mark.parametrize("setting", settings((PHONE,)), indirect=True)


@pytest.fixture
def reader(visitor: Callable[..., Visitor]) -> Visitor:
    person = visitor()
    person.log_in(READER)
    return person


def test_readings_outlive_the_connection_the_tab_and_the_session(
    reader: Visitor,
    company_url: str,
    site: servers.LiveServer,
    live_server: Callable[..., servers.LiveServer],
    tmp_path: Path,
) -> None:
    walk = Walk(reader)
    walk.begin()
    done, every = walk.progress()
    walk.read()
    walk.says("Everything is sent.")
    assert len(read_this_month(site)) == 1
    assert walk.progress() == (done + 1, every)

    # The server is gone. Three more are read, one with a photo.
    site.stop()
    walk.photograph(photo(tmp_path / "dial.png"))
    walk.read()
    walk.read()
    walk.read()
    walk.says("%(count)s kept on this phone.", count=3)
    assert [each["state"] for each in walk.unsent()] == ["kept"] * 3
    sizes = [size for each in walk.unsent() for size in each["photos"]]
    assert len(sizes) == 1
    assert sizes[0] < 500_000

    # The tab is closed; without a connection the round opens again where it was.
    walk.reopen()
    walk.says("%(count)s kept on this phone.", count=3)
    assert walk.progress() == (done + 4, every)
    walk.read()
    walk.says("%(count)s kept on this phone.", count=4)

    # The server is back, and the session is over: what is kept stays until one has logged in again.
    again = live_server(company_url, port=site.port)
    reader.browser.driver.delete_all_cookies()
    walk.browser.one("[data-send]").click()
    walk.says("You are logged out. What was entered is kept.")
    assert len(walk.unsent()) == 4
    reader.browser.console()  # the refusals are meant
    reader.leave(reader.browser.one("[data-log-in]"))
    reader.fill("User name", READER)
    reader.fill("Password", servers.DEMO_PASSWORD)
    reader.leave(reader.button("Log in"))
    assert reader.browser.driver.current_url.endswith(BASE)
    walk.says("Everything is sent.")

    read = read_this_month(again)
    assert len(read) == len({each["meter_id"] for each in read.values()}) == 5
    assert walk.unsent() == []
    with_photo = [each for each in read if has_photo(reader, again, each)]
    assert len(with_photo) == 1


def has_photo(reader: Visitor, site: servers.LiveServer, reading: str) -> bool:
    opened = "return fetch(arguments[0]).then((answer) => answer.text())"
    page: str = reader.browser.driver.execute_script(opened, site.url(f"/gas/reading/{reading}"))
    return "photo.jpg" in page


def test_two_tabs_send_by_themselves_when_the_connection_is_back(
    reader: Visitor, site: servers.LiveServer
) -> None:
    walk, driver = Walk(reader), reader.browser.driver
    walk.begin()
    first = driver.current_window_handle
    driver.switch_to.new_window("tab")
    second = driver.current_window_handle
    reader.browser.get(site.url(BASE))
    reader.browser.one(".round-figure")
    for tab in (second, first):
        driver.switch_to.window(tab)
        walk.cut()
    walk.read()
    walk.read()
    walk.says("%(count)s kept on this phone.", count=2)
    assert read_this_month(site) == {}
    for tab in (second, first):
        driver.switch_to.window(tab)
        walk.mend()
    walk.says("Everything is sent.")
    read = read_this_month(site)
    assert len(read) == len({each["meter_id"] for each in read.values()}) == 2


def test_a_lost_answer_enters_nothing_twice(
    setting: Setting, site: servers.LiveServer, chromium: Callable[..., Chromium]
) -> None:
    with dropping_proxy.between(site.port, "/visits") as proxy:
        browser = chromium(lang=setting.lang, width=setting.width)
        reader = Visitor(browser, replace(site, port=proxy.port), setting.lang)
        reader.log_in(READER)
        walk = Walk(reader)
        walk.begin()
        proxy.to_drop = EVERY_ONE
        walk.read()
        browser.wait(lambda: proxy.dropped, "an answer to be lost")
        # It stands in the books, and the phone does not know: it can be neither changed nor entered anew.
        assert len(read_this_month(site)) == 1
        browser.one("[data-back]").click()
        reader.sees(
            "This visit is on its way, and its answer is not known yet. It can be changed when the answer is there.",
            "[data-before]",
        )
        assert not browser.one(".round-figure").is_enabled()
        proxy.to_drop = 0
        browser.wait(lambda: all_sent(walk), "the answer")
        walk.says("Everything is sent.")
        assert len(read_this_month(site)) == 1


def all_sent(walk: Walk) -> bool:
    for button in walk.browser.shown("[data-send]"):
        button.click()
    return not walk.unsent()


SMALL = """
const pressed = "button, a[href], select, textarea, label.form-check, label.round-photo, .form-control";
return [...document.querySelectorAll(pressed)].filter((each) => each.checkVisibility()).map((each) => {
  const { width, height } = each.getBoundingClientRect();
  return [Math.round(width), Math.round(height), each.outerHTML.slice(0, 80)];
}).filter(([width, height]) => width && (width < 44 || height < 44));
"""


def test_the_screen_is_made_for_a_thumb_and_keeps_what_was_begun(reader: Visitor, tmp_path: Path) -> None:
    """Each part of the screen: nothing to press is below 44 pixels, axe-core finds nothing, in either theme."""
    walk, browser = Walk(reader), reader.browser
    reader.data = (re.compile(r"Q[A-Z]\d+"),)  # numbers of meters

    def fits() -> None:
        assert browser.driver.execute_script(SMALL) == []
        reader.inspect(by_axe=True)

    reader.follow("Reading round")
    browser.one("[data-book]")
    fits()
    browser.one("[data-book]").click()
    browser.one(".round-figure")
    walk.wait_for_screen()
    for number in range(2):
        walk.photograph(photo(tmp_path / "dial.png"))
        browser.wait(lambda wanted=number + 1: len(browser.shown(".round-photos li")) == wanted, "the photo")
    walk.enter(walk.last() - 1)
    fits()
    browser.shown(".round-photo-off")[0].click()
    browser.wait(lambda: len(browser.shown(".round-photos li")) == 1, "one photo to go")

    # What was typed and not saved is there again: after the list, and after the tab was closed.
    begun, stop = str(walk.last() + 7), walk.number()
    walk.enter(begun)
    browser.one("[data-to-list]").click()
    browser.one("[data-stop]")
    fits()
    browser.shown("[data-stop]")[1].click()
    assert walk.number() != stop
    assert browser.one(".round-figure").get_attribute("value") == ""
    assert browser.shown(".round-photos li") == []
    walk.reopen()
    browser.wait(lambda: walk.number() == stop, "the stop")
    assert browser.one(".round-figure").get_attribute("value") == begun
    browser.wait(lambda: len(browser.shown(".round-photos li")) == 1, "the photo that was not saved")
    assert walk.begun() == [1]

    browser.one("[data-skip]").click()
    browser.one("#round-skip[open]")
    fits()
    browser.one("#round-skip [value=cancel]").click()
    walk.save()
    browser.one("[data-back]").click()
    walk.says("Everything is sent.")
    assert walk.begun() == []
    assert (
        browser.driver.execute_script(
            "return Object.keys(localStorage).filter((key) => key.includes('.round.'))"
        )
        == []
    )


@pytest.mark.long
def test_a_photo_that_was_not_saved_goes_with_the_log_out(reader: Visitor, tmp_path: Path) -> None:
    walk = Walk(reader)
    walk.begin()
    walk.photograph(photo(tmp_path / "dial.png"))
    reader.browser.wait(lambda: walk.begun() == [1], "the photo to be kept")
    reader.open("/")
    reader.log_out()
    reader.browser.wait(lambda: walk.begun() == [], "the photo to go")


def test_what_is_wrong_or_odd_is_said_at_once(reader: Visitor, site: servers.LiveServer) -> None:
    number = odd_meter(site)
    walk = Walk(reader)
    walk.begin()
    walk.enter(walk.last() - 1)
    assert walk.browser.one(".round-figure").get_attribute("aria-invalid") == "true"
    assert walk.browser.text("[data-entry='value'] .round-says")
    before = walk.number()
    walk.browser.one("[data-next]").click()
    assert walk.number() == before
    assert walk.kept() == []

    # A stop is found by its number; the dial went round past zero, which asks for a reason.
    walk.browser.one("[data-to-list]").click()
    walk.browser.one("[data-seek]").send_keys(number)
    walk.browser.wait(lambda: len(walk.browser.shown("[data-stop]")) == 1, "one stop")
    walk.browser.one("[data-stop]").click()
    assert walk.number() == number
    walk.enter("3")
    walk.browser.one("[data-confirm-box]")
    walk.browser.one("[data-next]").click()
    reader.sees("Look again, then tick this.", "[data-confirm-says]")
    walk.browser.one("[data-confirmed]").click()
    walk.browser.one("[data-next]").click()
    reader.sees("Say why the figure is right, or take a photo.", "[data-confirm-says]")
    reader.choose("Why is it right? Say so, or take a photo.", reader.words("The dial went round past zero"))
    walk.save()
    walk.says("Everything is sent.")
    [read] = read_this_month(site).values()
    assert read["rollover_confirmed"] is True

    # Nobody is at home at the next one.
    stop = walk.number()
    walk.browser.one("[data-skip]").click()
    walk.browser.one("#round-skip input[value='nobody-home']").click()
    walk.browser.one("[data-skip-ok]").click()
    walk.browser.wait(lambda: walk.number() != stop, "the next stop")
    walk.says("Everything is sent.")
    assert len(read_this_month(site)) == 1


def test_who_comes_after_sees_and_sends_nothing_of_it(reader: Visitor, site: servers.LiveServer) -> None:
    walk = Walk(reader)
    walk.begin()
    own = len(walk.walks())
    walk.cut()
    walk.read()
    walk.says("%(count)s kept on this phone.", count=1)
    # Logged out before it could be sent: the log-out says so first, and keeps it.
    reader.browser.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": [f"*{BASE}visits"]})
    walk.mend()
    walk.says("No connection.")
    reader.browser.console()  # what was cut off is meant
    reader.open("/")
    reader.browser.one(".top-person").click()
    button = reader.button("Log out", ".dropdown-menu.show")
    reader.browser.wait(lambda: "data-confirm" in log_out_form(reader), "the warning")
    assert "1" in log_out_form(reader)["data-confirm"]
    button.click()
    reader.leave(reader.browser.one("dialog[open] [data-confirm-accept]"))
    reader.browser.wait(lambda: walk.walks() == [], "the stops to go")
    assert own == 1
    assert len(walk.unsent()) == 1
    reader.browser.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})

    reader.log_in("gas-west.meter-reader")
    walk.begin()
    walk.says("Nothing entered yet.")
    assert len(walk.unsent()) == 1
    assert read_this_month(site) == {}
    reader.open("/")
    reader.log_out()

    reader.log_in(READER)
    walk.begin()
    reader.browser.wait(lambda: walk.unsent() == [], "the visit to be sent")
    assert len(read_this_month(site)) == 1


def log_out_form(reader: Visitor) -> dict[str, Any]:
    script = """
    return Object.fromEntries([...document.querySelector("form[action='/logout/']").attributes].map((each) =>
      [each.name, each.value]))"""
    found: dict[str, Any] = reader.browser.driver.execute_script(script)
    return found
