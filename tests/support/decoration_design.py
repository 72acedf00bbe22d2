"""The design stage of the decoration firm in tests: commissions with their meetings, nights planned, what was told."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import select

import decoration_company
from company import Api, Company
from core.branches import Branch
from core.data import clock
from core.demo import DemoCompany
from core.messages.models import Outgoing
from core.worklist.models import Obligation
from core.worklist.planner import plan_night
from decoration_company import HERE, customer
from plugins.decoration.demo import fill
from plugins.decoration.models.design import Appointment, Commission, Fee, Receipt
from plugins.decoration.rules import names_design as d

API = "/api/v1/decoration"
BEFORE_DRAFT = (d.FIRST_MEETING, d.MEASURING, d.SKETCH, d.REFINED_PLAN)


NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


def example(url: str, home: Path) -> Company:
    """The firm of the tests with the example data of thirty months."""
    made = decoration_company.found(url, home)
    with clock.frozen(NOW), made.session() as session:
        branch = session.get_one(Branch, made.branches[HERE])
        fill(DemoCompany(session, {HERE: branch}, {HERE: ("decoration",)}))
    return made


@contextmanager
def at(day: date, hour: int = 4) -> Iterator[None]:
    """The clock at an hour (UTC) of a day; noon in the office, unless said otherwise."""
    with clock.frozen(datetime.combine(day, time(hour), UTC)):
        yield


@contextmanager
def with_gateway(company: Company) -> Iterator[None]:
    """There is a gateway for short messages; nothing is sent here."""
    known = company.installation
    before = known.settings
    known.settings = replace(before, sms_url="http://gateway.invalid/")
    try:
        yield
    finally:
        known.settings = before


def night(company: Company, day: date) -> None:
    """The planner's night before a day."""
    with at(day, 0), company.session(HERE) as session:
        plan_night(session, day)


def commission(company: Company, number: str, **values: Any) -> int:
    """A design commission of the designer, of a customer of its own; answers the id."""
    whose = values.pop("customer_id", None) or customer(company, f"C-{number}")
    given = {"entrusted_on": clock.today(), "designer_id": company.people[f"{HERE}.designer"], **values}
    return company.put(HERE, Commission(number=number, customer_id=whose, **given))


def customer_of(company: Company, commission_id: int) -> int:
    with company.session(HERE) as session:
        return session.get_one(Commission, commission_id).customer_id


def planned(company: Company, design: int, stage: str, /, **values: Any) -> dict[str, Any]:
    """An appointment of a commission as somebody enters it."""
    whose = customer_of(company, design)
    known = {"planned_on": clock.today().isoformat(), "starts": "14:30", "place": "云栖花园3号楼"}
    return {"customer_id": whose, "commission_id": design, "stage": stage, **known, **values}


def met(company: Company, commission_id: int, *stages: str, **values: Any) -> None:
    """Meetings that were held."""
    for stage in stages:
        more = {
            "state": d.HELD,
            "record": "客户满意",
            "starts": "09:00",
            "ends": "10:00",
            "planned_on": clock.today(),
            "held_on": clock.today(),
            **values,
        }
        whose = customer_of(company, commission_id)
        row = Appointment(customer_id=whose, commission_id=commission_id, stage=stage, **more)
        company.put(HERE, row)


def move(who: Api, name: str, row_id: int, transition: str, /, **sent: Any) -> Any:
    return who("POST", f"{API}/{name}/{row_id}/{transition}", json=sent)


def kept(who: Api, name: str, record: int) -> dict[str, Any]:
    found: dict[str, Any] = who("GET", f"{API}/{name}/{record}").json["result"]
    return found


def fees(company: Company, commission_id: int) -> list[tuple[int, str, str]]:
    """id, kind and state of what was asked for."""
    with company.session(HERE) as session:
        rows = session.scalars(select(Fee).where(Fee.commission_id == commission_id).order_by(Fee.id))
        return [(each.id, each.kind, each.state) for each in rows]


def receipts(company: Company, commission_id: int) -> list[tuple[str, str]]:
    """Number and amount of what was posted."""
    with company.session(HERE) as session:
        rows = session.scalars(
            select(Receipt).where(Receipt.commission_id == commission_id).order_by(Receipt.id)
        )
        return [(each.number, str(each.amount)) for each in rows]


def told(company: Company, rule: str, record: int) -> list[tuple[str, str]]:
    """Channel and words of each message of a rule about a record."""
    asked = select(Outgoing).where(Outgoing.rule == rule, Outgoing.record_id == record).order_by(Outgoing.id)
    with company.session(HERE) as session:
        return [(each.channel, each.body) for each in session.scalars(asked)]


def owed(company: Company, rule: str, record: int | None = None) -> list[str]:
    """`2026-11-09 open` of each obligation of a rule, by its date."""
    asked = select(Obligation).where(Obligation.rule == rule, Obligation.merged_into.is_(None))
    if record is not None:
        asked = asked.where(Obligation.record_id == record)
    with company.session(HERE) as session:
        rows = session.scalars(asked.order_by(Obligation.due_on, Obligation.id))
        return [f"{each.due_on} {each.state}" for each in rows]
