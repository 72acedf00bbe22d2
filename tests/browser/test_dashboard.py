"""The head of an office looks at the month: figures, charts and the tables behind them, in both themes and on paper."""

from __future__ import annotations

import base64
import io
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pypdf
from selenium.webdriver.common.by import By

import servers
from core.demo import BRANCHES
from visitor import TO_THE_MIDDLE, Visitor
from walks import DESK, PHONE

DRAWN = """
return [...document.querySelectorAll("[data-chart-place]")].map((place) => {
  const canvas = place.querySelector("canvas");
  if (!canvas) return null;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  for (let at = 0; at < pixels.length; at += 4)
    if (pixels[at + 3] === 255) seen.add(`${pixels[at]},${pixels[at + 1]},${pixels[at + 2]}`);
  const figures = [...place.closest("figure").querySelectorAll("[data-value]")].map((each) => each.dataset.value);
  const name = figures.some((each) => Number(each) > 0) ? "--z-chart" : "--z-ink-2"; // noughts are a bare axis
  const token = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const wanted = [1, 3, 5].map((at) => parseInt(token.slice(at, at + 2), 16)).join(",");
  return { isDone: seen.has(wanted), width: place.clientWidth, drawn: canvas.getBoundingClientRect().width };
});
"""
MOVES = """
return [...document.querySelectorAll("*")].filter((each) => {
  const { transitionDuration, animationName } = getComputedStyle(each);
  return animationName !== "none" || transitionDuration.split(",").some((time) => parseFloat(time) > 0);
}).length;
"""
"""How many elements move when they change."""
LOOKS = """
const [css, names] = arguments;
return [...document.querySelectorAll(css)].map((each) => names.map((name) => getComputedStyle(each)[name]).join(" "));
"""
"""How elements look: the values of some properties, each element in one line."""
CUT = """
return [...document.querySelectorAll(".table-box")].filter((each) => each.clientHeight < each.scrollHeight).length;
"""
"""How many tables do not show all their rows."""
OFF_PAPER = ".side, .top, .list-tools, .list-bar, .bulk-bar, .pager, .month-nav"
PAPER = {"upright": 718, "lying": 1047}
"""Widths of A4 within its margins, in pixels."""
LIBRARY = "return performance.getEntriesByType('resource').filter((each) => each.name.includes('/echarts.js')).length"


def charts(person: Visitor) -> list[dict[str, Any]]:
    """The charts of the page, once all are drawn in the colour that the theme gives to figures."""
    browser = person.browser

    def drawn() -> list[dict[str, Any]]:
        found = browser.driver.execute_script(DRAWN)
        return list(found) if found and all(each and each["isDone"] for each in found) else []

    shown: list[dict[str, Any]] = browser.wait(drawn, "charts in the colours of the theme")
    return shown


def has_all_charts(person: Visitor) -> bool:
    """Whether each figure has a chart, or a sentence where no month has any."""
    drawn, told = charts(person), person.browser.shown(".chart-none")
    return len(drawn) >= 5 and len(drawn) + len(told) == len(person.browser.shown(".cards-figures .stat"))


def test_a_dashboard_in_both_themes_both_widths_and_on_paper(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    head = visitor()
    head.log_in("gas-east.department-head")
    browser, driver = head.browser, head.browser.driver
    assert head.title() == head.words("Dashboard")
    assert has_all_charts(head)
    assert driver.execute_script(LIBRARY) == 1

    for width in (DESK, PHONE):
        browser.resize(width)
        head.open("/dashboard/")
        for theme in ("light", "dark"):
            browser.prefer(theme)
            for each in charts(head):
                assert abs(each["drawn"] - each["width"]) <= 1
    browser.prefer("light")
    charts(head)

    figure = browser.one("#chart-gas-taken")
    summary = figure.find_element(By.CSS_SELECTOR, "summary")
    driver.execute_script(TO_THE_MIDDLE, summary)
    summary.click()
    table = figure.find_element(By.CSS_SELECTOR, "table")
    rows = table.find_elements(By.CSS_SELECTOR, "tbody tr")
    assert len(rows) == 12
    amount = rows[-1].find_element(By.CSS_SELECTOR, "[data-value]")
    tile = next(
        each for each in browser.shown(".cards-figures .stat") if head.words("Money taken") in each.text
    )
    assert amount.text == tile.find_element(By.CSS_SELECTOR, ".stat-figure").text

    browser.prefer("dark")
    text = printed(head)
    assert "".join(head.words("Money taken").split()) in text
    assert amount.text.replace(",", "") in text.replace(",", "")
    assert (
        "".join(head.words("Narrow menu").split()) not in text
    )  # the frame of the screen is not of the page
    for width in PAPER.values():
        with browser.on_paper(width):
            assert looks(head, ".charts", "display") == {"block"}
            assert looks(head, ".chart-z", "marginBottom") == {"16px"}
            assert looks(head, ".panel, .stat", "boxShadow") == {"none"}
            assert looks(head, OFF_PAPER, "display") == {"none"}
    browser.prefer("light")

    assert driver.execute_script(MOVES) > 0
    browser.prefer_calm()
    assert driver.execute_script(MOVES) == 0
    browser.prefer("light")

    head.leave(rows[-1].find_element(By.CSS_SELECTOR, "a"))
    assert "/gas/payment/" in driver.current_url

    browser.resize(DESK)
    head.open("/gas/account/")
    assert driver.execute_script(CUT) == 1  # on the screen its rows move in their box
    for width in PAPER.values():
        with browser.on_paper(width):
            assert looks(head, ".table-box", "overflow", "maxHeight") == {"visible none"}
            assert looks(head, ".table-z tbody td", "whiteSpace") == {"normal"}
            assert looks(head, OFF_PAPER, "display") == {"none"}
            assert driver.execute_script(CUT) == 0


def looks(person: Visitor, css: str, *names: str) -> set[str]:
    """What some properties of elements come to."""
    return set(person.browser.driver.execute_script(LOOKS, css, names))


def printed(person: Visitor) -> str:
    """What the page says on paper."""
    answer: dict[str, str] = person.browser.driver.execute_cdp_cmd(
        "Page.printToPDF", {"printBackground": False}
    )
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(answer["data"]))).pages
    text = "".join(page.extract_text() for page in pages)
    return "".join(unicodedata.normalize("NFKC", text).split())  # fonts name some characters as radicals


def test_the_administrator_goes_from_the_head_office_to_an_office(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    admin = visitor()
    admin.log_in("admin")
    assert has_all_charts(admin)
    names = {code: {"zh": name_zh, "en": name_en} for code, name_zh, name_en, _plugins in BRANCHES}
    shown = {each.text: each for each in offices(admin)}
    assert set(shown) == {each[admin.words.lang] for each in names.values()}
    office = shown[names["gas-east"][admin.words.lang]]
    admin.leave(office.find_element(By.CSS_SELECTOR, "button"))
    assert admin.title() == admin.words("Dashboard")
    assert not admin.browser.shown(".table-told")


def offices(person: Visitor) -> list[Any]:
    return person.browser.shown(".table-told tbody th")


def test_my_work_leads_to_what_waits(visitor: Callable[..., Visitor], site: servers.LiveServer) -> None:
    cashier = visitor()
    cashier.log_in("gas-east.cashier")
    assert cashier.title() == cashier.words("My work")
    browser = cashier.browser
    line = browser.one("[aria-labelledby='work-overdue'] .work-line")
    count = line.find_element(By.CSS_SELECTOR, ".work-count").text
    cashier.leave(line.find_element(By.CSS_SELECTOR, "a"))
    assert re.findall(r"[\d,]+", browser.text("#list .pager-total")) == [count]
