"""Files of customers: deposits, readings and backups, duplicates while entering and in sheets, the record card."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
import xlsxwriter
from sqlalchemy import select

from company import Api, Company
from core.data import clock
from core.exchange.models import ImportRow
from decoration_company import HERE, customer, entered, house, setting_changed
from plugins.decoration.duplicates import likenesses, note_pairs
from plugins.decoration.models.customers import Contact, Customer, Duplicate
from plugins.decoration.positions import POSITIONS

PATH = "/api/v1/decoration/customer/"
READINGS = "/api/v1/decoration/file-reading/"


@pytest.fixture(scope="module")
def specialist(company: Company) -> Api:
    return company.api_of(f"{HERE}.specialist")


@pytest.fixture(scope="module")
def manager(company: Company) -> Api:
    return company.api_of(f"{HERE}.manager")


def like(company: Company, **entry: Any) -> list[tuple[int, bool, bool]]:
    """Whom an entry is like: id, by telephone, with more that is alike."""
    with company.session(HERE) as session:
        return [(each.customer_id, each.by_phone, each.more) for each in likenesses(session, [entry])[0]]


def test_a_deposit_is_registered_with_its_amount(company: Company, specialist: Api, manager: Api) -> None:
    def paid(number: str, **sent: Any) -> int:
        known = customer(company, number, state="contacted", filed_on=clock.today())
        return manager("POST", f"{PATH}{known}/deposit", json=sent).status_code

    assert paid("D-1") == 422
    assert paid("D-2", deposit_amount="3000.00") == 200
    setting_changed(company, "DEC-R31", "deposit_register", False, clock.today())
    assert paid("D-3") == 200


def test_a_reading_says_where_the_backup_is(company: Company, manager: Api) -> None:
    refused = manager("POST", READINGS, json={})
    assert set(refused.json["errors"]) == {"backup_place"}
    made = manager("POST", READINGS, json={"backup_place": "资料室二号柜"})
    assert made.status_code == 201, made.text
    assert made.json["result"]["read_by"] == company.people[f"{HERE}.manager"]
    setting_changed(company, "DEC-R33", "archive_backup", False, clock.today())
    assert manager("POST", READINGS, json={}).status_code == 201


def test_a_reading_covers_what_was_handed_in(company: Company, specialist: Api, manager: Api) -> None:
    specialist("POST", PATH, json=entered(phone="13512340001"))
    (day,) = specialist("GET", "/api/v1/decoration/collection/").json["ids"]
    path = f"/api/v1/decoration/collection/{day}"
    before = manager("POST", READINGS, json={"backup_place": "B"}).json["id"]
    assert manager("GET", path).json["result"]["reading_id"] is None
    assert specialist("POST", f"{path}/hand-in", json={}).status_code == 200
    after = manager("POST", READINGS, json={"backup_place": "B"}).json["id"]
    assert manager("GET", path).json["result"]["reading_id"] == after != before


def test_all_departments_see_customers_and_nobody_else(company: Company) -> None:
    for position in POSITIONS:
        api = company.api_of(f"{HERE}.{position.name}")
        assert api("GET", PATH).status_code == 200, position.name
    assert company.client_of("admin").get("/decoration/customer/").status_code in (200, 403, 404)


@pytest.mark.parametrize("typed", ["13911112222", "139 1111 2222", "+86 139-1111-2222", "1391111 2222"])
def test_a_telephone_is_known_however_it_is_typed(company: Company, typed: str) -> None:
    known = customer(company, f"P-{typed}", name="不同名", phone="139-1111-2222")
    assert (known, True, False) in like(company, name="另外人", phone=typed)
    assert (known, True, False) in like(company, name="另外人", phone="0", second_phone=typed)
    assert known not in [each[0] for each in like(company, name="另外人", phone="13911112223")]


def test_the_telephone_of_a_contact_counts_and_it_is_said_whose_it_is(company: Company) -> None:
    known = customer(company, "C-1", phone="13722220000")
    wife = {"customer_id": known, "name": "丁小燕", "relation": "spouse", "phone": "13722223333"}
    company.put(HERE, Contact(**wife))
    assert like(company, name="新人", phone="13722223333") == [(known, True, False)]
    page = company.client_of(f"{HERE}.specialist")
    form = page.get("/decoration/customer/new").text
    assert 'hx-post="/decoration/customer/alike"' in form
    told = page.post("/decoration/customer/alike", {"phone": "13722223333", "name": "新人"})
    assert told.status_code == 200
    assert "丁小燕" in told.text
    assert f"/decoration/customer/{known}" in told.text
    assert "丁小燕" not in page.post("/decoration/customer/alike", {"phone": "13722229999"}).text
    keeper = company.client_of(f"{HERE}.vip-keeper")
    keeper.get("/decoration/customer/new")
    hidden = keeper.post("/decoration/customer/alike", {"phone": "13722223333"}).text
    assert f"/decoration/customer/{known}" not in hidden
    assert "1 further record may be the same." in hidden


def test_a_name_that_sounds_alike_is_faint_until_more_is_alike(company: Company) -> None:
    known = customer(company, "N-1", name="章嘉玮", phone="13633334444", address="听雨轩2号楼")
    assert like(company, name="张佳伟", phone="15900000001") == [(known, False, False)]
    assert like(company, name="张佳伟", phone="13633334445") == [(known, False, True)]
    assert like(company, name="张佳伟", phone="13633343444") == [(known, False, True)]
    assert like(company, name="张佳伟", phone="15900000001", address="听雨轩 2号楼") == [(known, False, True)]
    assert like(company, name="张家好", phone="15900000001") == []


def test_pairs_are_noted_once_when_a_file_is_entered_and_asked_about(
    company: Company, specialist: Api
) -> None:
    first = specialist("POST", PATH, json=entered(name="方一", phone="13100001111")).json["id"]
    second = specialist("POST", PATH, json=entered(name="方二", phone="131-0000-1111")).json["id"]
    assert specialist("PUT", f"{PATH}{second}", json={"name": "方二二"}).status_code == 200
    with company.session(HERE) as session:
        note_pairs(session, [first, second])
        asked = select(Duplicate.first_id, Duplicate.second_id, Duplicate.found_by)
        rows = session.execute(asked.where(Duplicate.second_id == second)).all()
    assert [tuple(row) for row in rows] == [(first, second, "phone")]
    page = company.client_of(f"{HERE}.specialist").get(f"/decoration/customer/{second}").text
    assert "Possible duplicates" in page
    pair = specialist("GET", "/api/v1/decoration/duplicate/").json["ids"][0]
    path = f"/api/v1/decoration/duplicate/{pair}"
    assert specialist("POST", f"{path}/merge", json={"kept": "older", "reason": "同一人"}).status_code == 403
    assert specialist("POST", f"{path}/tell-apart", json={"reason": "夫妻"}).status_code == 200


def sheet_of(*rows: tuple[str, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def test_a_sheet_doubts_who_is_known_already_and_its_files_are_looked_through(company: Company) -> None:
    known = customer(company, "S-1", name="贺子昂", phone="13455556666")
    rows = (
        ("name", "phone", "source"),
        ("贺子昂", "13455556666", "Field sales"),
        ("项北", "13455557777", "Field sales"),
    )
    clerk = company.client_of(f"{HERE}.specialist")
    clerk.get("/core/import/decoration.customer")
    sent = {"file": (io.BytesIO(sheet_of(*rows)), "customers.xlsx")}
    address = clerk.post("/core/import/decoration.customer", sent).location
    number = int(address.rpartition("/")[2])
    with company.session(HERE) as session:
        asked = select(ImportRow).where(ImportRow.sheet_id == number).order_by(ImportRow.number)
        levels = [[each["level"] for each in row.findings] for row in session.scalars(asked)]
    assert levels == [["warning"], []]
    assert "This may be on record already: the same telephone." in clerk.get(address).text
    assert clerk.post(f"{address}/accept", {"confirm_all": "1"}).status_code == 302
    with company.session(HERE) as session:
        pairs = list(session.scalars(select(Duplicate.second_id).where(Duplicate.first_id == known)))
        twice = session.scalars(select(Customer.id).where(Customer.phone == rows[1][1], Customer.id != known))
        assert pairs == list(twice)


def test_the_record_card_says_who_the_customer_is(company: Company, specialist: Api) -> None:
    known = customer(company, "K-1", name="沈望舒", phone="13266667777", needs="原木风")
    house(company, known, "听雨轩8号楼")
    company.put(HERE, Contact(customer_id=known, name="沈小舟", relation="child"))
    page = company.client_of(f"{HERE}.specialist", "zh").get(f"/decoration/customer-papers/{known}/card.pdf")
    assert page.mimetype == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(page.data)).pages
    text = "".join("".join(each.extract_text() for each in pages).split())
    for told in ("客户记录卡", "K-1", "沈望舒", "13266667777", "原木风", "听雨轩8号楼", "沈小舟"):
        assert told in text, told
    finance = company.client_of(f"{HERE}.finance")
    assert finance.get(f"/decoration/customer-papers/{known}/card.pdf").status_code == 403


def test_recommendations_do_not_run_in_circles_and_show_their_chain(
    company: Company, specialist: Api
) -> None:
    first = customer(company, "Z-1", name="甲一")
    second = customer(company, "Z-2", name="甲二", source="referral", referred_by_id=first)
    third = customer(company, "Z-3", name="甲三", source="referral", referred_by_id=second, state="signed")
    refused = specialist("PUT", f"{PATH}{first}", json={"source": "referral", "referred_by_id": third})
    assert set(refused.json["errors"]) == {"referred_by_id"}
    clerk = company.client_of(f"{HERE}.specialist")
    assert "甲一" in clerk.get(f"/decoration/customer/{third}").text
    page = clerk.get(f"/decoration/customer/{first}").text
    assert "Came through this customer" in page


def test_a_unit_is_in_the_readers_language_whoever_opened_the_form_first(company: Company) -> None:
    """The form is made once for all languages."""
    path = f"/decoration/house/new?customer_id={customer(company, 'S-unit')}"
    for language, unit, other in (("zh", "平方米", "m²"), ("en", "m²", "平方米")):
        page = company.client_of(f"{HERE}.specialist", language).get(path).text
        assert (f'input-group-text">{unit}<' in page, f">{other}<" in page) == (True, False)
