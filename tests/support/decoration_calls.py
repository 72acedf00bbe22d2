"""Customers whose designs and sites are under way, what the rule book asks of call-backs, and calls as people make
them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import select

from company import Api, Company
from core.data import clock
from core.handbook.registry import book
from core.worklist import series
from core.worklist.models import OPEN, Obligation
from decoration_company import HERE, customer, house
from plugins.decoration.models.callbacks import Question, Questionnaire
from plugins.decoration.models.construction import Crew, Site
from plugins.decoration.models.design import Commission
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c

PATH = "/api/v1/decoration/call-back/"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Works:
    """The ids of a customer with a commission and a site, where there are such."""

    customer: int
    commission: int | None = None
    site: int | None = None


@contextmanager
def at(day: date, hour: int = 2) -> Iterator[None]:
    """The clock at ten in the morning of a day (UTC+8), or at another hour of the world's clock."""
    with clock.frozen(datetime.combine(day, time(hour), UTC)):
        yield


def works(
    company: Company,
    entrusted: date,
    started: date | None = None,
    completed: date | None = None,
    **values: Any,
) -> Works:
    """A customer's design and site as they stand; `values` are the customer's."""
    number = f"W{next(_numbers):04d}"
    owner = customer(company, number, **values)
    flat = house(company, owner)
    state = n.COMPLETED if completed else n.UNDER_WAY if started else n.PREPARED
    commission = Commission(
        number=number, customer_id=owner, house_id=flat, entrusted_on=entrusted, ended_on=completed
    )
    designed = company.put(HERE, commission)
    crew = company.put(HERE, Crew(name=number, foreman="郑海涛"))  # zh-ok: a name
    site = Site(
        number=number,
        customer_id=owner,
        house_id=flat,
        commission_id=designed,
        state=state,
        started_on=started,
        completed_on=completed,
        inspector_id=company.people[f"{HERE}.inspector"],
        crew_id=crew,
    )
    return Works(owner, designed, company.put(HERE, site))


def put(company: Company, model: type[Any], key: int, **values: Any) -> None:
    """Change a record as somebody has done."""
    with company.session(HERE) as session:
        row = session.get_one(model, key)
        for name, value in values.items():
            setattr(row, name, value)


def plan(company: Company, rule: str, day: date, ahead: int = 40) -> None:
    """The planner's night of one series."""
    with at(day, 1), company.session(HERE) as session:
        found: Any = book().rules[rule]
        series.plan(session, found, day, ahead)


def owed(company: Company, rule: str, record: int, state: str = "") -> list[Obligation]:
    """What a rule asks for of a record, by its days; what was merged is left out."""
    with company.session(HERE) as session:
        asked = select(Obligation).where(Obligation.rule == rule, Obligation.record_id == record)
        asked = asked.where(Obligation.merged_into.is_(None)).order_by(Obligation.due_on, Obligation.id)
        found = [each for each in session.scalars(asked) if not state or each.state == state]
        session.expunge_all()
        return found


def days(company: Company, rule: str, record: int, state: str = OPEN) -> list[str]:
    return [each.due_on.isoformat() for each in owed(company, rule, record, state)]


def called(api: Api, works: Works, kind: str, **more: Any) -> int:
    """Enter a call-back and keep that the customer was reached, by REST; answers its id."""
    sent = {
        "customer_id": works.customer,
        "kind": kind,
        "commission_id": works.commission,
        "site_id": works.site,
        "due_on": clock.today().isoformat(),
    }
    made = api("POST", PATH, json={name: value for name, value in sent.items() if value is not None})
    assert made.status_code == 201, made.text
    key = int(made.json["id"])
    said = {"channel": c.TELEPHONE, "summary": "进度正常", **more}  # zh-ok: what a customer said
    kept = api("POST", f"{PATH}{key}/reach", json=said)
    assert kept.status_code == 200, kept.text
    return key


def questionnaire(company: Company, *questions: tuple[str, str, bool]) -> list[int]:
    """A version in force with questions (about whom, text, by a score); answers their ids."""
    with company.session(HERE) as session:
        for each in session.scalars(select(Questionnaire).where(Questionnaire.state == c.IN_FORCE)):
            each.state = c.REPLACED
        number = next(_numbers)
        version = Questionnaire(version=number, name="V", state=c.IN_FORCE, in_force_on=clock.today())
        session.add(version)
        session.flush()
        made = [
            Question(questionnaire_id=version.id, place=place, about=about, text=text, scored=scored)
            for place, (about, text, scored) in enumerate(questions, start=1)
        ]
        session.add_all(made)
        session.flush()
        return [each.id for each in made]
