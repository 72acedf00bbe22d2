"""The gas screens and REST calls by position and branch, in the real application."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select

import gas_company
import gas_office
from company import Company
from core.handbook.replay import Replayed
from core.handbook.screens.why import of_records
from gas_company import East
from pages import Page, most_options
from plugins.gas import models
from plugins.gas.models import Account, Bill, Meter, Payment, Reading
from plugins.gas.why import bills_again

# ---------------------------------------------------------------- who may do what


@pytest.mark.parametrize(
    ("position", "path", "status"),
    [
        ("cashier", "/gas/bill/", 200),
        ("cashier", "/gas/billing/start", 200),
        ("cashier", "/gas/counter/", 200),
        ("cashier", "/gas/arrears/", 200),
        ("cashier", "/gas/tariff/new", 403),
        ("meter-reader", "/core/import/gas.reading", 200),
        ("meter-reader", "/gas/arrears/", 200),
        ("meter-reader", "/gas/counter/", 403),
        ("meter-reader", "/gas/billing/start", 403),
        ("meter-reader", "/gas/payment/", 403),
        ("duty-clerk", "/gas/account/", 200),
        ("duty-clerk", "/gas/bill/", 403),
        ("duty-clerk", "/gas/arrears/", 403),
        ("card-clerk", "/gas/counter/", 200),
        ("card-clerk", "/gas/billing/start", 403),
        ("finance", "/gas/tariff/new", 200),
        ("finance", "/gas/counter/", 403),
        ("team-leader", "/gas/payment/", 200),
        ("department-head", "/gas/bill/", 200),
    ],
)
def test_positions_reach_what_the_rule_book_gives_them(
    company: Company, position: str, path: str, status: int
) -> None:
    assert company.client_of(f"gas-east.{position}").get(path).status_code == status


def test_another_branch_sees_nothing_of_it(company: Company, east: East) -> None:
    with gas_company.office_of(company, "gas-east").session() as session:
        payment_id = gas_company.pay(company, east.account)
        assert session.get(Payment, payment_id) is not None
    west = company.client_of("gas-west.cashier")
    for path in (
        f"/gas/account/{east.account}",
        f"/gas/bill/{east.bill}",
        f"/gas/counter/{east.account}",
        f"/gas/counter/payment/{payment_id}",
        f"/gas/counter/payment/{payment_id}/receipt.pdf",
        f"/gas/payment/{payment_id}",
    ):
        assert west.get(path).status_code == 404, path


def test_nobody_changes_or_deletes_a_posted_bill(company: Company, east: East) -> None:
    for person in ("gas-east.cashier", "admin"):
        api = company.api_of(person)
        headers = {"X-Branch": "gas-east"}
        for method in ("PUT", "PATCH", "DELETE"):
            answer = api(method, f"/api/v1/gas/bill/{east.bill}", json={"total": "0.01"}, headers=headers)
            assert answer.status_code in (403, 404, 405), (person, method, answer.text)
        browser = company.client_of(person)
        assert browser.get(f"/gas/bill/{east.bill}/edit").status_code in (403, 404)
        assert browser.post(f"/gas/bill/{east.bill}/delete").status_code in (403, 404)
    with gas_company.office_of(company, "gas-east").session() as session:
        assert str(session.get_one(Bill, east.bill).total) == "96.00"


# ---------------------------------------------------------------- the bill says why


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "holds in the version of Sep 1, 2014",
                "Since Jan 1, 2026, 300 m³ were billed before; with this bill it is 330 m³.",
                "Every line is rounded to the fen",
                "GAS-R30",
                "沪价公〔2014〕001号",
            ),
        ),
        (
            "zh",
            (
                "2014年9月1日起生效的版本",
                "自 2026年1月1日 起此前已出账 300 m³，连同本账单为 330 m³。",
                "每行四舍五入到分",
                "GAS-R30",
            ),
        ),
    ],
)
def test_bill_says_why(company: Company, east: East, language: str, sentences: tuple[str, ...]) -> None:
    page = company.client_of("gas-east.cashier", language).get(f"/gas/bill/{east.bill}").text
    for sentence in sentences:
        assert sentence in page


def test_a_bill_says_why_to_programs_and_at_the_command_line(company: Company, east: East) -> None:
    page = company.client_of("gas-east.cashier").get(f"/gas/bill/{east.bill}").text
    assert f'href="/core/handbook/why/gas.bill/{east.bill}"' in page
    answer = company.api_of("gas-east.cashier")("GET", f"/api/v1/rules/why/gas.bill/{east.bill}")
    assert answer.status_code == 200, answer.text
    told = answer.json["result"]
    assert (told["rule"], told["version"], told["kind"]) == ("GAS-R30", 1, "check")
    assert [each["name"] for each in told["settings"]] == ["tariff_table"]
    assert "with this bill it is 330 m³" in told["text"]
    assert "It rests on GAS-R30" in told["text"]
    inputs = {each["name"]: each["value"] for each in told["inputs"]}
    assert inputs["usage"] == "30 m³"
    assert inputs["tier-2"] == "20 m³ × ¥3.30 = ¥66.00"
    assert inputs["total"] == "¥96.00"
    with company.session("gas-east") as session, company.app.test_request_context():
        explainer = of_records("gas.bill", by_operator=True)
        assert explainer is not None
        assert explainer(session, str(east.bill)).text == told["text"]
    west = company.api_of("gas-west.cashier")("GET", f"/api/v1/rules/why/gas.bill/{east.bill}")
    assert west.status_code == 404


def test_a_bill_is_worked_out_again(company: Company, east: East, monkeypatch: pytest.MonkeyPatch) -> None:
    def again() -> Replayed:
        found = Replayed()
        with company.app.app_context(), company.session("gas-east") as session:
            bills_again(session, found)
        return found

    assert again().judged
    assert again().differences == []
    cheaper = SimpleNamespace(total=Decimal("0.01"))
    monkeypatch.setattr("plugins.gas.why.price_usage", lambda *_given, **_more: cheaper)
    for each in again().differences:
        assert (each.rule, each.now) == ("GAS-R30", {"decimal": "0.01"})
    assert again().differences


def test_balance_taken_over_says_that_it_was(company: Company, east: East) -> None:
    with gas_company.office_of(company, "gas-east").session() as session:
        taken_over = select(Bill.id).where(
            Bill.account_id == east.account, Bill.kind == models.OPENING_BALANCE
        )
        balance = session.scalars(taken_over).one()
    page = company.client_of("gas-east.cashier").get(f"/gas/bill/{balance}").text
    assert "This balance was taken over at go-live." in page


# ---------------------------------------------------------------- what is entered


def form(company: Company, path: str, entries: dict[str, str], person: str = "gas-east.meter-reader") -> str:
    """The page after a form was sent: its errors, or empty when it was saved."""
    answer = company.client_of(person).fill(path, entries)
    return "" if answer.status_code == 302 else answer.text


READING = {"read_on": "2026-08-31", "period": "2026-08", "kind": "actual"}


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"value": "60"}, ""),
        ({"value": "54"}, "below the last one, 55 m³ on Jul 31, 2026"),
        ({"value": "100000"}, "does not fit a dial"),
        ({"value": "60", "read_on": "2099-08-31"}, "The day lies in the future."),
        ({"value": "60", "read_on": "2026-07-31"}, "The last reading of this meter is of Jul 31, 2026."),
        ({"value": "20", "read_on": "2026-06-15"}, "A reading of Jun 30, 2026 is billed already."),
        ({"value": "60", "kind": "opening"}, "This meter has an opening reading already."),
        ({"value": "60", "period": "2026-13"}, "For example 2026-10."),
    ],
)
def test_reading_entered_by_hand(company: Company, east: East, entries: dict[str, str], told: str) -> None:
    page = form(company, f"/gas/reading/new?meter_id={east.meter}", {**READING, **entries})
    assert told in page
    assert bool(page) == bool(told)


def test_reading_between_two_others_must_fit_both(company: Company, east: East) -> None:
    between = {**READING, "read_on": "2026-07-15", "period": "2026-07", "value": "56"}
    page = form(company, f"/gas/reading/new?meter_id={east.meter}", between)
    assert "The next reading, 55 m³ on Jul 31, 2026, would be below this one." in page


def test_rollover_entered_by_hand_is_confirmed(company: Company) -> None:
    with gas_company.office_of(company, "gas-east").session() as session:
        account = gas_office.account(session, None)
        meter = gas_office.meter(session, account, ("2026-07-31", "99990")).id
    path, entries = f"/gas/reading/new?meter_id={meter}", {**READING, "value": "12"}
    assert "The dial would have gone round past zero after 99,990 m³." in form(company, path, entries)
    assert form(company, path, {**entries, "rollover_confirmed": "y"}) == ""


def test_first_reading_of_a_meter_is_the_opening_one(company: Company) -> None:
    with gas_company.office_of(company, "gas-east").session() as session:
        meter = gas_office.meter(session, gas_office.account(session, None), None).id
    path, entries = f"/gas/reading/new?meter_id={meter}", {**READING, "value": "12"}
    assert "This meter has no opening reading yet." in form(company, path, entries)
    assert form(company, path, {**entries, "kind": "opening"}) == ""
    with gas_company.office_of(company, "gas-east").session() as session:
        stored = session.scalars(select(Reading).where(Reading.meter_id == meter)).one()
        assert stored.account_id == session.get_one(Meter, meter).account_id


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"digits": "9"}, "A dial has 1 to 8 digits."),
        ({"state": "removed"}, "Enter on which day the meter was removed."),
        ({"removed_on": "2026-08-01"}, "A meter with a day of removal is not installed."),
        (
            {"state": "removed", "removed_on": "2013-01-01"},
            "The day of removal lies before the installation.",
        ),
        ({"state": "removed", "removed_on": "2026-08-01"}, ""),
    ],
)
def test_meter_is_judged(company: Company, east: East, entries: dict[str, str], told: str) -> None:
    page = form(company, f"/gas/meter/{east.meter}/edit", entries)
    assert told in page
    assert bool(page) == bool(told)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"state": "held"}, "Say why the account is on hold."),
        ({"state": "held", "hold_reason": "拆迁"}, ""),
        ({"pricing_year_month": "2", "pricing_year_day": "30"}, "choose a day of every year"),
    ],
)
def test_account_is_judged(company: Company, east: East, entries: dict[str, str], told: str) -> None:
    page = form(company, f"/gas/account/{east.account}/edit", entries, "gas-east.cashier")
    assert told in page
    assert bool(page) == bool(told)


def test_reason_of_a_hold_goes_with_the_hold(company: Company, east: East) -> None:
    path = f"/gas/account/{east.account}/edit"
    form(company, path, {"state": "held", "hold_reason": "拆迁"}, "gas-east.cashier")
    form(company, path, {"state": "active"}, "gas-east.cashier")
    with gas_company.office_of(company, "gas-east").session() as session:
        assert session.get_one(Account, east.account).hold_reason is None


def test_households_of_an_account_do_not_overlap(company: Company, east: East) -> None:
    path = f"/gas/household/new?account_id={east.account}"
    first = {"members": "5", "extra_allowance": "150", "valid_from": "2024-01-01", "valid_to": "2025-12-31"}
    assert form(company, path, first, "gas-east.cashier") == ""
    for entries, told in (
        (
            {"valid_from": "2025-12-31", "valid_to": ""},
            "Another household of this account holds on these days.",
        ),
        ({"valid_from": "2023-01-01", "valid_to": "2024-01-01"}, "Another household of this account"),
        ({"valid_from": "2026-01-01", "valid_to": "2025-12-31"}, "The last day lies before the first."),
        (
            {"valid_from": "2026-01-01", "valid_to": "", "members": "0"},
            "A household has at least one member.",
        ),
        (
            {"valid_from": "2026-01-01", "valid_to": "", "extra_allowance": "-1"},
            "An allowance is not below zero.",
        ),
    ):
        assert told in form(company, path, {**first, **entries}, "gas-east.cashier")
    assert (
        form(company, path, {**first, "valid_from": "2026-01-01", "valid_to": ""}, "gas-east.cashier") == ""
    )


def test_tariff_is_entered_and_published_by_finance(company: Company) -> None:
    finance = company.client_of("gas-east.finance")
    answer = finance.fill(
        "/gas/tariff/new",
        {"code": "SZ-1", "name_zh": "深圳居民", "name_en": "Shenzhen", "use_class": "resident"},
    )
    tariff = answer.location.rpartition("/")[2]
    path = f"/gas/tariff-version/new?tariff_id={tariff}"
    entries = {
        "valid_from": "2026-01-01",
        "model": "graduated_annual",
        "rounding": "line",
        "uppers": "310, 520",
    }
    page = form(company, path, {**entries, "prices": "3.00"}, "gas-east.finance")
    assert "Tier bounds: 2, prices: 1. Give one price more than bounds." in page
    version = finance.fill(path, {**entries, "prices": "3.00, 3.30, 4.20"}).location
    finance.get(version)
    published = finance.post(f"/gas/tariffs/{version.rpartition('/')[2]}/publish")
    assert published.status_code == 302
    entries = {**entries, "prices": "1.00, 2.00, 3.00"}
    assert finance.post(f"{version}/edit", entries).location == version
    assert "never changed" in finance.get(version).text


def test_a_draft_offers_to_be_edited_and_a_published_version_does_not(company: Company) -> None:
    with gas_company.office_of(company, "gas-east").session() as session:
        tariff = gas_office.tariff(session)
        published = session.scalars(select(models.TariffVersion).filter_by(tariff_id=tariff.id)).one()
        given = {"model": "flat", "prices": "2.00", "valid_from": date(2027, 1, 1)}
        draft = models.TariffVersion(tariff_id=tariff.id, **given)
        session.add(draft)
        session.flush()
        pages = {each.status: f"/gas/tariff-version/{each.id}" for each in (draft, published)}
    finance = company.client_of("gas-east.finance")
    for status, page in pages.items():
        shown = Page(finance.get(page).text)
        assert (f"{page}/edit" in shown.links) is (status == models.DRAFT)
        assert any("/restore/" in each for each in shown.posts) is False
    opened = finance.get(f"{pages[models.PUBLISHED]}/edit")
    assert opened.location == pages[models.PUBLISHED]
    assert "never changed" in finance.get(opened.location).text
    api = company.api_of("gas-east.finance")
    refused = api("PUT", f"/api/v1{pages[models.PUBLISHED]}", json={"prices": "1.00"})
    assert (refused.status_code, "never changed" in refused.text) == (409, True)
    assert api("PUT", f"/api/v1{pages[models.DRAFT]}", json={"prices": "2.50"}).status_code == 200


def test_a_billed_reading_does_not_offer_to_be_edited(company: Company, east: East) -> None:
    with gas_company.office_of(company, "gas-east").session() as session:
        billed = session.scalars(
            select(Reading.id).filter_by(account_id=east.account).where(Reading.bill_id.is_not(None))
        ).first()
    reader = company.client_of("gas-east.meter-reader")
    for reading, offered in ((east.reading, True), (billed, False)):
        page = f"/gas/reading/{reading}"
        assert (f"{page}/edit" in Page(reader.get(page).text).links) is offered
    assert reader.get(f"/gas/reading/{billed}/edit").location == f"/gas/reading/{billed}"


def test_a_version_without_a_minimum_has_none(company: Company) -> None:
    with gas_company.office_of(company, "gas-east").session() as session:
        path = f"/gas/tariff-version/new?tariff_id={gas_office.tariff(session).id}"
    finance = company.client_of("gas-east.finance")
    label = re.search(r'<label[^>]*for="minimum"[^>]*>(.*?)</label>', finance.get(path).text, re.DOTALL)
    assert label
    assert "required-mark" not in label[1]
    entries = {"valid_from": "2028-01-01", "model": "flat", "uppers": "", "prices": "3.00", "minimum": ""}
    made = finance.fill(path, entries)
    assert made.status_code == 302, made.text
    version = company.api_of("gas-east.finance")("GET", f"/api/v1{made.location}").json["result"]
    assert version["minimum"] == "0"


def test_a_route_is_searched_for_among_many(company: Company, east: East) -> None:
    with gas_company.office_of(company, "gas-east").session() as session:
        session.add_all(models.Route(code=f"M{n:03}", name=f"Many {n:03}") for n in range(200))
        session.commit()
    reader = company.client_of("gas-east.meter-reader")
    assert most_options(reader.get("/core/import/gas.reading").text) == 1
    found = reader.get("/gas/route/picker?q=M150").json["results"]
    assert len(found) == 1
    template = "/core/import/gas.reading/template.xlsx?period=2026-07&route="
    sheet = reader.get(f"{template}{found[0]['id']}", buffered=True)
    assert sheet.status_code == 200
    assert "150" in sheet.headers["Content-Disposition"], "a file is called by the route, not by its number"
    assert reader.get(f"{template}99999999", buffered=True).status_code == 302


def test_the_month_of_a_sheet_is_typed(company: Company, east: East) -> None:
    reader = company.client_of("gas-east.meter-reader")
    page = reader.get("/core/import/gas.reading").text
    assert 'type="month"' not in page, "which half of the browsers show as a bare line"
    assert page.count('title="Enter a month, for example 2026-11."') == 2
    template = "/core/import/gas.reading/template.xlsx?period="
    assert reader.get(f"{template}2026/7", buffered=True).status_code == 200
    assert reader.get(f"{template}June", buffered=True).status_code == 302
    assert "Enter a month, for example 2026-11." in reader.get("/core/import/gas.reading").text
    refused = reader.post("/core/import/gas.reading", {"period": "June", "file": (io.BytesIO(b"-"), "a.csv")})
    assert refused.status_code == 400
    assert 'value="June"' in refused.text
    assert 'id="period-error"' in refused.text
