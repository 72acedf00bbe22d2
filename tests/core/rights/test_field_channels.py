"""Masked and hidden fields in sheets that are brought in, in exports, titles and history."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from flask import g
from shop.models import Customer, Order
from sqlalchemy import select

from company import Browser, Company, customer_values
from core.history.screens import words
from core.people.positions import Position, grant
from core.people.rights.levels import HIDDEN, MASKED, READ
from core.ui.format import DASH
from pages import Page

UPLOAD = "/core/import/shop.customer"
NAME, NOTE = "Zhang Unseen", "a quiet remark"
LESS = Position(
    "shop.sheets",
    "Sheets",
    (
        grant(
            "shop.customer",
            "see",
            "import",
            clause="SHOP 9",
            fields={"note": HIDDEN, "credit": MASKED, "kind": READ},
        ),
    ),
)
WHOLE = Position("shop.whole", "Whole sheets", (grant("shop.customer", "see", "import", clause="SHOP 9"),))


@pytest.fixture(scope="module")
def office(company: Company) -> Company:
    """Customers may be brought in as sheets, by somebody who may fill every column and somebody who may not."""
    entity = company.installation.entities["shop.customer"]
    known = {"importable": True, "rights": (*entity.rights, "import"), "by_name": {}}
    company.installation.entities[entity.id] = replace(entity, **known)
    for position in (LESS, WHOLE):
        company.installation.positions[position.id] = position
        company.add_person(f"east.{position.name}", "east", position.id)
    return company


def bring(browser: Browser, *lines: str) -> str:
    """Upload a sheet; answers where its dry run is shown."""
    browser.get(UPLOAD)
    file = (io.BytesIO("\n".join(lines).encode()), "sheet.csv")
    answer = browser.post(UPLOAD, {"file": file}, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def cells(answer: Any) -> list[str]:
    """Every cell of a workbook that was downloaded."""
    book: Any = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    return [str(cell.value) for row in book.iter_rows() for cell in row if cell.value is not None]


def stored(company: Company, number: str) -> Customer:
    with company.session("east") as session:
        found = session.scalars(select(Customer).filter_by(number=number)).one()
        session.expunge(found)
        return found


def test_a_sheet_has_no_column_for_what_is_not_written(office: Company):
    for person, there in (("east.sheets", False), ("east.whole", True)):
        browser = office.client_of(person)
        explained = set(Page(browser.get(UPLOAD).text).texts)
        headings = set(cells(browser.get(f"{UPLOAD}/template.xlsx", buffered=True)))
        for label in ("Credit", "Sort", "Shop note"):
            assert (label in explained, label in headings) == (there, there), label
        assert "Shop name" in headings


def test_columns_that_are_not_written_are_left_out(office: Company):
    browser = office.client_of("east.sheets")
    sheet = bring(browser, "number,name,visits,kind,credit,note", "IMP-1,Anna,3,Firm,987.65,a quiet remark")
    preview = browser.get(sheet).text
    report = cells(browser.get(f"{sheet}/report.xlsx", buffered=True))
    assert "Anna" in preview
    assert "Anna" in report
    for value in ("987.65", NOTE, "Firm"):
        assert value not in preview
        assert value not in report
    assert browser.post(f"{sheet}/accept").status_code == 302
    made = stored(office, "IMP-1")
    assert (made.visits, made.kind, made.credit, made.note) == (3, "home", 0, None)


def test_somebody_elses_sheet_does_not_show_them(office: Company):
    whole, less = office.client_of("east.whole"), office.client_of("east.sheets")
    sheet = bring(whole, "number,name,credit,note", f"IMP-2,Berta,98x65,{NOTE}", f"IMP-3,Carla,7.25,{NOTE}")
    for browser, seen in ((whole, True), (less, False)):
        shown = browser.get(sheet).text
        report = " ".join(cells(browser.get(f"{sheet}/report.xlsx", buffered=True)))
        for text in (shown, report):
            assert "Berta" in text
            assert ("98x65 is not a number." in text, NOTE in text, "7.25" in text) == (seen, seen, seen)
            assert ("98x65" in text) is seen
            assert ("a column that you do not see" in text) is not seen
    less.get(sheet)
    refused = less.post(f"{sheet}/accept")
    assert refused.status_code in (302, 403)
    with office.session("east") as session:
        assert session.scalars(select(Customer).filter_by(number="IMP-3")).all() == []
    whole.get(sheet)
    whole.post(f"{sheet}/accept")
    assert (str(stored(office, "IMP-3").credit), stored(office, "IMP-3").note) == ("7.25", NOTE)


# ---------------------------------------------------------------- exports, titles, history


@pytest.fixture(scope="module")
def customer(desk: Company) -> int:
    values = customer_values(name=NAME, note=NOTE, kind="firm", credit=7, visits=31337)
    number = desk.put("east", Customer(**values))
    with desk.session("east") as session:
        session.get_one(Customer, number).name = f"{NAME} again"
    with desk.session("east") as session:
        session.get_one(Customer, number).note = f"{NOTE} too"
    return number


def test_a_workbook_holds_them_masked_or_not_at_all(desk: Company, customer):
    for person, seen in (("east.desk", False), ("east.manager", True)):
        written = cells(desk.client_of(person).get("/shop/customer/export.xlsx", buffered=True))
        assert any(NAME in each for each in written) is seen
        assert ("Sort" in written, "Firm" in written) == (seen, seen)
        assert ("****" in written) is not seen


def test_an_export_is_not_ordered_or_narrowed_by_them(desk: Company, customer):
    desk.put("east", Customer(**customer_values(name="Aa first by name")))
    clerk = desk.client_of("east.desk")

    def lines(asked: str) -> list[str]:
        text = clerk.get(f"/shop/customer/export.csv{asked}", buffered=True).text
        return text.splitlines()

    for asked in ("?sort=name", "?sort=name&dir=desc", "?sort=kind", "?f_kind=firm", "?q=Unseen&sort=note"):
        expected = [lines("")[0]] if "q=" in asked else lines("")
        assert lines(asked) == expected, asked


def test_a_records_history_does_not_tell_them(desk: Company, customer):
    for person, seen in (("east.desk", False), ("east.manager", True)):
        browser = desk.client_of(person)
        for path in (f"/shop/customer/{customer}", f"/core/history/of/shop/customer/{customer}"):
            text = browser.get(path).text
            told = [word in text for word in (NAME, NOTE, "Shop note", "31337")]
            assert told == [seen] * 4, (person, path)
            assert "Shop name" in text


def test_nor_does_the_history_of_what_refers_to_it(desk: Company, customer):
    other = desk.put("east", Customer(**customer_values(name="Li Unseen")))
    order = desk.put("east", Order(customer_id=other, amount=3))
    with desk.session("east") as session:
        session.get_one(Order, order).customer_id = customer
    for person, seen in (("east.desk", False), ("east.manager", True)):
        for path in (f"/shop/order/{order}", f"/core/history/of/shop/order/{order}"):
            text = desk.client_of(person).get(path).text
            assert (NAME in text, "Li Unseen" in text) == (seen, seen), path
            assert ("****" in text) is not seen


def test_every_heading_stands_for_the_record_without_telling_it(desk: Company, customer):
    clerk = desk.client_of("east.desk")
    for path in (
        f"/shop/customer/{customer}",
        f"/shop/customer/{customer}/edit",
        f"/core/history/of/shop/customer/{customer}",
    ):
        text = clerk.get(path).text
        head = text[text.index("<title>") : text.index("</title>")] + text[text.index("<h1") :]
        assert "****" in head, path
        assert NAME not in text, path


def test_a_refusal_does_not_tell_them(desk: Company, customer):
    with desk.session("east") as session:
        number = session.get_one(Customer, customer).number
    api = desk.api_of("east.desk")
    taken = api("POST", "/api/v1/shop/customer/", json={"number": number})
    assert taken.status_code >= 400
    version = api("PUT", f"/api/v1/shop/customer/{customer}", json={"steps": 1, "row_version": 0})
    assert version.status_code == 409
    pointed = api("POST", "/api/v1/shop/order/", json={"customer_id": customer, "amount": "x"})
    assert pointed.status_code == 400
    for answer in (taken, version, pointed):
        assert NAME not in answer.text
        assert NOTE not in answer.text
    form = desk.client_of("east.desk").fill("/shop/order/new", {"customer_id": str(customer), "amount": "x"})
    assert (form.status_code, NAME in form.text, "****" in form.text) == (422, False, True)


def test_what_history_cannot_read_any_more_is_masked_all_the_same(desk: Company):
    entity = desk.installation.entities["shop.customer"]
    with desk.app.test_request_context():
        g.zhidu_person = None  # a request of nobody, who gets nothing
        assert words.text(entity, entity.field("credit"), "no figure", {}) == DASH
    with desk.app.app_context():
        assert words.text(entity, entity.field("credit"), "no figure", {}) == "no figure"
