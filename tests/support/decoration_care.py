"""VIPs and care messages of the decoration firm, as tests put and read them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select

import jobs_by_hand
from company import Company
from core.data import clock
from core.jobs.daily import start_daily
from core.messages.models import Outgoing
from core.worklist.models import Obligation
from core.worklist.planner import plan_night
from decoration_company import HERE, customer
from plugins.decoration.care.jobs import JOBS
from plugins.decoration.models.care import CareBatch, CareMessage
from plugins.decoration.models.vip import VipArchive
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

ARCHIVES = "/api/v1/decoration/vip-archive/"
BATCHES = "/api/v1/decoration/care-batch/"
MESSAGES = "/api/v1/decoration/care-message/"


@contextmanager
def at(day: date, hour: int = 4) -> Iterator[None]:
    """The clock at an hour (UTC) of a day; noon in the office, unless said otherwise."""
    with clock.frozen(datetime.combine(day, time(hour), UTC)):
        yield


def archive(company: Company, number: str, keeper: str = "vip-keeper", **values: Any) -> int:
    """The archive of a VIP of its own that is kept; answers the id."""
    person = company.people[f"{HERE}.{keeper}"]
    known = customer(company, number, customer_class=n.VIP, keeper_id=person, phase=n.VIP_PHASE)
    given = {
        "number": number,
        "customer_id": known,
        "keeper_id": person,
        "state": c.KEPT,
        "ground": "别墅整装",
    }
    return company.put(HERE, VipArchive(**{**given, "opened_on": date(2026, 2, 20), **values}))


def night(company: Company, day: date) -> None:
    """The planner's night before a day."""
    with at(day, 0), company.session(HERE) as session:
        plan_night(session, day)


def worker(company: Company, day: date) -> None:
    """The worker's look at what is due on a day, and all of it done."""
    with at(day):
        start_daily(company.app, company.database, JOBS)
        jobs_by_hand.do_all(company.app)


def owed(company: Company, number: str, record: int | None = None) -> list[Obligation]:
    """The obligations of a rule, by their dates; those that were merged are left out."""
    asked = select(Obligation).where(Obligation.rule == number, Obligation.merged_into.is_(None))
    if record is not None:
        asked = asked.where(Obligation.record_id == record)
    with company.session(HERE) as session:
        found = list(session.scalars(asked.order_by(Obligation.nominal_on, Obligation.id)))
        session.expunge_all()
    return found


def drafts(company: Company, occasion: str) -> list[CareMessage]:
    """The messages of an occasion, the first to be sent in front."""
    asked = select(CareMessage).where(CareMessage.occasion == occasion)
    with company.session(HERE) as session:
        found = list(session.scalars(asked.order_by(CareMessage.due_on, CareMessage.id)))
        session.expunge_all()
    return found


def batches(company: Company, occasion: str) -> list[CareBatch]:
    """The batches of an occasion in the order of their days."""
    asked = select(CareBatch).where(CareBatch.occasion == occasion)
    with company.session(HERE) as session:
        found = list(session.scalars(asked.order_by(CareBatch.due_on, CareBatch.id)))
        session.expunge_all()
    return found


def told(company: Company, rule: str) -> list[Outgoing]:
    """What the outbox got by a rule."""
    with company.session(HERE) as session:
        found = list(session.scalars(select(Outgoing).where(Outgoing.rule == rule).order_by(Outgoing.id)))
        session.expunge_all()
    return found
