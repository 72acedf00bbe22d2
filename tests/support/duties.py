"""Obligations in tests: rules put in force, nights planned, what is owed read back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from shop.models import Customer, Order
from sqlalchemy import select

from company import Company, customer_values
from core.data import clock
from core.handbook.kinds import Rule
from core.handbook.registry import RuleBook
from core.worklist.events import happened
from core.worklist.granting import with_duties, with_time_lines
from core.worklist.models import Obligation
from core.worklist.planner import plan_night
from shop_duties import REMINDER

HERE = ZoneInfo(clock.DEFAULT_TIME_ZONE)


@contextmanager
def ruled_by(company: Company, rules: Sequence[Rule]) -> Iterator[None]:
    """These rules alone are in force."""
    known = company.installation
    before = known.rules, known.positions, known.entities, known.templates
    known.rules = RuleBook.of([("shop", each) for each in rules])
    known.positions = with_duties(known.positions, known.rules)
    known.entities = with_time_lines(known.entities, known.rules)
    known.templates = {**known.templates, REMINDER.id: REMINDER}
    try:
        yield
    finally:
        known.rules, known.positions, known.entities, known.templates = before


@contextmanager
def at(day: date, hour: int = 10) -> Iterator[None]:
    """The clock at an hour of a day, as the branch's wall shows it."""
    with clock.frozen(datetime.combine(day, time(hour), HERE).astimezone(UTC)):
        yield


def customer(company: Company, branch: str = "east", **values: Any) -> int:
    """A new customer, told to the rule book; answers its id."""
    with company.session(branch) as session:
        row = Customer(**customer_values(**values))
        session.add(row)
        session.flush()
        happened(session, "shop.customer.added", [row])
        return int(row.id)


def order(company: Company, customer_id: int, on: date | None = None, branch: str = "east") -> int:
    """An order, told to the rule book."""
    with company.session(branch) as session:
        row = Order(customer_id=customer_id, amount=1)
        session.add(row)
        session.flush()
        happened(session, "shop.order.added", [row], on, by=company.people["east.clerk"])
        return int(row.id)


def night(company: Company, day: date, branch: str = "east", ahead: int = 40) -> dict[str, int]:
    """The planner's night of a branch."""
    with at(day, 1), company.session(branch) as session:
        return plan_night(session, day, ahead)


def owed(company: Company, rule: Rule | None = None, branch: str = "east", **where: Any) -> list[Obligation]:
    """What is owed, or was, by its due date."""
    with company.session(branch) as session:
        wanted = select(Obligation).filter_by(**where).order_by(Obligation.due_on, Obligation.id)
        if rule is not None:
            wanted = wanted.where(Obligation.rule == rule.id)
        found = list(session.scalars(wanted))
        session.expunge_all()
        return found


def dues(company: Company, rule: Rule, branch: str = "east", **where: Any) -> list[str]:
    """`2026-11-30 open` of each."""
    return [f"{each.due_on} {each.state}" for each in owed(company, rule, branch, **where)]
