"""A meter reader brings the month's readings in on a sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import rest_client
import servers
from filled_sheet import FilledSheet
from shown_as import day, number
from visitor import Visitor

GOOD_ROWS = 3


def test_a_sheet_is_checked_row_by_row_and_stored_once(
    visitor: Callable[..., Visitor], site: servers.LiveServer, tmp_path: Path
) -> None:
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    program = rest_client.log_in(site, "gas-east.meter-reader")
    west = meter_of_another_branch(site)

    reader = visitor(data=("filled.xlsx", "soon", "QB-NONE", west))
    reader.log_in("gas-east.meter-reader")
    reader.follow("Reading sheet")
    sheet = FilledSheet(reader.fetch("Download", "gas.reading-*.xlsx"), reader.words)
    reasons = fill_in(sheet, today, west)

    assert not reader.is_asked_before_closing()
    reader.choose_file(sheet.save(tmp_path / "filled.xlsx"))
    assert reader.is_asked_before_closing()
    reader.press("Upload and check")
    said = {int(row[reader.words("Row")]): row for row in reader.rows("Rows in the sheet")}
    assert set(said) == {*range(2, 2 + GOOD_ROWS), *reasons}
    for at, row in said.items():
        good = at not in reasons
        assert row[reader.words("Result")] == reader.words("Good" if good else "Wrong")
        assert row[reader.words("What is to be done")] == ("" if good else reasons[at])
    assert read_this_month(program, today) == 0

    # A hasty person presses twice.
    assert reader.send_twice("form.preview") == [200, 200]
    reader.browser.driver.refresh()
    reader.inspect()
    said = {int(row[reader.words("Row")]): row for row in reader.rows("Rows in the sheet")}
    stored = {at for at, row in said.items() if row[reader.words("Result")] == reader.words("Stored")}
    assert stored == set(range(2, 2 + GOOD_ROWS))
    assert read_this_month(program, today) == GOOD_ROWS


def fill_in(sheet: FilledSheet, today: date, west: str) -> dict[int, str]:
    """A few good rows, and one of each that is wrong. Answers the reasons of these by their row."""
    words = sheet.words
    for row in range(2, 2 + GOOD_ROWS):
        sheet.write(row, read_on=today, reading=sheet.read(row, "Last reading") + 10)
    below, letters, future, twice = range(2 + GOOD_ROWS, 6 + GOOD_ROWS)
    last, last_on = sheet.read(below, "Last reading"), sheet.read(below, "Last read on").date()
    sheet.write(below, read_on=today, reading=last - 1)
    sheet.write(letters, read_on=today, reading="soon")
    sheet.write(future, read_on=today + timedelta(days=1), reading=sheet.read(future, "Last reading") + 10)
    sheet.write(twice, read_on=today, reading=sheet.read(twice, "Last reading") + 10)
    again = sheet.add(
        meter_number=sheet.read(twice, "Meter number"),
        read_on=today,
        reading=sheet.read(twice, "Last reading") + 11,
    )
    unknown = sheet.add(meter_number="QB-NONE", read_on=today, reading=5)
    elsewhere = sheet.add(meter_number=west, read_on=today, reading=5)

    def said(column: str, text: str, **params: object) -> str:
        return words("%(column)s: %(finding)s", column=words(column), finding=words(text, **params))

    too_low = "The reading is below the last one, %(last)s m³ on %(day)s. Read the meter again."
    double = "This meter stands in the sheet more than once, also in row %(row)s. Keep one row."
    not_here = said("Meter number", "This meter is not in your branch. Check its number.")
    tomorrow = "The day lies in the future. Enter the day on which the meter was read."
    return {
        below: said("Reading", too_low, last=number(last), day=day(last_on, words.lang)),
        letters: said("Reading", "%(value)s is not a number.", value="soon"),
        future: said("Read on", tomorrow),
        twice: said("Meter number", double, row=again),
        again: said("Meter number", double, row=twice),
        unknown: not_here,
        elsewhere: not_here,
    }


def meter_of_another_branch(site: servers.LiveServer) -> str:
    program = rest_client.log_in(site, "gas-west.meter-reader")
    account = program.search("/gas/account/")["ids"][0]
    number = "QB-WEST"
    program.add(
        "/gas/meter/",
        number=number,
        account_id=account,
        type="diaphragm",
        digits=5,
        installed_on="2026-01-01",
    )
    return number


def read_this_month(program: rest_client.RestClient, today: date) -> int:
    return program.count("/gas/reading/", ("period", "eq", f"{today:%Y-%m}"))
