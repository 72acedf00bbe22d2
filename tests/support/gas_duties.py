"""What the gas office's rules ask for: the nights that plan it, what is owed and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from sqlalchemy import select

from company import Company
from core.data import clock
from core.messages.models import Outgoing
from core.worklist.models import Obligation
from core.worklist.planner import plan_night

EAST, WEST = "gas-east", "gas-west"


@contextmanager
def at(day: date, hour: int = 4) -> Iterator[None]:
    """The clock at an hour (UTC) of a day; noon in the office, unless said otherwise."""
    with clock.frozen(datetime.combine(day, time(hour), UTC)):
        yield


def night(company: Company, day: date, branch: str = EAST) -> None:
    """The planner's night before a day."""
    with at(day, 0), company.session(branch) as session:
        plan_night(session, day)


def owed(company: Company, number: str, branch: str = EAST, record: int | None = None) -> list[str]:
    """`2026-11-09 open` of each obligation of a rule, by its date; those that were merged are left out."""
    asked = select(Obligation).where(Obligation.rule == number, Obligation.merged_into.is_(None))
    if record is not None:
        asked = asked.where(Obligation.record_id == record)
    with company.session(branch) as session:
        rows = session.scalars(asked.order_by(Obligation.due_on, Obligation.id))
        return [f"{each.due_on} {each.state}" for each in rows]


def told(company: Company, number: str, branch: str = EAST, record: int | None = None) -> list[str]:
    """`sms 13800138000` of each message of a rule, or `in_app` and whom it was for."""
    asked = select(Outgoing).where(Outgoing.rule == number)
    if record is not None:
        asked = asked.where(Outgoing.record_id == record)
    names = {key: name for name, key in company.people.items()}
    with company.session(branch) as session:
        rows = session.scalars(asked.order_by(Outgoing.id))
        return [f"{each.channel} {each.address or names[each.user_id or 0]}" for each in rows]
