"""The gates as people meet them: a right that goes, a stale form, an earlier version, a second factor."""

from __future__ import annotations

import time
from collections.abc import Callable

import pyotp
import pytest
from selenium.webdriver.common.by import By

import servers
from core.people.doors.factors import STEP_SECONDS
from visitor import Visitor
from walks import DESK, Setting, settings

# Both languages and databases; in which of them a page is in order is asked by the walk over every page.
BOTH = settings((DESK,))
pytestmark = pytest.mark.parametrize("setting", BOTH, indirect=True)
REASON = "GAS 4.1"


@pytest.fixture
def site(setting: Setting, standing: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    return standing(setting.backend)


def test_a_right_that_is_taken_away_is_gone_at_the_next_click(visitor: Callable[..., Visitor]) -> None:
    clerk, admin = visitor(), visitor()
    clerk.log_in("gas-east.card-clerk")
    clerk.open("/gas/account/new")

    admin.log_in("admin")
    admin.follow("Rights")
    admin.open("/core/rights/gas.card-clerk/gas.account?branch=gas-east")
    admin.choose("What", admin.words("Add"))
    admin.choose("From then on", admin.words("Not allowed"))
    admin.fill("Clause or reason", REASON)
    admin.press("Change")
    admin.reads(REASON)
    clerk.open("/gas/account/new", 403)

    admin.open("/core/rights/who?right=gas.account:add&branch=gas-east")
    people = " ".join(admin.column("Who can do it?", "Person"))
    assert "gas-east.card-clerk" not in admin.browser.text("main")
    assert people

    admin.open("/core/rights/gas.card-clerk/gas.account?branch=gas-east")
    admin.confirm("Take back")
    clerk.open("/gas/account/new")


def test_two_people_in_one_form_lose_nothing_and_the_history_tells(visitor: Callable[..., Visitor]) -> None:
    first, second = visitor(), visitor()
    first.log_in("gas-east.cashier")
    first.follow("Accounts")
    number = first.browser.shown("main a.row-link")[0].text
    first.open_row(number)
    page = first.browser.driver.current_url.removeprefix(first.site.address)
    before = first.fact("Address")
    second.log_in("gas-east.team-leader")
    for each in (first, second):
        each.open(f"{page}/edit")
    first.fill("Address", "和平里99号")
    first.press("Save")

    second.fill("Address", "和平里88号")
    second.press("Save", status=409)
    compared = second.rows("Your version and the stored one")
    mine, stored = second.words("Yours"), second.words("Stored")
    assert ("和平里88号", "和平里99号") in [(each[mine], each[stored]) for each in compared]
    assert second.field("Address").get_attribute("value") == "和平里88号"
    second.press("Save")
    assert second.fact("Address") == "和平里88号"

    told = second.browser.text("#timeline")
    assert told.index("和平里88号") < told.rindex("和平里99号")
    second.confirm("Restore what stood before")
    second.sees("The earlier version is restored.")
    assert second.fact("Address") == before
    assert second.words("Earlier version restored") in second.browser.text("#timeline")


def test_a_second_factor_is_set_up_and_asked_for(visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    person.log_in("gas-west.duty-clerk")
    person.open("/account/second-factor/")
    person.fill("Present password", "not this one")
    person.press("Set up", status=422)
    person.sees("This is not your present password.")
    person.fill("Present password", servers.DEMO_PASSWORD)
    person.press("Set up")
    secret = person.browser.driver.find_element(By.CSS_SELECTOR, "main code").text.replace(" ", "")
    app = pyotp.TOTP(secret)
    person.fill("One-time code", app.now())
    person.press("Confirm")
    codes = [each.text for each in person.browser.shown(".code-list code")]
    assert len(codes) == 10
    person.press("I have kept them")
    person.log_out()

    person.fill("User name", "gas-west.duty-clerk")
    person.fill("Password", servers.DEMO_PASSWORD)
    person.press("Log in", within="body")
    person.fill("One-time code", "000000")
    person.press("Log in", status=401, within="body")
    person.fill("One-time code", app.at(time.time() + STEP_SECONDS))  # this half minute's was taken already
    person.press("Log in", within="body")
    person.open("/account/")
    person.sees("Your log-in asks for a code of your app.")
