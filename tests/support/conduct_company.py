"""The real application with a branch where conduct is on: its people, staff and a tariff in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from company import Company, app_on
from core.branches import Branch, BranchPlugin
from core.branches.models import HEAD_OFFICE
from core.data import clock
from core.people.service import ADMINISTRATOR
from plugins.conduct import models
from plugins.conduct.rules import ITEMS
from plugins.conduct.rules.names import PUBLISHED
from plugins.conduct.rules.slips import DEPARTMENT

PEOPLE = (
    ("head", "conduct.department-head"),
    ("approver", "conduct.approver"),
    ("worker", "conduct.employee"),
    ("witness", "conduct.witness"),
    ("witness2", "conduct.witness"),
    ("personnel", "conduct.personnel"),
)


def found(url: str, home: Path) -> Company:
    """The company in a migrated database; `people` also has the ids of employees and of items by their rule."""
    company = Company(app_on(url, home, plugin_folders=()))
    with company.session() as session:
        for code, kind in (("hq", HEAD_OFFICE), ("east", "branch")):
            branch = Branch(code=code, name_zh="城东", name_en="East", kind=kind)
            session.add(branch)
            session.flush()
            company.branches[code] = branch.id
        session.add(BranchPlugin(branch_id=company.branches["east"], plugin="conduct"))
    company.add_person("admin", "hq", ADMINISTRATOR)
    for name, position in PEOPLE:
        company.add_person(name, "east", position)
    with company.session("east") as session:
        _fill(session, company)
    return company


def _fill(session: Session, company: Company) -> None:
    worker = models.Employee(
        number="E1", name="王芳", department=DEPARTMENT, user_id=company.people["worker"]
    )
    outsider = models.Employee(number="E2", name="李强", department="财务部")
    tariff = models.OffenceTariff(name="first", effective_on=date(2013, 3, 14), state=PUBLISHED)
    session.add_all([worker, outsider, tariff])
    session.flush()
    company.people |= {"employee": worker.id, "outsider": outsider.id}
    for rule in (*(each.id for each in ITEMS), "GPN-R15"):
        company.people[f"item {rule}"] = item(session, tariff.id, rule)


def item(session: Session, tariff_id: int, rule: str) -> int:
    """An item of a tariff; answers its id."""
    made = models.Offence(tariff_id=tariff_id, number=rule[-3:], says=f"offence of {rule}", rule=rule)
    session.add(made)
    session.flush()
    return made.id


def entered(company: Company, **changes: Any) -> dict[str, Any]:
    """A slip as people enter it, ready to be issued."""
    return {
        "employee_id": company.people["employee"],
        "occurred_on": clock.today().isoformat(),
        "offence_id": company.people["item GPN-R04"],
        "facts": "left the valve open",
        "evidence": "photograph",
        "educated_on": clock.today().isoformat(),
        "opinion": "a fine by the tariff",
        "fine": "200.00",
        **changes,
    }
