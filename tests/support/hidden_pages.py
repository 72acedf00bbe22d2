"""Ways to pages to which no link leads: each brings a person before one of them."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from filled_sheet import FilledSheet
from visitor import Visitor

ONE_TIME = re.compile(r"\b[a-z2-9]{12}\b")
NEWCOMER, HER_NAME = "lin.yue", "林悦"
DATA = (ONE_TIME, HER_NAME, NEWCOMER, "filled.xlsx", "QB-NONE", re.compile(r"和平里\d+号后?"))
"""What is entered or comes up on the way."""
FASTER = """
const form = document.querySelector("form.form-page"), sent = new FormData(form), done = arguments[1];
sent.set("address", arguments[0]);
sent.delete("once"); // else it would be the same form, pressed twice
const told = (answer) => done(answer.status);
fetch(form.action, { method: "POST", body: sent }).then(told, (error) => done(String(error)));
"""


def add_newcomer(admin: Visitor) -> str:
    """Enter somebody new; the page shows the one-time password, which is the answer."""
    admin.follow("People")
    admin.press("New %(thing)s", thing=admin.words("Person"))
    admin.fill("Name", HER_NAME)
    admin.fill("User name", NEWCOMER)
    admin.press("Save")
    found = ONE_TIME.fullmatch(admin.browser.text(".key-text"))
    assert found
    return found.group()


def save_too_late(person: Visitor) -> None:
    """Send the form of an account that somebody else has saved meanwhile."""
    person.open("/gas/account/")
    row = person.browser.one("#list tr[data-row-url]").get_attribute("data-row-url")
    person.open(f"{row}/edit")
    address = f"和平里{datetime.now(ZoneInfo('Asia/Shanghai')):%H%M%S%f}号"
    assert person.browser.driver.execute_async_script(FASTER, address) == 200
    person.fill("Address", f"{address}后")
    person.press("Save", status=409)


def check_a_sheet(reader: Visitor, folder: Path) -> None:
    """Upload a sheet of readings, of which one is good and one is wrong, and do not accept it."""
    reader.open("/core/import/gas.reading")
    sheet = FilledSheet(reader.fetch("Download", "gas.reading-*.xlsx"), reader.words)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    sheet.write(2, read_on=today, reading=sheet.read(2, "Last reading") + 10)
    sheet.write(3, read_on=today, reading="QB-NONE")
    reader.upload(sheet.save(folder / "filled.xlsx"))


def end_session(person: Visitor) -> None:
    """The session ends, as one does that nobody used for long."""
    person.browser.driver.delete_all_cookies()
