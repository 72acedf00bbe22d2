"""Own rules as tests put them in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from company import Browser, Company
from core.data import UserError
from core.handbook.own.expression import Condition
from core.handbook.own.models import OwnRule
from core.handbook.own.service import Written, as_file, draft, from_file, publish, retire

FIRM = Condition("kind", "is", "firm")


def written(effect: str, **changes: Any) -> Written:
    """A rule about customers who are firms; without `conditions` about all."""
    given = {
        "entity": "shop.customer",
        "moment": "always",
        "name": "Firms",
        "document": "House rules",
        "heading": "7",
        "says": "Firms are 100% different.",
        "conditions": (FIRM,),
        "effect": effect,
    }
    return Written(**{**given, **changes})


def in_force(
    company: Company,
    wanted: Written,
    day: date,
    branch: str = "east",
    earlier: int | None = None,
) -> int:
    """Draft and publish it, or a new version of an earlier one."""
    with company.session() as session:
        before = session.get_one(OwnRule, earlier) if earlier is not None else None
        row = draft(session, wanted, company.branches[branch], company.people["admin"], before)
        publish(session, row, day, company.people["admin"])
        return row.id


def out_of_force(company: Company, row_id: int) -> None:
    with company.session() as session:
        retire(session, session.get_one(OwnRule, row_id), None)


def refused(company: Company, wanted: Written) -> str:
    """The field that is complained of when a draft of it is kept; empty where it is."""
    with company.session() as session:
        try:
            draft(session, wanted, company.branches["east"], None)
        except UserError as error:
            return error.field or "somewhere"
        finally:
            session.rollback()
    return ""


def carried(company: Company, row_id: int) -> dict[str, Any]:
    """The details of a rule that went out and came in as a file."""
    with company.session() as session:
        (copy,) = from_file(
            session, as_file([session.get_one(OwnRule, row_id)]), company.branches["west"], None
        )
        return dict(copy.detail)


def sent(wanted: Written, do: str, moment: str = "") -> dict[str, Any]:
    """What the form sends of a rule."""
    plain = {name: str(value) for name, value in wanted.plain().items() if name != "conditions"}
    lines = [each.plain() for each in wanted.conditions]
    rows = {name: [each[name] for each in lines] for name in ("field", "operator", "value")}
    return {**plain, **rows, "moment": moment or wanted.moment, "joined": "all", "do": do}


def admin_of(company: Company) -> Browser:
    """The administrator in the east, who writes rules for it."""
    browser = company.client_of("admin")
    browser.get("/")
    browser.post("/branch/east")
    browser.get("/core/own-rules/new?entity=shop.customer")
    return browser
