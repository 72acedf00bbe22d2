"""Whoever follows links, from the side bar on, meets only pages in order.

What that means is said in `visitor.Visitor.problems`: among other things, that the browser has nothing to complain of,
such as of something that the content-security policy forbids, and that axe-core finds nothing. A picture of each page
goes into `build/screens`, in every width and theme that it is looked at in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By

import accessible
import hidden_pages
import page_kinds
import servers
from browsers import Chromium
from run_folder import IS_FULL
from visitor import THEMES, Visitor
from walks import DESK, PHONE, Setting
from words import PSEUDO

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
FILES = re.compile(r"\.(xlsx|csv|pdf)$|/export|^/core/own-rules/file$")
LINKS = "return [...document.querySelectorAll('a[href]')].map((each) => each.href)"
BUTTON_TOO_HIGH = """
const tools = document.querySelector(".list-tools"), button = tools?.querySelector("button[type=submit]");
if (!button) return false;
const before = tools.querySelector(".search-box") ?? [...tools.querySelectorAll(".filter")].at(-1);
return Boolean(before) && button.getBoundingClientRect().bottom <= before.getBoundingClientRect().top;
"""
IS_LIST = (
    "return Boolean(document.querySelector('[data-list]') && !document.querySelector('.list-tools .filter'))"
)
PEOPLE = (
    "admin",  # gets to every page
    pytest.param("gas-east.cashier", marks=pytest.mark.long),
    pytest.param("gas-east.meter-reader", marks=pytest.mark.long),
)
OTHER_FACES = re.compile(r"(?:^|&)(as=\w+|add)\b")
"""What in an address makes another kind of page of the same path: a list as a board, a filter's editor in it."""


OF_ANY_ENTITY = re.compile(
    r"^(/core/history/of|/core/history/deleted|/core/timeline|)/(?!account/|core/rights/|core/own-rules/|core/people/new"
    r"|core/message/|core/obligation/#/|gas/counter/|gas/billing/)[\w-]+/[\w-]+(/#.*|/new|)$"
)
"""Pages that are alike for every entity."""
ADD = "document.querySelector('main').insertAdjacentHTML('beforeend', `{}`)"
FAULTS = {
    "console.error('oh')": "oh",
    # The page's policy refuses it, and says so.
    "new Image().src = 'https://elsewhere.invalid/a.png'": "elsewhere.invalid",
    # What the policy cannot refuse is named by the browser.
    "performance.getEntriesByType = () => [{name: 'https://elsewhere.invalid/', responseStatus: 200}]": (
        "asks elsewhere"
    ),
    "window.jQuery = 1": "jQuery",
    ADD.format("<p>Untranslated words</p>"): "Untranslated words",
    ADD.format("<p class='wide'>1</p>")
    + "; document.querySelector('.wide').style.width = '3000px'": "pixels wide",
    """
    const wedge = document.createElement("p");
    document.querySelector("main").prepend(wedge);
    return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
      wedge.style.height = "200px";
      requestAnimationFrame(() => requestAnimationFrame(done));
    })));
    """: "jumps",
    ADD.format("<img src='/assets/none.png'>"): "image-alt",
    ADD.format("<p class='pale'>Pale words</p>")
    + "; document.querySelector('.pale').style.color = '#ddd'": "color-contrast",
    ADD.format("<i class='small'></i>")
    + """;
    const two = [1, 2].map((n) => {
      const each = document.createElement("button");
      each.type = "button";
      each.ariaLabel = String(n);
      each.style.cssText = "width: 12px; height: 12px; padding: 0; border: 0";
      return each;
    });
    document.querySelector(".small").append(...two);
    """: "target-size",
    ADD.format("<button type='button' class='dull'>1</button>")
    + "; document.querySelector('.dull').style.cssText = 'outline: none !important'": (
        "does not show that it has the focus"
    ),
    ADD.format("<button type='button' class='far'>1</button>")
    + "; document.querySelector('.far').style.cssText = 'position: fixed; top: 2000px'": (
        "has the focus where nobody sees it"
    ),
}
"""What is done to a page -> what is said of it."""
FEWEST = 20 if IS_FULL else 12
LOOKED_AT: dict[str, set[str]] = {}
"""The kinds that were judged in a setting already, of whoever came to them first."""


@dataclass(frozen=True)
class Look:
    """In which widths and themes each page of a walk is looked at."""

    widths: tuple[int, ...]
    themes: tuple[str, ...]

    def __str__(self) -> str:
        return "-".join(map(str, (*self.widths, *self.themes)))


def looks() -> list[Any]:
    """Two settings of every page in `make test`; in `make test-full` all of them, a language on each database."""
    every = Look((PHONE, DESK), THEMES)
    short = Look((DESK,), ("light",)), Look((PHONE,), ("dark",))
    some = zip(("sqlite", "postgresql"), ("zh", "en"), (every, every) if IS_FULL else short, strict=True)
    return [
        pytest.param(Setting(backend, lang, look.widths[0]), look, id=f"{backend}-{lang}-{look}")
        for backend, lang, look in some
    ]


@pytest.fixture
def site(setting: Setting, standing: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    """The program; for readers of the made-up language, one that speaks it."""
    environment = {"ZHIDU_PSEUDO_LOCALE": "1"} if setting.lang == PSEUDO else {}
    return standing(setting.backend, **environment)


@pytest.mark.parametrize(("setting", "look"), looks(), indirect=["setting"])
@pytest.mark.parametrize("username", PEOPLE)
def test_every_kind_of_page(
    username: str, setting: Setting, look: Look, visitor: Callable[..., Visitor]
) -> None:
    person, done = visitor(), LOOKED_AT.setdefault(str(setting), set())
    person.log_in(username)
    if username == "admin":
        person.go_to_branch("gas-east")

    seen, problems = walk(person, lambda address: judged(person, address, look, done))

    assert not problems, "\n".join(problems)
    assert menu_kinds(person) <= set(seen)
    assert len(seen) >= FEWEST
    if username == "admin":
        assert page_kinds.routes_of(urlsplit(each).path for each in seen.values()) >= page_kinds.WALKED
        assert {face for each in seen if (face := each.partition("?")[2])} >= page_kinds.FACES


@pytest.mark.parametrize(("setting", "look"), looks(), indirect=["setting"])
def test_what_no_link_leads_to(
    setting: Setting, look: Look, visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    """The log-in, what is refused, forms with faults or overtaken, many records at once, a sheet that was checked, what
    opens within a page, the end of a session, and the first log-in of somebody new."""
    person = visitor(data=hidden_pages.DATA)
    browser, problems = person.browser, list[str]()

    def look_at(name: str, status: int = 200) -> None:
        problems.extend(looked_at(person, name, look, status))

    browser.get(person.site.url("/login/"))
    look_at("login")
    person.press("Log in", status=422)
    problems.extend(accessible.faults(browser))
    person.log_in("gas-east.cashier")
    browser.get(person.site.url("/gas/account/new"))
    person.press("Save", status=422)
    look_at_now(person, look, "form with faults", problems)
    browser.get(person.site.url("/gas/account/"))
    browser.one("#list [data-pick]").click()
    person.leave(browser.one("#bulk [formaction$='/bulk/edit']"))
    look_at_now(person, look, "many at once", problems)
    browser.get(person.site.url("/gas/arrears/"))
    browser.one("#list [data-pick]").click()
    person.leave(browser.one("#bulk [formaction$='/bulk/hand-over']"))
    look_at_now(person, look, "what will change", problems)
    hidden_pages.save_too_late(person)
    look_at_now(person, look, "overtaken", problems)
    for path, status in (("/no/such/page", 404), ("/gas/tariff/new", 403)):
        browser.get(person.site.url(path))
        look_at(str(status), status)
    browser.get(person.site.url("/gas/account/"))
    for opened in (".top-person", ".top [data-bs-target='#side']"):
        for button in browser.shown(opened):
            button.click()
            within = "#side.show:not(.showing)" if "side" in opened else ".dropdown-menu.show"
            browser.one(within)
            look_at_now(person, look, f"opened-{opened}", problems, within)
            browser.get(person.site.url("/gas/account/"))
    for path in ("/core/job/mine", "/search/?q=13"):
        browser.get(person.site.url(path))
        look_at(path)
    hidden_pages.end_session(person)
    browser.get(person.site.url("/gas/account/new"))
    look_at("session ended")
    person.log_in("gas-east.meter-reader")
    hidden_pages.check_a_sheet(person, tmp_path)
    look_at("sheet checked")
    hidden_pages.end_session(person)
    person.log_in("admin")
    one_time = hidden_pages.add_newcomer(person)
    look_at_now(person, look, "told once", problems)
    hidden_pages.end_session(person)
    person.log_in(hidden_pages.NEWCOMER, one_time)
    look_at("first log-in")
    hidden_pages.end_session(person)
    browser.get(person.site.url("/reset/none"))
    look_at("link gone", 404)
    assert not problems, "\n".join(problems)


def look_at_now(person: Visitor, look: Look, name: str, problems: list[str], within: str = "html") -> None:
    """Judge what was just opened, which a page gone to anew would not show; `within` it, where it lies over a page."""
    for theme in look.themes:
        person.browser.prefer(theme)
        problems.extend(f"{name}: {each}" for each in accessible.faults(person.browser, within=within))
        picture(person.browser, name, f"{person.words.lang}-{look.widths[0]}-{theme}")


@pytest.mark.parametrize("setting", [Setting("sqlite", "zh", DESK)], indirect=True, ids=str)
def test_whoever_looks_sees_what_is_wrong(visitor: Callable[..., Visitor]) -> None:
    """Each fault that the walks look for, put into a page on purpose, is found."""
    person = visitor()
    person.browser.get(person.site.url("/login/"))
    for script in FAULTS:
        person.browser.driver.execute_script(script)
    found = [*person.problems(themes=("light",), by_axe=True), *accessible.unfocused(person.browser)]
    unseen = [fault for fault in FAULTS.values() if not any(fault in each for each in found)]
    assert not unseen, "\n".join(found)


@pytest.mark.long  # in `make test`, an English text on a page in Chinese
@pytest.mark.parametrize("setting", [Setting("sqlite", PSEUDO, DESK)], indirect=True, ids=str)
def test_no_text_bypasses_translation(visitor: Callable[..., Visitor]) -> None:
    """In the made-up language every translated text stands in brackets: what has none bypasses the catalogues.

    This walk goes to the pages of each entity, and lets axe-core look at all of them.
    """
    person = visitor()
    person.log_in("admin")
    person.go_to_branch("gas-east")

    seen, problems = walk(person, lambda address: untranslated_at(person, address), of_each_entity=True)

    assert not problems, "\n".join(problems)
    assert len(seen) >= FEWEST


def walk(
    person: Visitor, judge: Callable[[str], list[str]], of_each_entity: bool = False
) -> tuple[dict[str, str], list[str]]:
    """Open one page of each kind that links lead to. Answers the kinds, each with the address, and what is wrong with
    the pages."""
    seen: dict[str, str] = {}
    problems: list[str] = []
    waiting = links(person)
    while waiting:
        address = waiting.pop(0)
        if kind(address, of_each_entity) in seen or not is_page(person, address):
            continue
        seen[kind(address, of_each_entity)] = address
        problems += judge(address)
        waiting += links(person)
    return seen, problems


def judged(person: Visitor, address: str, look: Look, done: set[str]) -> list[str]:
    """What is wrong with a page, which is gone to and, unless one like it is `done`, looked at."""
    person.browser.resize(look.widths[0])
    person.browser.get(address)
    if (face := looked_at_as(person, address)) in done:
        return person.refused()
    done.add(face)
    return looked_at(person, kind(address), look)


def looked_at(person: Visitor, name: str, look: Look, status: int = 200) -> list[str]:
    """What is wrong with the page that is open, and a picture of it as it looks in each theme."""
    browser, found = person.browser, list[str]()
    address = browser.driver.current_url
    for number, width in enumerate(look.widths):
        browser.resize(width)
        if number:
            browser.get(address)
        found += (f"{width} pixels: {each}" for each in person.problems(status, look.themes, by_axe=True))
        if browser.driver.execute_script(BUTTON_TOO_HIGH):
            found.append(f"{address} has its search button above what it searches by, at {width} pixels")
        for theme in look.themes:
            browser.prefer(theme)
            picture(browser, name, f"{person.words.lang}-{width}-{theme}")
        found += (f"{address} {each}" for each in accessible.unfocused(browser))
    return found


def looked_at_as(person: Visitor, address: str) -> str:
    """The kind; in `make test` the lists of all the entities of one owner look alike, as boards and calendars too."""
    if IS_FULL or not person.browser.driver.execute_script(IS_LIST):
        return kind(address)
    return re.sub(r"(?<=^/)(\w+)/[\w-]+/", r"\1/*/", kind(address))


def picture(browser: Chromium, name: str, look: str) -> None:
    words = re.findall(r"[a-z0-9]+", name.replace("*", "any").replace("#", "1"))
    (SCREENS / look).mkdir(parents=True, exist_ok=True)
    browser.driver.save_screenshot(str(SCREENS / look / f"{'-'.join(words) or 'home'}.png"))


def untranslated_at(person: Visitor, address: str) -> list[str]:
    person.browser.get(address)
    return person.problems(themes=("light",), by_axe=True)


def links(person: Visitor) -> list[str]:
    found: list[str] = person.browser.driver.execute_script(LINKS)
    return found


def menu_kinds(person: Visitor) -> set[str]:
    shown = person.browser.driver.find_elements(By.CSS_SELECTOR, ".side a.nav-item-z")
    return {kind(each.get_attribute("href") or "") for each in shown}


def is_page(person: Visitor, address: str) -> bool:
    """Not a file, and of this site."""
    return address.startswith(person.site.address) and not FILES.search(urlsplit(address).path)


def kind(address: str, of_each_entity: bool = False) -> str:
    """The path with every number in it as `#`: two accounts are one kind of page, as are two fields of the matrix.

    Records, forms, imports, histories and filters' editors of all entities are one kind each, unless those
    `of_each_entity` are asked for; lists are not, see `looked_at_as`.
    """
    parts = urlsplit(address)
    path = re.sub(r"\d+", "#", parts.path)
    path = re.sub(r"(?<=/core/rights/)[\w-]+\.[\w-]+/[\w.-]+", "#/#", path)
    path = re.sub(r"(?<=/why/measure/)[^/]+$", "#", path)
    faces = OTHER_FACES.findall(parts.query)[:1]
    if not of_each_entity:
        path = "/*/*/" if faces == ["add"] else OF_ANY_ENTITY.sub(r"\1/*/*\2", path)
        path = re.sub(r"(?<=^/core/import/)\w+\.[\w-]+$", "*.*", path)
    return "?".join([path, *faces])
