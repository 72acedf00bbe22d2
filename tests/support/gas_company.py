"""The real application with two gas branches and somebody in every position of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

import gas_office
from company import Company, app_on
from core.branches import Branch, BranchPlugin
from core.branches.models import HEAD_OFFICE
from core.people.service import ADMINISTRATOR
from gas_office import Office
from plugins.gas.models import USAGE, Bill, Meter
from plugins.gas.positions import POSITIONS

BRANCHES = (
    ("hq", "总部", "Head office"),
    ("gas-east", "城东燃气", "Gas East"),
    ("gas-west", "城西燃气", "Gas West"),
)
GAS = ("gas-east", "gas-west")


@dataclass
class East:
    """Ids in branch gas-east: an account with a meter, its bill of June over 96.00, and a reading of July."""

    account: int
    meter: int
    bill: int
    reading: int


def found(url: str, home: Path) -> Company:
    """The company in a migrated database; people are called `gas-east.cashier` and so on."""
    company = Company(app_on(url, home, plugin_folders=()))
    with company.session() as session:
        for code, name_zh, name_en in BRANCHES:
            branch = Branch(code=code, name_zh=name_zh, name_en=name_en)
            branch.kind = HEAD_OFFICE if code == "hq" else branch.kind
            session.add(branch)
            session.flush()
            company.branches[code] = branch.id
        for code in GAS:
            session.add(BranchPlugin(branch_id=company.branches[code], plugin="gas"))
    company.add_person("admin", "hq", ADMINISTRATOR)
    for code in GAS:
        for position in POSITIONS:
            company.add_person(f"{code}.{position.name}", code, position.id)
    return company


def put_below_head_office(company: Company) -> None:
    """Let the head office oversee the gas branches, with gas on there too and its finance as `hq.finance`."""
    with company.session() as session:
        for code in GAS:
            session.get_one(Branch, company.branches[code]).parent_id = company.branches["hq"]
    company.switch("gas", "hq", on=True)
    company.add_person("hq.finance", "hq", "gas.finance")


def office_of(company: Company, code: str) -> Office:
    """A branch of the company, for `gas_office` to fill."""
    return Office(company.database, company.branches[code])


def billed_east(company: Company) -> East:
    """An account of branch gas-east with its bill and a reading that waits for the next one."""
    with office_of(company, "gas-east").session() as session:
        tariff = gas_office.tariff(session, legal_basis="沪价公〔2014〕001号")
        account = gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "30"))
        gas_office.opening_bill(session, account, date(2026, 5, 31), "300")
        gas_office.bill(session, "2026-06")
        meter = session.scalars(select(Meter).where(Meter.account_id == account.id)).one()
        reading = gas_office.read(session, meter, "2026-07-31", "55")
        of_account = select(Bill).where(Bill.account_id == account.id, Bill.kind == USAGE)
        return East(account.id, meter.id, session.scalars(of_account).one().id, reading.id)


def pay(company: Company, account: int, amount: str = "10.00") -> int:
    """Take cash at the counter of gas-east as its cashier. Answers the id of the payment."""
    entries = {"amount": amount, "method": "cash", "notes_checked": "y"}
    answer = company.client_of("gas-east.cashier").fill(f"/gas/counter/{account}", entries)
    assert answer.status_code == 302, answer.text
    return int(answer.location.rpartition("/")[2])
