"""What tests of the gas office's rules share: a rule by its number, its settings changed, what it found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from company import Company
from core.data import clock
from core.handbook.changing import Change, change
from core.handbook.kinds import Rule
from core.handbook.models import Finding
from plugins.gas.rules.book import RULES

BY_ID: dict[str, Rule] = {each.id: each for each in RULES}


def rule(number: str) -> Any:
    """The rule of a number; of Any, as each test knows its kind."""
    return BY_ID[number]


def defaults(number: str, **others: Any) -> dict[str, Any]:
    """The rule book's own figures, some of them set otherwise."""
    return {**{each.name: each.default for each in BY_ID[number].settings}, **others}


def setting_changed(company: Company, number: str, branch: str, name: str, value: Any) -> None:
    """Set a figure of a rule in a branch, from today on."""
    with company.session() as session:
        wanted = Change(name, company.branches[branch], clock.today(), value, "as the meeting decided")
        change(session, BY_ID[number], wanted, None)


def findings(company: Company, number: str, branch: str) -> list[Finding]:
    """What a rule found in a branch, the oldest first."""
    asked = select(Finding).where(Finding.rule == number, Finding.branch_id == company.branches[branch])
    with company.session() as session:
        rows = list(session.scalars(asked.order_by(Finding.id)))
        session.expunge_all()
        return rows
