"""A reader on a round with a phone: what they press, what they see, and what stands in the books."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import rest_client
import servers
from visitor import Visitor
from walks import PHONE

BASE = "/core/round/gas/readings/"
READER = "gas-east.meter-reader"
OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
ONLINE = {**OFFLINE, "offline": False}
HAS_SCREEN = """
const done = arguments[arguments.length - 1];
caches.match(arguments[0], {ignoreSearch: true, ignoreVary: true}).then((found) =>
  done(Boolean(found) && Boolean(navigator.serviceWorker.controller)), () => done(false));
"""
KEPT = """
const done = arguments[arguments.length - 1], asked = indexedDB.open("zhidu-rounds");
asked.onsuccess = () => {
  const all = asked.result.transaction("visits").objectStore("visits").getAll();
  all.onsuccess = () => done(all.result.map(({ person, state, values, photos }) => (
    { person, state, value: values.value, photos: photos.map(({ blob }) => blob.size) })));
};
"""
WALKS = (
    KEPT.split("asked.onsuccess")[0]
    + """
asked.onsuccess = () => {
  const all = asked.result.transaction("walks").objectStore("walks").getAll();
  all.onsuccess = () => done(all.result.map(({ person, stops }) => [person, stops.length]));
};
"""
)
BEGUN = (
    KEPT.split("asked.onsuccess")[0]
    + """
asked.onsuccess = () => {
  const all = asked.result.transaction("begun").objectStore("begun").getAll();
  all.onsuccess = () => { asked.result.close(); done(all.result.map(({ photos }) => photos.length)); };
};
"""
)


class Walk:
    """The round on the screen of a visitor."""

    def __init__(self, reader: Visitor) -> None:
        self.reader = reader
        self.browser = reader.browser

    def begin(self) -> None:
        """Open the round by the menu and take its first route; wait until it would open without a connection."""
        self.reader.follow("Reading round")
        self.browser.one("[data-book]").click()
        self.browser.one(".round-figure")
        self.wait_for_screen()

    def wait_for_screen(self) -> None:
        has = self.browser.driver.execute_async_script
        self.browser.wait(lambda: has(HAS_SCREEN, BASE), "the screen to be kept")

    def last(self) -> Decimal:
        """The last reading of the present stop, as it is shown."""
        shown = re.match(r"[\d,.]+", self.browser.one("[data-lines] dd").text)
        assert shown
        return Decimal(shown.group().replace(",", ""))

    def number(self) -> str:
        return self.browser.text("[data-number]")

    def enter(self, figure: Decimal | str) -> None:
        """Type a figure; what stood there is replaced."""
        field = self.browser.one(".round-figure")
        field.clear()
        field.send_keys(str(figure))

    def save(self) -> None:
        """Press the button that saves, and wait for another stop."""
        before = self.number()
        self.browser.one("[data-next]").click()
        self.browser.wait(lambda: self.number() != before, "the next stop")

    def read(self, more: int = 10) -> str:
        """Enter the last reading and some, and go on. Answers the meter's number."""
        number = self.number()
        self.enter(self.last() + more)
        self.save()
        return number

    def photograph(self, file: Path) -> None:
        """Take a photo, as the camera gives it."""
        self.browser.driver.find_element("css selector", ".round-file").send_keys(str(file))
        self.browser.one(".round-photos canvas")

    def progress(self) -> tuple[int, int]:
        done, every = re.findall(r"\d+", self.browser.text("[data-progress]"))
        return int(done), int(every)

    def says(self, text: str, **params: Any) -> None:
        """Wait until the line about what is kept and sent says a text."""
        self.reader.sees(text, "[data-said]", **params)

    def kept(self) -> list[dict[str, Any]]:
        """What lies in the phone."""
        found: list[dict[str, Any]] = self.browser.driver.execute_async_script(KEPT)
        return found

    def unsent(self) -> list[dict[str, Any]]:
        return [each for each in self.kept() if each["state"] != "accepted"]

    def walks(self) -> list[Any]:
        """Whose stops lie in the phone, and how many."""
        found: list[Any] = self.browser.driver.execute_async_script(WALKS)
        return found

    def begun(self) -> list[int]:
        """How many photos lie in the phone for each stop where they are not saved."""
        found: list[int] = self.browser.driver.execute_async_script(BEGUN)
        return found

    def cut(self) -> None:
        """The phone loses its connection."""
        self.browser.driver.execute_cdp_cmd("Network.enable", {})
        self.browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", OFFLINE)

    def mend(self) -> None:
        self.browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", ONLINE)

    def reopen(self) -> None:
        """Close the tab, and open the round in another one."""
        driver = self.browser.driver
        old = driver.current_window_handle
        driver.switch_to.new_window("tab")
        new = driver.current_window_handle
        driver.switch_to.window(old)
        driver.close()
        driver.switch_to.window(new)
        self.browser.resize(PHONE)
        self.browser.get(self.reader.site.url(BASE))
        self.browser.one(".round-figure")


def read_this_month(site: servers.LiveServer, username: str = READER) -> dict[str, Any]:
    """How many readings of this month there are for each meter number."""
    program = rest_client.log_in(site, username)
    month = f"{datetime.now(ZoneInfo('Asia/Shanghai')).date():%Y-%m}"
    filters = (("period", "eq", month), ("kind", "eq", "actual"))
    found = program.search("/gas/reading/", *filters)
    assert found["count"] == len(found["result"])
    return {str(each["id"]): each for each in found["result"]}


def odd_meter(site: servers.LiveServer) -> str:
    """The number of a new meter far down the reader's route, whose dial is about to go round."""
    program = rest_client.log_in(site, READER)
    route = program.search("/gas/route/", order_column="code", order_direction="asc")["ids"][0]
    account = program.search(
        "/gas/account/", ("route_id", "eq", route), order_column="read_order", order_direction="desc"
    )["ids"][0]
    known = {"number": "QB-990", "type": "diaphragm", "digits": 3, "installed_on": "2026-01-01"}
    meter = program.add("/gas/meter/", account_id=account, **known)
    opening = {"period": "2026-01", "read_on": "2026-01-01", "value": "990", "kind": "opening"}
    program.add("/gas/reading/", meter_id=meter, **opening)
    return known["number"]


def photo(file: Path, width: int = 2400, height: int = 1200) -> Path:
    """A picture of one colour, larger than a phone keeps it."""
    line = b"\x00" + b"\x50\x80\xb0" * width
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(line * height)),
        (b"IEND", b""),
    ]
    pieces = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(pieces))
    return file
