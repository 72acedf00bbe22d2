"""A round of looking on a phone: each answer is kept at once, what could not be sent is sent later, then it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

import servers
from commands import Office
from visitor import Visitor
from walks import PHONE, settings

NAMED = (
    "Opening of the hall",
    "Hall rules",
    "Printer and card reader work.",
    "Blank slips are ready.",
    "Floor and counters are clean.",
    "Signs stand where customers see them.",
    "LOOK-R01",
    "Wet",
)
"""What the test's own department says, which has no catalogue, and what is entered."""
PLUGINS = str(Path(servers.__file__).parent / "looking_plugins")
ROUND = "/core/inspections/looks/opening"
OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
ONLINE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
SMALL = """
return [...document.querySelectorAll(".look-answer, .look-do .btn")]
  .map((each) => each.getBoundingClientRect()).filter((each) => each.width < 44 || each.height < 44).length;
"""


@pytest.fixture
def site(
    company_url: str, tmp_path: Path, live_server: Callable[..., servers.LiveServer]
) -> servers.LiveServer:
    """The example company, where the gas office in the east makes a round."""
    known = {"ZHIDU_PLUGIN_FOLDERS": PLUGINS}
    Office(tmp_path / "home", company_url, known).done("plugin", "enable", "looks", "--branch", "gas-east")
    return live_server(company_url, environment=known)


def answer(person: Visitor, item: str, verdict: str) -> None:
    """Press one of the three large answers."""
    radio = f'input[name="verdict:LOOK-R01.{item}"][value="{verdict}"]'
    person.browser.one(f"label:has({radio})").click()


def kept(person: Visitor, progress: str) -> None:
    """Wait until the page says how many are kept."""
    place = person.browser.driver.find_element(By.CSS_SELECTOR, "[data-look-progress]")
    person.browser.wait(lambda: place.text == progress, f"{progress} to be kept")


@pytest.mark.parametrize("setting", settings((PHONE,)), indirect=True)
def test_a_round_is_filled_in_with_one_thumb(visitor: Callable[..., Visitor]) -> None:
    inspector = visitor(data=NAMED)
    inspector.log_in("admin")
    inspector.go_to_branch("gas-east")
    inspector.open(ROUND)
    driver = inspector.browser.driver
    assert driver.execute_script(SMALL) == 0
    between = "%s / 4" if inspector.words.lang == "zh" else "%s of 4"

    answer(inspector, "equipment", "ok")
    kept(inspector, between % 1)
    inspector.open(ROUND)
    kept(inspector, between % 1)
    inspector.inspect()

    # Without a connection it stays here, and is sent when there is one again.
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", OFFLINE)
    answer(inspector, "slips", "ok")
    answer(inspector, "clean", "not_ok")
    inspector.browser.one('textarea[name="remark:LOOK-R01.clean"]').send_keys("Wet")
    inspector.sees("Not sent yet. It stays on this phone and is sent again.", ".look-do")
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)
    kept(inspector, between % 3)
    inspector.browser.console()  # what could not be sent

    # What is missing is said, and what was judged stays.
    inspector.press("Finish the round", status=400)
    inspector.sees("Items not judged yet: %(count)s. Judge them, then finish the round.", count=1)
    inspector.inspect(status=400)
    answer(inspector, "signs", "n_a")
    inspector.press("Finish the round")
    inspector.sees("The round is finished.")
    inspector.sees("Not in order")
    assert "Wet" in driver.find_element(By.ID, "items").text
    inspector.inspect()
    inspector.open("/core/inspections/report")
    inspector.sees("Most often not in order")
    inspector.inspect()
