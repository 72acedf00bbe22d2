"""A customer on a phone: from the link that the desk made to the confirmed day of an acceptance."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By

import rest_client
import servers
from visitor import Visitor
from walks import PHONE, settings

DESK = "deco.specialist"
CONTACT = "客服小周"


@pytest.mark.parametrize("setting", settings((PHONE,)), indirect=True)
def test_an_owner_confirms_an_acceptance_on_a_phone(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    program = rest_client.log_in(site, DESK)
    acceptance = program.search("/decoration/acceptance/", ("state", "eq", "notified"))["result"][0]
    desk = visitor()
    desk.log_in(DESK)
    desk.open(f"/decoration/owner-links/site/{acceptance['site_id']}")
    desk.fill("Whom the customer calls", CONTACT)
    desk.fill("At which number", "0571-88881234")
    desk.press("Make the link")
    link = urlsplit(desk.browser.text("code.key-text")).path
    desk.log_out()

    owner = visitor(data=(CONTACT,))
    owner.open(link)
    assert not owner.browser.shown("#side")
    owner.sees("Progress of the works")
    owner.reads(CONTACT)
    form = f"form[action$='/acceptance/{acceptance['id']}/day']"
    assert owner.send_twice(form) == [200, 200]
    owner.open(link)
    owner.sees("Confirmed by you")
    assert not owner.browser.driver.find_elements(By.CSS_SELECTOR, form)
    _status, answer = program.call(f"/decoration/acceptance/{acceptance['id']}")
    assert answer["result"]["owner_day"] == acceptance["planned_on"]

    owner.choose_language({"zh": "en", "en": "zh"}[owner.words.lang])
    owner.sees("Your home")
