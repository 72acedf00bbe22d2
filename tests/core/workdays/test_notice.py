"""The yearly notice as a sheet: judged before it is stored, and in force everywhere once it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest
from sqlalchemy import delete, select

from company import Browser, Company
from core.branches.models import Branch
from core.exchange.models import ImportRow
from core.people.positions import Position, grant
from core.workdays.kept import calendar_of
from core.workdays.models import NOTICE, OWN, Workday

PAGE = "/core/import/core.workday_notice"
GOOD = (
    ("2027-02-06", "否", "春节"),
    ("2027-02-08", "no", "Spring Festival"),
    ("2027-02-13", "yes", "Spring Festival"),
    ("2027-10-01", "No", "National Day"),
)


@pytest.fixture(autouse=True)
def as_before(company: Company) -> Iterator[None]:
    yield
    with company.session() as session:
        session.execute(delete(Workday))


def sheet(*rows: tuple[Any, ...]) -> io.BytesIO:
    book = openpyxl.Workbook()
    for row in (("Day", "Worked", "Holiday"), *rows):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    data.seek(0)
    return data


def upload(browser: Browser, *rows: tuple[Any, ...], year: str = "2027") -> Any:
    browser.get(PAGE)
    return browser.post(PAGE, {"file": (sheet(*rows), "notice.xlsx"), "year": year})


def accept(browser: Browser, address: str, **data: str) -> Any:
    browser.get(address)
    return browser.post(f"{address}/accept", data)


def days(company: Company) -> dict[str, tuple[bool, str]]:
    with company.session() as session:
        rows = session.scalars(select(Workday).order_by(Workday.day))
        return {row.day.isoformat(): (row.is_workday, row.source) for row in rows}


def findings(company: Company, address: str) -> dict[int, list[str]]:
    number = int(re.findall(r"\d+", address)[-1])
    with company.session("hq") as session:
        rows = session.scalars(select(ImportRow).where(ImportRow.sheet_id == number))
        return {row.number: [each["message"] for each in row.findings] for row in rows if row.findings}


def test_nothing_is_stored_before_it_is_accepted_and_then_the_year_is_settled(company: Company):
    admin = company.client_of("admin")
    address = upload(admin, *GOOD).location
    assert findings(company, address) == {}
    assert days(company) == {}
    assert accept(admin, address).status_code == 302
    assert days(company) == {
        "2027-02-06": (False, NOTICE),
        "2027-02-08": (False, NOTICE),
        "2027-02-13": (True, NOTICE),
        "2027-10-01": (False, NOTICE),
    }
    with company.session() as session:
        calendar = calendar_of(session, company.branches["west"])
    assert calendar.is_workday(date(2027, 2, 13))
    assert not calendar.is_workday(date(2027, 2, 8))
    assert not calendar.is_provisional(date(2027, 7, 1))
    assert calendar.is_provisional(date(2028, 7, 3))


def test_what_cannot_be_is_said_row_by_row(company: Company):
    admin = company.client_of("admin")
    rows = (
        ("2028-01-01", "no", "New Year"),
        ("2027-10-01", "yes", "National Day"),
        ("2027-03-02", "yes", "Nothing"),
        ("2027-03-03", "perhaps", "Nothing"),
        ("soon", "no", "Nothing"),
        ("2027-05-01", "no", ""),
        ("2027-05-03", "no", "May Day"),
        ("2027-05-03", "no", "May Day"),
    )
    found = findings(company, upload(admin, *rows).location)
    assert sorted(found) == [2, 3, 4, 5, 6, 7, 9]
    assert found[2] == ["This day is not of the year %(year)s."]
    assert found[3] == ["By law this day is off."]
    assert found[4] == ["This is a working day of the week, so the notice need not name it."]
    assert upload(admin, *GOOD, year="next").status_code == 400


def test_a_later_notice_takes_the_place_of_the_earlier_and_of_the_companys_own_word(company: Company):
    admin = company.client_of("admin")
    accept(admin, upload(admin, *GOOD).location)
    with company.session() as session:
        session.add(Workday(day=date(2027, 5, 3), is_workday=False, name="Own", source=OWN))
        session.add(Workday(day=date(2027, 6, 3), is_workday=False, name="Own", source=OWN))
        session.add(
            Workday(day=date(2027, 5, 3), is_workday=True, name="Fair", branch_id=company.branches["east"])
        )
    address = upload(admin, ("2027-05-03", "no", "May Day"), ("2027-10-01", "no", "National Day")).location
    (number,) = findings(company, address)
    accept(admin, address, confirmed=str(number))
    with company.session() as session:
        known = session.execute(select(Workday.day, Workday.branch_id, Workday.source).order_by(Workday.id))
        rows = {(f"{row.day:%m-%d}", row.branch_id is None, row.source) for row in known}
    assert rows == {
        ("05-03", True, NOTICE),
        ("10-01", True, NOTICE),
        ("06-03", True, OWN),
        ("05-03", False, OWN),
    }


def test_only_who_reaches_the_whole_company_brings_it_in(company: Company):
    clerk = company.client_of("east.clerk")
    assert clerk.get(PAGE).status_code == 403
    keeper = Position("shop.keeper", "Keeper", (grant("core.workday", "see", "add", "import", clause="X"),))
    company.installation.positions[keeper.id] = keeper
    try:
        company.add_person("east.keeper", "east", keeper.id)
        browser = company.client_of("east.keeper")
        assert upload(browser, *GOOD).status_code == 403
        own = {"day": "2027-05-03", "name": "Fair", "branch_id": str(company.branches["east"])}
        assert browser.fill("/core/workday/new", own).status_code == 302
        assert browser.fill("/core/workday/new", {**own, "branch_id": ""}).status_code in (403, 422)
        with company.session() as session:
            assert session.scalars(select(Workday.branch_id)).all() == [company.branches["east"]]
            assert session.get_one(Branch, company.branches["east"]).parent_id == company.branches["hq"]
    finally:
        del company.installation.positions[keeper.id]


def test_the_sheet_to_fill_in_names_the_days_that_need_no_notice(company: Company):
    with company.client_of("admin", "zh").get(f"{PAGE}/template.xlsx?year=2027") as answer:
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book.active.rows]
    assert "2027-10-01" in {str(row[0])[:10] for row in rows[1:]}
    assert all(row[1] == "否" for row in rows[1:])
