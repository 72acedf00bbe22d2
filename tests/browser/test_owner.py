"""A customer on a phone: from the links that the desk makes to a confirmed acceptance and a confirmed appointment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By

import rest_client
import servers
from visitor import Visitor
from walks import PHONE, settings

DESK = "deco.specialist"
CONTACT = "客服小周"
LINKS = "/decoration/owner-links"


@pytest.mark.parametrize("setting", settings((PHONE,)), indirect=True)
def test_an_owner_confirms_an_acceptance_and_an_appointment_on_a_phone(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    program = rest_client.log_in(site, DESK)
    acceptance, appointment = (
        program.search(f"/decoration/{entity}/", ("state", "eq", state))["result"][0]
        for entity, state in (("acceptance", "notified"), ("appointment", "invited"))
    )
    desk = visitor()
    desk.log_in(DESK)
    works = link(desk, f"{LINKS}/site/{acceptance['site_id']}")
    design = link(desk, f"{LINKS}/commission/{appointment['commission_id']}")
    desk.log_out()

    owner = visitor(data=(CONTACT,))
    owner.open(works)
    assert not owner.browser.shown("#side")
    owner.sees("Progress of the works")
    owner.reads(CONTACT)
    confirmed_twice(owner, works, f"acceptance/{acceptance['id']}/day")
    assert record(program, "acceptance", acceptance["id"])["owner_day"] == acceptance["planned_on"]
    owner.open(design)
    confirmed_twice(owner, design, f"appointment/{appointment['id']}")
    assert record(program, "appointment", appointment["id"])["state"] == "confirmed"

    owner.choose_language({"zh": "en", "en": "zh"}[owner.words.lang])
    owner.sees("Your home")
    desk.log_in(DESK)
    desk.open(f"/decoration/owner-link/{program.search('/decoration/owner-link/')['ids'][0]}")
    desk.confirm("Take the link back")
    owner.open(design, status=404)
    owner.sees("This link leads nowhere, or not any more. Ask us for a new one.")


def link(desk: Visitor, path: str) -> str:
    """Make a link; the path of the page that it opens."""
    desk.open(path)
    desk.fill("Whom the customer calls", CONTACT)
    desk.fill("At which number", "0571-88881234")
    desk.press("Make the link")
    return urlsplit(desk.browser.text("code.key-text")).path


def confirmed_twice(owner: Visitor, page: str, what: str) -> None:
    """Two presses at the same moment do what one does, and the page asks no more."""
    form = f"form[action$='/{what}']"
    assert owner.send_twice(form) == [200, 200]
    owner.open(page)
    owner.sees("Confirmed by you")
    assert not owner.browser.driver.find_elements(By.CSS_SELECTOR, form)


def record(program: rest_client.RestClient, entity: str, number: int) -> dict[str, Any]:
    status, answer = program.call(f"/decoration/{entity}/{number}")
    assert status == 200, answer
    found: dict[str, Any] = answer["result"]
    return found
