"""A person at a browser: logs in, follows the menu, fills in forms by their labels, reads tables.

Every page that a visitor meets is inspected: see `Visitor.inspect`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

import accessible
import jumping
import servers
from browsers import Chromium
from untranslated import untranslated
from words import Words

THEMES = ("light", "dark")
"""A walk is judged in the first: `test_every_page` lets axe-core look at every kind of page, and in both."""
READY = (
    "return window.pageLeft !== true && document.readyState === 'complete'"
    " && document.documentElement.dataset.ready === 'true'"
)
LOOK = """
return {
  status: performance.getEntriesByType("navigation")[0].responseStatus,
  asked: performance.getEntriesByType("resource").map((each) => each.name),
  theme: document.documentElement.dataset.bsTheme,
  jquery: Boolean(window.jQuery || window.$),
  bootstrap: window.bootstrap?.Tooltip?.VERSION ?? "5.",
  wide: document.scrollingElement.scrollWidth,
  there: innerWidth,
};
"""
ROWS = """
const table = [...document.querySelectorAll("main .table-box")].find((box) => box.ariaLabel === arguments[0]);
return table && [...table.querySelectorAll("tbody tr")].map((row) =>
  Object.fromEntries([...row.querySelectorAll("[data-label]")].map((cell) => [
    cell.dataset.label, cell.textContent.trim().replace(/\\s+/g, " ")])));
"""
FACTS = """
return Object.fromEntries([...document.querySelectorAll("main dl > div")].map((each) => [
  each.querySelector("dt").textContent.trim(),
  [...each.querySelector("dd").childNodes].filter((one) => !one.classList?.contains("record-help"))
    .map((one) => one.textContent).join("").trim().replace(/\\s+/g, " ")]));
"""
OPTIONS = "return [...arguments[0].options].filter((each) => each.textContent.trim() === arguments[1])"
# Labels of fields that have to be filled in end with a star.
LABELLED = """
const bare = (label) => label.innerText.replace(/[ *]+$/, "").trim();
return [...document.querySelectorAll(arguments[0])].filter((each) =>
  each.checkVisibility({ visibilityProperty: true }) &&
  bare(each.matches("label") ? each : each.querySelector("label") ?? document.createElement("b")) === arguments[1]);
"""
# What the browser says when it did as the log-out bade it.
CLEARED = re.compile(r"INFO: \S+ - Clear-Site-Data header on '\S+/logout/': Cleared data types: \"cache\"\.")
LEAVE = "window.pageLeft = true"
# Some way down a long page the driver would click before the page has come to rest.
TO_THE_MIDDLE = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
ASKS = "return !dispatchEvent(new Event('beforeunload', {cancelable: true}))"
SEND_TWICE = """
const form = document.querySelector(arguments[0]), done = arguments[arguments.length - 1];
const send = () => fetch(form.action, { method: "POST", body: new FormData(form) }).then((answer) => answer.status);
Promise.all([send(), send()]).then(done, (error) => done([String(error)]));
"""


class Visitor:
    """One person in one browser, who reads `lang`. `data`: words of the test's own that pages may show."""

    def __init__(
        self,
        browser: Chromium,
        site: servers.LiveServer,
        lang: str,
        data: tuple[str | re.Pattern[str], ...] = (),
    ) -> None:
        self.browser = browser
        self.site = site
        self.data = data
        self.words = Words(lang)
        self._looked_around: set[tuple[int, str]] = set()
        """In which widths and themes what stands around the pages was looked at."""

    # ------------------------------------------------------------ going

    def open(self, path: str, status: int = 200) -> None:
        """Type an address."""
        self.browser.get(self.site.url(path))
        self.inspect(status)

    def log_in(
        self, username: str, password: str = servers.DEMO_PASSWORD, status: int = 200, lang: str = ""
    ) -> None:
        """`lang` is the person's own language, when it is not the one that the log-in page has."""
        self.open("/login/")
        self.fill("User name", username)
        self.fill("Password", password)
        button = self.button("Log in")
        self.words = Words(lang) if lang else self.words
        self.leave(button, status)

    def log_out(self) -> None:
        self.browser.one(".top-person").click()
        self.press("Log out", within=".dropdown-menu.show")

    def choose_language(self, lang: str) -> None:
        """Choose a language in the top bar, by the name that it has in itself."""
        name = self.words("Language")
        self._only(self.browser.shown(".top button, .bare-top button", name), name).click()
        self.words = Words(lang)
        self.leave(self.browser.one(f".dropdown-menu.show [formaction='/lang/{lang}']"))

    def menu(self) -> list[str]:
        """The labels of the side bar."""
        links = self.browser.driver.find_elements(By.CSS_SELECTOR, ".side a.nav-item-z")
        return [link.get_attribute("title") or "" for link in links]

    def follow(self, text: str) -> None:
        """Follow a link of the side bar."""
        if not self.browser.shown("#side"):
            self.browser.one("[data-bs-target='#side']").click()
            self.browser.one("#side.show:not(.showing)")
        label = self.words(text)
        self.leave(self._only(self.browser.shown("#side a", label), label))

    def go_to_branch(self, code: str) -> None:
        """Choose the active branch in the top bar."""
        self.browser.one(".top-branch > button").click()
        self.leave(self.browser.one(f"[formaction='/branch/{code}']"))

    # ------------------------------------------------------------ doing

    def press(self, text: str, status: int = 200, within: str = "main", **params: Any) -> None:
        """Press the button, or follow the link, that says `text` and leads on."""
        self.leave(self.button(text, within, **params), status)

    def confirm(self, text: str) -> None:
        """Press what asks back first, and say yes."""
        button = self.button(text)
        self.browser.driver.execute_script(TO_THE_MIDDLE, button)
        button.click()
        self.leave(self.browser.one("dialog[open] [data-confirm-accept]"))

    def fetch(self, text: str, pattern: str) -> Path:
        """Press what gives a file, whose name fits the pattern, and leaves the page standing."""
        self.button(text).click()
        file = self.browser.downloaded(pattern)
        self.inspect()
        return file

    def leave(self, element: WebElement, status: int = 200) -> None:
        """Click on what leads to another page, or to this one anew; and judge it once it is there."""
        self.browser.driver.execute_script(f"{TO_THE_MIDDLE}; {LEAVE}", element)
        element.click()
        self.inspect(status)

    def leave_by(self, act: Callable[[], object], status: int = 200) -> None:
        """Do what leads to another page, such as pressing a key; and judge it once it is there."""
        self.browser.driver.execute_script(LEAVE)
        act()
        self.inspect(status)

    def button(self, text: str, within: str = "main", **params: Any) -> WebElement:
        label, css = self.words(text, **params), f"{within} button, {within} a"
        shown: list[WebElement] = self.browser.wait(
            lambda: self.browser.shown(css, label), f"a button “{label}”"
        )
        return self._only(shown, label)

    def open_row(self, text: str) -> None:
        """Open the record whose link says `text`, in a table."""
        self.leave(self._only(self.browser.shown("main a.row-link", text), text))

    def fill(self, label: str, value: str) -> None:
        """Type into the field with a label; what stood there is replaced."""
        field = self.field(label)
        if field.get_attribute("type") in ("date", "month"):
            self.browser.driver.execute_script("arguments[0].value = arguments[1]", field, value)
            return
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(Keys.DELETE, value)

    def choose(self, label: str, value: str) -> None:
        """Choose an entry of a list by what it says."""
        options = self.browser.driver.execute_script(OPTIONS, self.field(label), value)
        self._only(options, value).click()

    def pick(self, label: str, query: str) -> None:
        """Search in a picker, and take the first that it finds."""
        wrapper = self._field_box(label).find_element(By.CSS_SELECTOR, ".ts-wrapper")
        wrapper.find_element(By.CSS_SELECTOR, "input").send_keys(query)

        def take() -> bool:
            options = wrapper.find_elements(By.CSS_SELECTOR, ".ts-dropdown .option")
            fitting = [each for each in options if query in each.text]
            for each in fitting[:1]:
                each.click()
            return bool(fitting)

        self.browser.wait(take, f"{query} to be found")  # the list is drawn anew while it is searched

    def tick(self, label: str) -> None:
        """Tick the box, or take the choice, with a label."""
        text = self.words(label)
        self._only(self.browser.shown("main label.form-check", text), text).click()

    def field(self, label: str) -> WebElement:
        """The control of the field that says `label`."""
        text = self.words(label)
        name = self._only(self._labelled("label", text), text).get_dom_attribute("for") or ""
        return self.browser.driver.find_element(By.ID, name)

    def _field_box(self, label: str) -> WebElement:
        text = self.words(label)
        return self._only(self._labelled("main .field", text), text)

    def _labelled(self, css: str, text: str) -> list[WebElement]:
        found: list[WebElement] = self.browser.driver.execute_script(LABELLED, css, text)
        return found

    def choose_file(self, file: Path) -> None:
        """Give a file to the page's file field."""
        self.browser.driver.find_element(By.CSS_SELECTOR, "main input[type=file]").send_keys(str(file))

    def upload(self, file: Path) -> None:
        """Give a file to the page's file field, and send it."""
        self.choose_file(file)
        self.press("Upload and check")

    def is_asked_before_closing(self) -> bool:
        """Whether the browser would ask before this tab is closed."""
        asked: bool = self.browser.driver.execute_script(ASKS)
        return asked

    def send_twice(self, form: str) -> list[int]:
        """Send a form twice at the same moment, as two presses of its button do. Answers both statuses."""
        statuses: list[int] = self.browser.driver.execute_async_script(SEND_TWICE, form)
        return statuses

    # ------------------------------------------------------------ reading

    def sees(self, text: str, within: str = "body", **params: Any) -> None:
        """Wait until the page says a text of the program."""
        self.browser.wait_for_text(self.words(text, **params), within)

    def reads(self, text: str, within: str = "body") -> None:
        """Wait until the page shows something that is not of the program's own words: a name, a figure."""
        self.browser.wait_for_text(text, within)

    def title(self) -> str:
        return self.browser.text("h1")

    def rows(self, label: str, **params: Any) -> list[dict[str, str]]:
        """The rows of the table with a label: heading to text of the cell."""
        name = self.words(label, **params)
        found: list[dict[str, str]] | None = self.browser.driver.execute_script(ROWS, name)
        assert found is not None, f"no table “{name}” at {self.browser.driver.current_url}"
        return found

    def column(self, label: str, heading: str) -> list[str]:
        """One column of a table."""
        return [row[self.words(heading)] for row in self.rows(label)]

    def facts(self) -> dict[str, str]:
        """What the page says in lists of labels and values."""
        found: dict[str, str] = self.browser.driver.execute_script(FACTS)
        return found

    def fact(self, label: str) -> str:
        return self.facts()[self.words(label)]

    # ------------------------------------------------------------ judging

    def inspect(self, status: int = 200, by_axe: bool = False) -> None:
        """Judge the page that was just reached, or what was opened in it: see `problems`."""
        problems = self.problems(status, by_axe=by_axe)
        assert not problems, "\n".join(problems)

    def problems(
        self, status: int = 200, themes: tuple[str, ...] = THEMES[:1], by_axe: bool = False
    ) -> list[str]:
        """What is wrong with the page that was just reached, in these themes; `by_axe` lets axe-core look too.

        Right is that it answered with `status`; nothing was complained of in the console (such as what the
        content-security policy blocked); nothing came from elsewhere; neither jQuery nor Bootstrap 3 is there; all is
        in one language; nothing stands out at the side, or jumps by itself while the page comes; and whoever reads in
        another way than most can use it.
        """
        browser = self.browser
        browser.prefer(themes[0])
        browser.wait(lambda: browser.driver.execute_script(READY), "the page")
        seen = browser.driver.execute_script(LOOK)
        found = [
            *([f"answers {seen['status']}, not {status}"] if seen["status"] != status else []),
            *([f"is {seen['theme']}, not {themes[0]}"] if seen["theme"] not in (None, themes[0]) else []),
            *self._complaints(status),
            *self._asked_elsewhere(seen["asked"]),
            *(["has jQuery"] if seen["jquery"] else []),
            *([f"has Bootstrap {seen['bootstrap']}"] if not seen["bootstrap"].startswith("5.") else []),
            *(
                f"not in “{self.words.lang}”: {each}"
                for each in untranslated(browser, self.words.lang, *self.data)
            ),
            *self._too_wide(seen),
            *jumping.jumps(browser),
            *(
                accessible.faults(browser, around=self._is_new_around(seen["there"], themes[0]))
                if by_axe
                else ()
            ),
            *(
                f"in the {each} theme: {one}"
                for each in themes[1:]
                for one in self._problems_in(each, by_axe)
            ),
        ]
        browser.prefer(themes[0])
        return [f"{browser.driver.current_url} {each}" for each in found]

    def refused(self) -> list[str]:
        """Whether the page that was just reached answered anything but itself."""
        browser = self.browser
        browser.wait(lambda: browser.driver.execute_script(READY), "the page")
        status = browser.driver.execute_script(LOOK)["status"]
        return [] if status == 200 else [f"{browser.driver.current_url} answers {status}"]

    def _is_new_around(self, width: int, theme: str) -> bool:
        """Whether this person has not yet looked at side bar and top bar in a width and theme, on a page with both."""
        if (width, theme) in self._looked_around:
            return False
        if self.browser.shown("#side, .top"):
            self._looked_around.add((width, theme))
        return True

    def _asked_elsewhere(self, asked: list[str]) -> list[str]:
        return [f"asks elsewhere: {each}" for each in asked if not each.startswith(self.site.address + "/")]

    @staticmethod
    def _too_wide(seen: dict[str, Any]) -> list[str]:
        wide, there = seen["wide"], seen["there"]
        return [f"is {wide} pixels wide in a window of {there}"] if wide > there else []

    def _problems_in(self, theme: str, by_axe: bool) -> list[str]:
        """What another theme may bring: files of its own, complaints about them, other widths and contrasts."""
        browser = self.browser
        browser.prefer(theme)
        seen = browser.driver.execute_script(LOOK)
        return [
            *self._complaints(200),
            *self._asked_elsewhere(seen["asked"]),
            *self._too_wide(seen),
            *(accessible.faults(browser, accessible.IN_ANOTHER_THEME) if by_axe else ()),
        ]

    def _complaints(self, status: int) -> list[str]:
        """The console, but for the answer that was expected."""
        expected = f"responded with a status of {status} " if status != 200 else None
        told = [each for each in self.browser.console() if not CLEARED.fullmatch(each)]
        return [each for each in told if expected is None or expected not in each]

    @staticmethod
    def _only(found: list[WebElement], what: str) -> WebElement:
        assert len(found) == 1, f"{len(found)} × “{what}”"
        return found[0]
