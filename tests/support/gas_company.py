"""The real application with two gas branches and somebody in every position of each."""

from __future__ import annotations

from pathlib import Path

from company import Company, app_on
from core.branches import Branch, BranchPlugin
from core.branches.models import HEAD_OFFICE
from core.people.service import ADMINISTRATOR
from gas_office import Office
from plugins.gas.positions import POSITIONS

BRANCHES = (
    ("hq", "总部", "Head office"),
    ("gas-east", "城东燃气", "Gas East"),
    ("gas-west", "城西燃气", "Gas West"),
)
GAS = ("gas-east", "gas-west")


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


def office_of(company: Company, code: str) -> Office:
    """A branch of the company, for `gas_office` to fill."""
    return Office(company.database, company.branches[code])
