"""Whoever follows links, from the side bar on, meets only pages in order.

What that means is said in `visitor.Visitor.inspect`: among other things, that the browser has nothing to complain of,
such as of something that the content-security policy forbids.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By

import servers
from visitor import Visitor
from walks import DESK, PHONE, Setting, settings

FILES = re.compile(r"\.(xlsx|csv|pdf)$|/export")
LINKS = "return [...document.querySelectorAll('a[href]')].map((each) => each.href)"
BUTTON_TOO_HIGH = """
const tools = document.querySelector(".list-tools"), button = tools?.querySelector("button[type=submit]");
if (!button) return false;
const before = tools.querySelector(".search-box") ?? [...tools.querySelectorAll(".filter")].at(-1);
return Boolean(before) && button.getBoundingClientRect().bottom <= before.getBoundingClientRect().top;
"""
WIDTHS = (PHONE, DESK)
PEOPLE = ("admin", "gas-east.cashier", "gas-east.meter-reader")


@pytest.fixture
def site(setting: Setting, standing: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    return standing(setting.backend)


@pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)
@pytest.mark.parametrize("username", PEOPLE)
def test_every_kind_of_page(username: str, visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    person.log_in(username)
    if username == "admin":
        person.go_to_branch("gas-east")

    seen, problems = walk(person)

    assert not problems, "\n".join(problems)
    assert menu_kinds(person) <= seen
    assert len(seen) >= 20


def walk(person: Visitor) -> tuple[set[str], list[str]]:
    """Open one page of each kind that links lead to. Answers the kinds, and what is wrong with the pages."""
    seen: set[str] = set()
    problems: list[str] = []
    waiting = links(person)
    while waiting:
        address = waiting.pop(0)
        if kind(address) in seen or not is_page(person, address):
            continue
        seen.add(kind(address))
        problems += problems_of(person, address)
        waiting += links(person)
    return seen, problems


def problems_of(person: Visitor, address: str) -> list[str]:
    """What is wrong with a page in any width."""
    found: list[str] = []
    for width in WIDTHS:
        person.browser.resize(width)
        person.browser.get(address)
        found += (f"{width} pixels: {each}" for each in person.problems())
        if person.browser.driver.execute_script(BUTTON_TOO_HIGH):
            found.append(f"{address} has its search button above what it searches by, at {width} pixels")
    return found


def links(person: Visitor) -> list[str]:
    found: list[str] = person.browser.driver.execute_script(LINKS)
    return found


def menu_kinds(person: Visitor) -> set[str]:
    shown = person.browser.driver.find_elements(By.CSS_SELECTOR, ".side a.nav-item-z")
    return {kind(each.get_attribute("href") or "") for each in shown}


def is_page(person: Visitor, address: str) -> bool:
    """Not a file, and of this site."""
    return address.startswith(person.site.address) and not FILES.search(urlsplit(address).path)


def kind(address: str) -> str:
    """The path with every number in it as `#`: two accounts are one kind of page, as are two fields of the matrix."""
    path = re.sub(r"\d+", "#", urlsplit(address).path)
    return re.sub(r"(?<=/core/rights/)[\w-]+\.[\w-]+/[\w.-]+", "#/#", path)
