"""The arrears list: a balance for each account that owes, kept with the money, found and worked with as any list."""

from __future__ import annotations

import re
import threading
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, update

import gas_office
from company import Browser, Company, counted
from core.branches import setwise
from core.handbook.replay import replay
from gas_books import paid, usage_bill
from gas_cut_offs import EAST, HOLDS, PROTECTIONS, at, handed_over, owing, pay, put
from pages import Page
from plugins.gas import arrears, models
from plugins.gas.models import Arrears

DUE, TODAY = date(2026, 11, 2), date(2026, 11, 10)
LIST = "/gas/arrears/"


@pytest.fixture(scope="module")
def office(company: Company) -> dict[str, int]:
    """Accounts that owe: one free, one disputed, one protected, one handed over, and one whose bill is not due yet."""
    found = {}
    for number, name in enumerate(("free", "held", "safe", "ordered", "early"), start=1):
        account, _bills = owing(
            company, date(2026, 11, 29) if name == "early" else DUE, f"{number}0.00", "5.00"
        )
        found[name] = account
    with company.session(EAST) as session:
        session.get_one(models.Account, found["free"]).name = "Zhang Free"
        route = models.Route(code="R1", name="First route")
        session.add(route)
        session.flush()
        session.get_one(models.Account, found["held"]).route_id = route.id
        found["route"] = route.id
    with at(TODAY):
        put(
            company, "cashier", HOLDS, account_id=found["held"], kind="dispute", reason="The reading is wrong"
        )
        put(
            company,
            "department-head",
            PROTECTIONS,
            account_id=found["safe"],
            reason="school",
            valid_from="2026-11-01",
        )
        handed_over(company, found["ordered"])
    return found


def listed(browser: Browser, address: str = LIST) -> list[int]:
    """The accounts of a list, by the counter that their rows open."""
    with at(TODAY):
        page = browser.get(address).text
    return [int(each) for each in re.findall(r'class="row-link" href="/gas/counter/(\d+)"', page)]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["free", "held", "safe", "ordered", "early"]),
        ("?sort=owed&dir=desc", ["early", "ordered", "safe", "held", "free"]),
        ("?f_due=overdue", ["free", "held", "safe", "ordered"]),
        ("?f_due=later", ["early"]),
        ("?f_due=today", []),
        ("?f_hold=dispute", ["held"]),
        ("?f_hold=in_transit", []),
        ("?f_protection=school", ["safe"]),
        ("?f_protection.out=school&f_hold.out=dispute", ["free", "ordered", "early"]),
        ("?f_order=handed-over", ["ordered"]),
        ("?f_owed.gt=40", ["ordered", "early"]),
        ("?f_name.ct=Zhang", ["free"]),
        ("?q=zhang", ["free"]),
        ("?q=zhang&f_due=later", []),
    ],
)
def test_the_list_is_narrowed_sorted_and_searched(
    company: Company, office: dict[str, int], asked: str, names: list[str]
) -> None:
    assert listed(company.client_of(f"{EAST}.cashier"), LIST + asked) == [office[name] for name in names]


def test_a_route_is_that_of_the_account(company: Company, office: dict[str, int]) -> None:
    cashier = company.client_of(f"{EAST}.cashier")
    assert listed(cashier, f"{LIST}?f_route_id={office['route']}") == [office["held"]]
    with at(TODAY):
        page = cashier.get(f"{LIST}?f_route_id={office['route']}&cols=number,route_id")
    assert "First route" in Page(page.text).texts
    assert "Route is First route" in " ".join(Page(page.text).texts)


def test_it_has_the_tools_of_a_list_and_marks_what_bars_collecting(
    company: Company, office: dict[str, int]
) -> None:
    with at(TODAY):
        page = company.client_of(f"{EAST}.cashier").get(LIST).text
    assert 'id="list"' in page
    for tool in ("sort=owed", "sort=due_since", "sort=number", "export.xlsx", "export.csv", "bulk/hand-over"):
        assert tool in page, tool
    assert {"Dispute", "School", "Handed over to the reader", "8"} <= set(Page(page).texts)


def test_a_page_costs_the_same_whatever_it_shows(company: Company, office: dict[str, int]) -> None:
    cashier = company.client_of(f"{EAST}.cashier")
    listed(cashier)
    with counted(company.database) as statements:
        listed(cashier)
    own = [each for each in statements if "gas_" in each]
    # The balances with their count, and what is shown beside them: accounts, holds, orders, protections.
    assert len(own) == 5, "\n".join(own)
    assert not [each for each in own if "gas_bill" in each]


def test_what_is_masked_on_the_account_neither_narrows_nor_finds(
    company: Company, office: dict[str, int]
) -> None:
    finance = company.client_of(f"{EAST}.finance")
    with at(TODAY):
        everyone = finance.get(LIST).text
        assert finance.get(f"{LIST}?f_phone.some=1").text.count("row-link") == everyone.count("row-link")
        assert "Phone" not in Page(finance.get(f"{LIST}?add=phone").text).texts[-5:]


def test_several_are_handed_over_at_once_and_the_preview_says_which_not(
    company: Company, office: dict[str, int]
) -> None:
    free, other = (owing(company, DUE, "7.00")[0] for _ in range(2))
    cashier = company.client_of(f"{EAST}.cashier")
    with company.session(EAST) as session:
        wanted = (free, other, office["ordered"], office["early"])
        ids = list(session.scalars(select(Arrears.id).where(Arrears.account_id.in_(wanted))))
    sent = {"ids": ",".join(map(str, ids)), "address": ""}
    with at(TODAY):
        cashier.get(LIST)
        preview = cashier.post(f"{LIST}bulk/hand-over", sent).text
        hidden = dict(re.findall(r'name="(seen|once|sure|ids|address)" value="([^"]*)"', preview))
        assert preview.count("This cannot be done to this record as it is now.") == 2
        with company.session(EAST) as session:
            assert session.scalar(select(models.CutOff.id).where(models.CutOff.account_id == free)) is None
        assert cashier.post(f"{LIST}bulk/hand-over", hidden).status_code == 302
    with company.session(EAST) as session:
        orders = select(models.CutOff.account_id).where(models.CutOff.account_id.in_((free, other)))
        assert sorted(session.scalars(orders)) == sorted((free, other))


def test_one_is_handed_over_from_its_page(company: Company, office: dict[str, int]) -> None:
    account, _bills = owing(company, DUE, "7.00")
    row = row_of(company, account)
    reader, cashier = (company.client_of(f"{EAST}.{each}") for each in ("meter-reader", "cashier"))
    with at(TODAY):
        for each in (reader, cashier):
            each.get(LIST)
        assert reader.post(f"/gas/past-arrears/{row}/hand-over").status_code == 403
        assert (
            cashier.post(f"/gas/past-arrears/{row}/hand-over").headers["Location"].startswith("/gas/cut-off/")
        )
        again = cashier.post(f"/gas/past-arrears/{row}/hand-over")
        assert again.headers["Location"] == f"{LIST}{row}"


def row_of(company: Company, account: int) -> int:
    with company.session(EAST) as session:
        return session.scalars(select(Arrears.id).where(Arrears.account_id == account)).one()


def test_either_clerk_finds_what_is_owed_and_hands_it_over(company: Company) -> None:
    account, _bills = owing(company, DUE, "7.00")
    row = row_of(company, account)
    card_clerk, duty_clerk = (company.client_of(f"{EAST}.{each}") for each in ("card-clerk", "duty-clerk"))
    with at(TODAY):
        assert duty_clerk.get(LIST).status_code == 403
        assert account in listed(card_clerk)
        assert "hand-over" in card_clerk.get(f"{LIST}{row}").text
        handed = card_clerk.post(f"/gas/past-arrears/{row}/hand-over").location
        assert handed.startswith("/gas/cut-off/")
        assert card_clerk.get(handed).status_code == 200
        notice = card_clerk.post(f"/core/workflow{handed}/notice", {"notice_number": "N1"})
        assert notice.status_code == 403  # what comes then is the reader's
    with company.session(EAST) as session:
        order = session.scalars(select(models.CutOff).where(models.CutOff.account_id == account)).one()
        assert order.handed_by == company.people[f"{EAST}.card-clerk"]


def kept(company: Company, account: int) -> tuple[int, Decimal, date] | None:
    with company.session(EAST) as session:
        found = session.scalar(select(Arrears).where(Arrears.account_id == account))
        return (found.bills, found.owed, found.due_since) if found is not None else None


def test_a_balance_follows_bills_and_payments_and_can_be_proved(company: Company) -> None:
    account, _bills = owing(company, DUE, "60.00", "40.00")
    assert kept(company, account) == (2, Decimal("100.00"), DUE)
    pay(company, account, "70.00", TODAY)
    assert kept(company, account) == (1, Decimal("30.00"), DUE)
    with company.session(EAST) as session:
        made = session.get_one(models.Account, account)
        for period, total in (("2026-11", "9.00"), ("2026-12", "0.00")):
            usage_bill(session, made, period, total, TODAY)
    assert kept(company, account) == (2, Decimal("39.00"), DUE)
    pay(company, account, "30.00", TODAY)
    assert kept(company, account) == (1, Decimal("9.00"), TODAY)
    pay(company, account, "9.00", TODAY)
    assert kept(company, account) is None
    with company.session(EAST) as session:
        assert replay(session).differences == []


def test_a_balance_that_is_not_what_the_rows_say_is_named(company: Company) -> None:
    account, _bills = owing(company, DUE, "60.00")
    gone, _bills = owing(company, DUE, "61.00")
    with company.session(EAST) as session:
        table = setwise.table_of(Arrears)
        wrong = update(table).where(table.c.account_id == account).values(owed=Decimal("6.00"))
        setwise.change(session, Arrears, wrong)
        setwise.change(session, Arrears, table.delete().where(table.c.account_id == gone))
        named = {each.what for each in replay(session).differences}
        assert named == {f"arrears of account {each}" for each in (account, gone)}
        arrears.fill(session)
        arrears.renew(session, [account])
        assert replay(session).differences == []
        assert arrears.owed_by(session, [account, gone]) == {
            account: Decimal("60.00"),
            gone: Decimal("61.00"),
        }


def test_billing_adds_to_what_was_owed(company: Company) -> None:
    with company.session(EAST) as session:
        tariff = gas_office.tariff(session)
        readings = (("2026-05-31", "0"), ("2026-06-30", "30"), ("2026-07-31", "40"))
        account = gas_office.metered(session, tariff.id, *readings)
        gas_office.bill(session, "2026-06")
        june = gas_office.the_bill(session, account, "2026-06")
        paid(session, june, "1.00", date(2026, 7, 1))
        gas_office.bill(session, "2026-07")
        july = gas_office.the_bill(session, account, "2026-07")
        owed = june.total + july.total - Decimal("1.00")
        assert arrears.owed_by(session, [account.id]) == {account.id: owed}
        assert replay(session).differences == []


def test_what_is_billed_while_somebody_pays_is_not_lost(company: Company) -> None:
    with company.session(EAST) as session:
        tariff = gas_office.tariff(session)
        account = gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "30")).id
        usage_bill(session, session.get_one(models.Account, account), "2026-05", "50.00", DUE)
    billed = threading.Event()

    def pays() -> None:
        billed.wait()
        pay(company, account, "50.00", TODAY)

    till = threading.Thread(target=pays)
    till.start()
    with company.session(EAST) as session:
        gas_office.bill(session, "2026-06")
        billed.set()
    till.join()
    with company.session(EAST) as session:
        assert replay(session).differences == []
    found = kept(company, account)
    assert found is not None
    assert found[0] == 1
