"""A report is found filled, read, handed in once, signed off or sent back; what it said stays."""

from __future__ import annotations

import io
import itertools
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from company import Browser, Company
from core.data import UserError
from core.reports.models import FiledReport
from core.reports.states import HANDED_IN, SENT_BACK, SIGNED
from core.worklist.models import Obligation
from duties import at, customer, dues, owed
from pages import Page
from shop_reports import DAILY, DAILY_RULE

DAILY_PAGE = "/core/reports/shop/daily"
_days = itertools.count()


@pytest.fixture
def day() -> date:
    """A day of its own for each test, on which nothing was reported."""
    return date(2026, 3, 2) + timedelta(days=7 * next(_days))


def write(company: Company, day: date, name: str = "east.reporter", do: str = "hand-in", **more: str) -> Any:
    """The report of a day, opened and sent."""
    with at(day):
        return company.client_of(name).fill(
            f"{DAILY_PAGE}?on={day}", {"remarks": "All well", "do": do, **more}
        )


def report_of(company: Company, day: date, branch: str = "east") -> FiledReport:
    with company.session(branch) as session:
        found = session.scalars(select(FiledReport).where(FiledReport.first_on == day)).one()
        session.expunge_all()
        return found


def handed_in(company: Company, day: date) -> FiledReport:
    answer = write(company, day)
    assert answer.status_code == 302, answer.text
    return report_of(company, day)


def move(browser: Browser, record: int, transition: str, **entered: str) -> Any:
    """A move by the button on the record's page, or by its form."""
    path = f"/core/workflow/core/report/{record}/{transition}"
    if entered:
        return browser.fill(path, entered)
    browser.get(f"/core/report/{record}")
    return browser.post(path)


def test_it_is_found_filled_and_handing_it_in_ends_what_is_owed(shop: Company, day: date) -> None:
    with at(day):
        customer(shop, name="Li")
        page = shop.client_of("east.reporter").get(f"{DAILY_PAGE}?on={day}")
    assert "Li" in page.text
    assert "To be handed in by" in page.text
    with shop.session("east") as session:
        assert (
            session.scalar(select(FiledReport).where(FiledReport.first_on == day)) is None
        )  # looking makes none
    assert dues(shop, DAILY_RULE, starts_on=day) == [f"{day + timedelta(days=1)} open"]
    record = handed_in(shop, day)
    assert (record.state, record.remarks, record.due_on) == (HANDED_IN, "All well", day + timedelta(days=1))
    assert record.handed_in_by == shop.people["east.reporter"]
    (duty,) = owed_on(shop, day)
    assert (duty.state, duty.closed_entity, duty.closed_record) == ("done", "core.report", record.id)
    assert duty.closed_by == shop.people["east.reporter"]


def owed_on(company: Company, day: date) -> list[Obligation]:
    return owed(company, DAILY_RULE, starts_on=day)


def test_it_ends_what_is_owed_for_its_own_period_alone(shop: Company, day: date) -> None:
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    for each in (before, day, after):
        with at(each):
            customer(shop)
    handed_in(shop, day)
    states = [[each.state for each in owed_on(shop, one)] for one in (before, day, after)]
    assert states == [["open"], ["done"], ["open"]]
    with at(day):
        customer(shop)  # asked for again by a later event of a day that was reported
    assert [each.state for each in owed_on(shop, day)] == ["done", "done"]
    with at(day), shop.session("west") as session:
        assert session.scalars(select(FiledReport)).all() == []


def test_what_was_handed_in_stays_though_the_data_change(shop: Company, day: date) -> None:
    with at(day):
        customer(shop, name="Zhao")
    record = handed_in(shop, day)
    with at(day):
        customer(shop, name="Qian")
    assert report_of(shop, day).content == record.content
    page = shop.client_of("east.chief").get(f"/core/report/{record.id}").text
    assert "Zhao" in page
    assert "Qian" not in page
    with pytest.raises(UserError, match="never changes"), shop.session("east") as session:
        session.get_one(FiledReport, record.id).content = {}
    with pytest.raises(UserError, match="never changes"), shop.session("east") as session:
        session.delete(session.get_one(FiledReport, record.id))


def test_figures_that_changed_since_they_were_read_are_read_again(shop: Company, day: date) -> None:
    reporter = shop.client_of("east.reporter")
    with at(day):
        customer(shop)
        entries = Page(reporter.get(f"{DAILY_PAGE}?on={day}").text).entries
        customer(shop, name="Sun")
        sent = {**entries, "remarks": "Written", "do": "hand-in"}
        answer = reporter.post(f"{DAILY_PAGE}?on={day}", sent)
        assert answer.status_code == 409
        assert "Sun" in answer.text
        assert "have changed since you opened this page" in answer.text
        assert report_of(shop, day).state == "draft"
        assert report_of(shop, day).remarks == "Written"
        again = reporter.post(f"{DAILY_PAGE}?on={day}", {**Page(answer.text).entries, "do": "hand-in"})
    assert again.status_code == 302
    assert report_of(shop, day).state == HANDED_IN


def test_a_draft_is_kept_and_its_figures_are_not_handed_in_stale(shop: Company, day: date) -> None:
    reporter = shop.client_of("east.reporter")
    with at(day):
        customer(shop)
        write(shop, day, do="keep")
        record = report_of(shop, day)
        assert record.state == "draft"
        customer(shop)
        move(reporter, record.id, "hand-in")
        assert report_of(shop, day).state == "draft"  # others than those that were kept
        write(shop, day, do="keep", remarks="Later")
        move(reporter, record.id, "hand-in")
    assert report_of(shop, day).state == HANDED_IN
    assert report_of(shop, day).remarks == "Later"


def test_a_second_press_and_a_text_of_somebody_else(shop: Company, day: date) -> None:
    reporter = shop.client_of("east.reporter")
    with at(day):
        customer(shop)
        entries = Page(reporter.get(f"{DAILY_PAGE}?on={day}").text).entries
        stale = {**Page(reporter.get(f"{DAILY_PAGE}?on={day}").text).entries, "remarks": "Mine", "do": "keep"}
        first = reporter.post(f"{DAILY_PAGE}?on={day}", {**entries, "do": "keep"})
        second = reporter.post(f"{DAILY_PAGE}?on={day}", {**entries, "do": "keep"})
        assert [first.status_code, second.status_code] == [302, 302]
        assert first.location == second.location
        answer = reporter.post(f"{DAILY_PAGE}?on={day}", stale)
        assert answer.status_code == 409
        assert "Mine" in answer.text
        handed_in(shop, day)
        late = reporter.post(f"{DAILY_PAGE}?on={day}", {**entries, "once": "x" * 24, "do": "hand-in"})
    assert late.status_code == 302
    assert late.location.endswith(f"/core/report/{report_of(shop, day).id}")


def test_it_is_signed_off_by_another_or_sent_back_with_a_reason(shop: Company, day: date) -> None:
    with at(day):
        customer(shop)
    record = handed_in(shop, day)
    reporter, chief = shop.client_of("east.reporter"), shop.client_of("east.chief")
    with at(day):
        assert move(reporter, record.id, "sign").status_code == 403
        assert move(chief, record.id, "send-back", reason="").status_code == 422
        assert move(chief, record.id, "send-back", reason="Say why so few").status_code == 302
    assert report_of(shop, day).state == SENT_BACK
    assert [each.state for each in owed_on(shop, day)] == ["done"]
    with at(day + timedelta(days=5)):
        assert "Say why so few" in reporter.get(f"{DAILY_PAGE}?on={day}").text
        customer(shop)
        answer = reporter.fill(f"{DAILY_PAGE}?on={day}", {"remarks": "It rained", "do": "hand-in"})
        assert answer.status_code == 302, answer.text
        again = report_of(shop, day)
        assert again.content != record.content
        assert (again.handed_in_on, again.first_handed_in_on) == (day + timedelta(days=5), day)
        assert move(chief, record.id, "sign").status_code == 302
        assert (signed := report_of(shop, day)).state == SIGNED
        assert signed.signed_by == shop.people["east.chief"]
        assert chief.get(f"/core/workflow/core/report/{record.id}/send-back").status_code == 302
    assert report_of(shop, day).state == SIGNED


def test_who_comes_late_is_seen(shop: Company, day: date) -> None:
    for each in (day, day + timedelta(days=1)):
        with at(each):
            customer(shop)
    with at(day + timedelta(days=2)):
        for each in (day, day + timedelta(days=1)):
            answer = shop.client_of("east.reporter").fill(f"{DAILY_PAGE}?on={each}", {"do": "hand-in"})
            assert answer.status_code == 302
        chief = shop.client_of("east.chief")
        late = chief.get(f"/core/report/?f_late=late&f_first_on.ge={day}").text
        in_time = chief.get(f"/core/report/?f_late=in_time&f_first_on.ge={day}").text
    assert f"/core/report/{report_of(shop, day).id}" in late
    assert f"/core/report/{report_of(shop, day).id}" not in in_time
    assert f"/core/report/{report_of(shop, day + timedelta(days=1)).id}" in in_time


def test_my_work_leads_to_the_report_and_to_what_waits_for_a_signature(shop: Company, day: date) -> None:
    with at(day):
        customer(shop)
    assert f"{DAILY_PAGE}?on={day}" in at_work(shop, "east.reporter", day)
    record = handed_in(shop, day)
    assert f"{DAILY_PAGE}?on={day}" not in at_work(shop, "east.reporter", day)
    assert "f_state=handed-in" in at_work(shop, "east.chief", day)
    with at(day):
        move(shop.client_of("east.chief"), record.id, "send-back", reason="Once more")
    assert f"{DAILY_PAGE}?on={day}" in at_work(shop, "east.reporter", day)


def at_work(company: Company, name: str, day: date) -> str:
    with at(day):
        return str(company.client_of(name).get("/my-work/").text)


def test_who_may_not_and_what_is_not_there(shop: Company, day: date) -> None:
    with at(day):
        customer(shop)
    record = handed_in(shop, day)
    west, clerk, chief = (shop.client_of(each) for each in ("west.chief", "east.clerk", "east.chief"))
    with at(day):
        for path in ("report.pdf", "report.xlsx"):
            assert west.get(f"/core/reports/{record.id}/{path}").status_code == 404
            assert clerk.get(f"/core/reports/{record.id}/{path}").status_code == 403
        assert west.get(f"/core/report/{record.id}").status_code == 404
        assert move(west, record.id, "sign").status_code == 404
        assert shop.client_of("west.reporter").get(f"/core/reports/{record.id}/write").status_code == 404
        assert clerk.get("/core/reports/").status_code == 403
        for each in (clerk, chief):
            assert each.get(f"{DAILY_PAGE}?on={day}").status_code == 403
        reporter = shop.client_of("east.reporter")
        gone = (f"?on={day + timedelta(days=1)}", "?on=1999-12-31", "?on=x")
        assert [reporter.get(f"{DAILY_PAGE}{each}").status_code for each in gone] == [404, 404, 404]
        assert reporter.get("/core/reports/shop/nothing").status_code == 404
        assert reporter.get(f"{DAILY_PAGE}?on={day}").location.endswith(f"/core/report/{record.id}")
        assert reporter.get("/core/reports/").status_code == 200


@pytest.mark.parametrize(
    ("language", "title", "word"), [("en", "Newest", "Open"), ("zh", "Daily report", "未完成")]
)
def test_it_is_read_printed_and_downloaded_in_both_languages(
    shop: Company, day: date, language: str, title: str, word: str
) -> None:
    with at(day):
        customer(shop, name="欧阳雪")
    record = handed_in(shop, day)
    chief = shop.client_of("east.chief", language)
    page = chief.get(f"/core/report/{record.id}").text
    assert word in page
    assert "欧阳雪" in page
    paper = chief.get(f"/core/reports/{record.id}/report.pdf")
    assert paper.mimetype == "application/pdf"
    text = pdf_text(paper.data)
    for each in ("欧阳雪", word, "All well", title):
        assert each in text
    sheet = chief.get(f"/core/reports/{record.id}/report.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sheet.data))
    sheet.close()
    cells = [value for one in book.worksheets for row in one.iter_rows(values_only=True) for value in row]
    assert {"欧阳雪", word, "All well"} <= set(cells)
    assert DAILY.label in {one.title for one in book.worksheets}


def pdf_text(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
