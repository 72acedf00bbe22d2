"""The real application with a branch of a decoration firm and somebody in every position of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from company import Company, app_on
from core.branches import Branch, BranchPlugin
from core.branches.models import HEAD_OFFICE
from core.handbook.changing import Change, change
from core.handbook.models import Finding
from core.people.service import ADMINISTRATOR
from plugins.decoration.models.customers import Customer, House
from plugins.decoration.positions import POSITIONS
from plugins.decoration.rules.book import RULES

HERE = "deco"
BY_ID = {each.id: each for each in RULES}
DAY = date(2026, 3, 2)


def found(url: str, home: Path) -> Company:
    """The company in a migrated database; people are called `deco.specialist` and so on."""
    company = Company(app_on(url, home, plugin_folders=()))
    with company.session() as session:
        for code in ("hq", HERE):
            branch = Branch(code=code, name_zh="装饰", name_en="Decoration")
            branch.kind = HEAD_OFFICE if code == "hq" else branch.kind
            session.add(branch)
            session.flush()
            company.branches[code] = branch.id
        session.add(BranchPlugin(branch_id=company.branches[HERE], plugin="decoration"))
    company.add_person("admin", "hq", ADMINISTRATOR)
    for position in POSITIONS:
        company.add_person(f"{HERE}.{position.name}", HERE, position.id)
    return company


def entered(**changes: Any) -> dict[str, Any]:
    """A prospect as people enter one."""
    return {"name": "单晓雨", "phone": "13800001234", "source": "field_sales", **changes}


def customer(company: Company, number: str, **values: Any) -> int:
    """A customer who is on file; answers the id."""
    known = {"number": number, "name": "王若兰", "phone": "13800005678", "source": "other", "filed_on": DAY}
    return company.put(HERE, Customer(**{**known, **values}))


def house(company: Company, customer_id: int, address: str = "竹溪里3号楼") -> int:
    return company.put(HERE, House(customer_id=customer_id, address=address))


def setting_changed(company: Company, number: str, name: str, value: Any, day: date) -> None:
    """Set a figure of a rule in the branch, from a day on."""
    with company.session() as session:
        change(session, BY_ID[number], Change(name, company.branches[HERE], day, value, "as agreed"), None)


def findings(company: Company, number: str) -> list[tuple[str, int | None]]:
    """What a rule found in the branch and of which record, the oldest first."""
    asked = select(Finding.outcome, Finding.subject_id).where(Finding.rule == number).order_by(Finding.id)
    with company.session() as session:
        here = asked.where(Finding.branch_id == company.branches[HERE])
        return [(row[0], row[1]) for row in session.execute(here)]
