"""A real Chromium, driven by Selenium, each with a profile of its own and no word to the outside."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

import run_folder

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    # No other host has an address: what a page asks of one fails, and its console says so.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
ACCEPT_LANGUAGES = {"en": "en-US,en", "zh": "zh-CN,zh", "pseudo": "en-US,en"}
LONGEST_WAIT = 30.0  # seconds; only bounds a wait for what never comes
LONGEST_SCRIPT = 240.0  # seconds; axe-core looks at every cell of a long table in the full suite
THEME = "const shown = document.documentElement.dataset.bsTheme; return !shown || shown === arguments[0]"
# One question for all elements: the driver would be asked twice for each, and be long about it.
SHOWN = """
const [css, says] = arguments;
const shows = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
  [...one.getClientRects()].some((each) => each.width > 0 && each.height > 0);
const found = [...document.querySelectorAll(css)].filter(shows);
return says === null ? found : found.filter((one) => [one.innerText.trim(), one.ariaLabel].includes(says));
"""
FORGOTTEN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Network.clearBrowserCookies", {}),
    ("Network.clearBrowserCache", {}),
    ("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"}),
    ("Browser.resetPermissions", {}),
)
FIRST_FRAME = """
{ const told = () => performance.mark("first-frame");
addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(told))); }
"""
"""Marks when the first frame after a page was loaded has been drawn: see `jumping`."""
_RESTING: dict[str, list[Chromium]] = {}
"""By the languages that they accept: browsers of this process that no test has open."""
OPEN = pytest.StashKey[list["Chromium"]]()


@dataclass
class Chromium:
    """One browser: Selenium's `driver`, and the few things that walks do all the time."""

    driver: webdriver.Chrome
    folder: Path
    lang: str = "en"
    theme: str = ""

    @property
    def downloads(self) -> Path:
        return self.folder / "downloads"

    def get(self, address: str) -> None:
        self.driver.get(address)

    def resize(self, width: int, height: int = 900) -> None:
        """Take another size, in pixels: of the page alone, since a window has a least width."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, theme: str) -> None:
        """The reader's system goes `light` or `dark`, and the page that is shown follows."""
        if theme == self.theme:
            return
        scheme = [{"name": "prefers-color-scheme", "value": theme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        self.wait(lambda: self.driver.execute_script(THEME, theme), f"the {theme} theme")
        self.theme = theme

    def prefer_calm(self) -> None:
        """The reader's system asks for less motion; which theme it has is no longer said."""
        calm = [{"name": "prefers-reduced-motion", "value": "reduce"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": calm})
        self.theme = ""

    @contextmanager
    def on_paper(self, width: int) -> Iterator[None]:
        """The page takes the looks that it has on paper of a width in pixels, as long as this lasts."""
        there = self.driver.execute_script("return [innerWidth, innerHeight]")
        self.resize(width)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        try:
            yield
        finally:
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
            self.theme = ""  # is no longer said
            self.resize(*there)

    def one(self, css: str) -> WebElement:
        """The first element for a CSS selector, waited for until it shows."""
        found: list[WebElement] = self.wait(lambda: self.shown(css), f"{css} to show")
        return found[0]

    def shown(self, css: str, says: str | None = None) -> list[WebElement]:
        """Every element for a CSS selector that shows now; with `says`, those whose text or label is this."""
        found: list[WebElement] = self.driver.execute_script(SHOWN, css, says)
        return found

    def text(self, css: str = "body") -> str:
        return self.one(css).text

    def wait(self, condition: Callable[[], Any], what: str) -> Any:
        """Ask again and again until the answer is true; an element just replaced counts as not yet."""
        wait = WebDriverWait(
            self.driver, LONGEST_WAIT, poll_frequency=0.05, ignored_exceptions=[WebDriverException]
        )
        try:
            return wait.until(lambda _driver: condition())
        except TimeoutException as error:
            raise TimeoutException(f"waited for {what} at {self.driver.current_url}") from error

    def wait_for_text(self, text: str, css: str = "body") -> None:
        self.wait(lambda: text in self.driver.find_element(By.CSS_SELECTOR, css).text, f"“{text}” in {css}")

    def downloaded(self, pattern: str) -> Path:
        """The newest finished download whose name fits the pattern, waited for."""
        give_up = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < give_up:
            found = [file for file in self.downloads.glob(pattern) if file.suffix != ".crdownload"]
            if found:
                return max(found, key=lambda file: file.stat().st_mtime_ns)
            time.sleep(0.05)
        there = sorted(file.name for file in self.downloads.iterdir())
        raise AssertionError(f"no download named {pattern}; there is {there}")

    def console(self) -> list[str]:
        """What the page complained about since last asked: script errors, blocked or missing resources."""
        return [f"{entry['level']}: {entry['message']}" for entry in self.driver.get_log("browser")]

    def requested(self) -> list[str]:
        """The address of every resource of the present page, in the order of loading."""
        script = "return performance.getEntriesByType('resource').map(entry => entry.name)"
        addresses: list[str] = self.driver.execute_script(script)
        return addresses

    def bring(self, script: str) -> None:
        """Run a script here, and in every page that this tab goes to from now on."""
        self.driver.execute_script(script)
        self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def picture(self, name: str) -> Path:
        """Take a screenshot into the test's folder."""
        file = self.folder / f"{name}.png"
        self.driver.save_screenshot(str(file))
        return file

    def describe(self) -> str:
        """Where the browser stands, for the report of a failure."""
        try:
            where = f"{self.driver.current_url} “{self.driver.title}”, screenshot {self.picture('failure')}"
            return "\n".join([where, *self.console()])
        except WebDriverException as error:
            return f"the browser does not answer: {error.msg}"

    def forget(self) -> bool:
        """Be as a new one, in a fresh tab: what was set for a page went with the old. False if it does not answer."""
        driver, ask = self.driver, self.driver.execute_cdp_cmd
        try:
            old = driver.window_handles
            driver.switch_to.window(old[0])
            driver.switch_to.new_window("tab")
            fresh = driver.current_window_handle
            for each in old:
                driver.switch_to.window(each)
                driver.close()
            driver.switch_to.window(fresh)
            for what in FORGOTTEN:
                ask(*what)
            driver.get_log("browser")
            self.theme = ""
        except (WebDriverException, IndexError):
            return False
        return True

    def close(self) -> None:
        self.driver.quit()


def open_chromium(folder: Path, lang: str = "en", width: int = 1366, height: int = 900) -> Chromium:
    """Open a browser that prefers the language `en` or `zh`, at a width down to that of a phone.

    One that another test has done with, and that has forgotten all, is taken before one is started: to start takes
    longer than many walks. A missing browser or driver is an error, so that no test passes without one.
    """
    (folder / "downloads").mkdir(parents=True)
    resting = _RESTING.setdefault(ACCEPT_LANGUAGES[lang], [])
    browser = resting.pop() if resting else Chromium(_started(lang), folder)
    browser.folder, browser.lang = folder, lang
    downloads = {"behavior": "allow", "downloadPath": str(browser.downloads)}
    browser.driver.execute_cdp_cmd("Browser.setDownloadBehavior", downloads)
    browser.driver.execute_cdp_cmd(
        "Page.bringToFront", {}
    )  # else the focus would show nowhere in a further tab
    browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": FIRST_FRAME})
    browser.resize(width, height)
    browser.prefer("light")
    return browser


def _started(lang: str) -> webdriver.Chrome:
    profile = Path(tempfile.mkdtemp(prefix="chromium-", dir=run_folder.path())) / "profile"
    options = webdriver.ChromeOptions()
    options.binary_location = program(*NAMES)
    for flag in (*FLAGS, f"--user-data-dir={profile}", "--window-size=1366,900"):
        options.add_argument(flag)
    preferences = {
        "intl.accept_languages": ACCEPT_LANGUAGES[lang],
        "download.prompt_for_download": False,
        "plugins.always_open_pdf_externally": True,
    }
    options.add_experimental_option("prefs", preferences)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(program("chromedriver")))
    driver.set_script_timeout(LONGEST_SCRIPT)
    driver.command_executor.client_config.timeout = int(LONGEST_SCRIPT + LONGEST_WAIT)  # not earlier
    return driver


def program(*names: str) -> str:
    """The path of the first program that is installed."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise AssertionError(f"{names[0]} is not installed; `make test` says which packages are missing")


@contextmanager
def closing_all(item: pytest.Item, folder: Path) -> Iterator[Callable[..., Chromium]]:
    """Give `open_chromium` with folders of its own, and put to rest at last whatever it opened."""
    opened = item.stash.setdefault(OPEN, [])

    def open_one(lang: str = "en", **options: Any) -> Chromium:
        browser = open_chromium(folder / f"chromium-{len(opened) + 1}", lang, **options)
        opened.append(browser)
        return browser

    try:
        yield open_one
    finally:
        while opened:
            put_to_rest(opened.pop())


def put_to_rest(browser: Chromium) -> None:
    """Let the next test have it; one that does not answer is closed."""
    if browser.forget():
        _RESTING[ACCEPT_LANGUAGES[browser.lang]].append(browser)
    else:
        browser.close()


def close_resting() -> None:
    """At the end of the run."""
    for browsers in _RESTING.values():
        while browsers:
            browsers.pop().close()


def open_in(item: pytest.Item) -> list[Chromium]:
    """The browsers that a test has open."""
    return item.stash.get(OPEN, [])
