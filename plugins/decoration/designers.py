"""What designers came to in a month (DEC-R42): negotiations held, deposits taken, and how many of one led to the other.

A negotiation (谈单) is a first meeting that was held; a deposit is one on the design that was not taken back. The paper
gives no formula: conversion is deposits of the month by negotiations of the month.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.measures.kinds import Sum
from core.measures.months import Months, first_day, last_day
from plugins.decoration import reach
from plugins.decoration.models.design import Appointment, Receipt
from plugins.decoration.rules import names_design as d

NEGOTIATIONS, DEPOSITS, CONVERSION = "negotiations", "deposits", "conversion"


def are_negotiations() -> tuple[ColumnElement[bool], ...]:
    """What narrows appointments to negotiations."""
    return Appointment.stage == d.FIRST_MEETING, Appointment.state == d.HELD


def are_deposits() -> tuple[ColumnElement[bool], ...]:
    """What narrows receipts to deposits on the design that stand."""
    return (
        Receipt.kind == d.DESIGN_DEPOSIT,
        Receipt.amount > 0,
        Receipt.reversed_by_id.is_(None),
    )


def negotiations_url(first: date, last: date) -> str:
    """The list of the negotiations of some days."""
    days = f"f_held_on.ge={first}&f_held_on.le={last}"
    return f"/decoration/appointment/?f_stage={d.FIRST_MEETING}&f_state={d.HELD}&{days}"


def deposits_url(first: date, last: date) -> str:
    """The list of the deposits of some days."""
    days = f"f_received_on.ge={first}&f_received_on.le={last}"
    return f"/decoration/receipt/?f_kind={d.DESIGN_DEPOSIT}&f_amount.gt=0&f_reversed_by_id.none=1&{days}"


# ---------------------------------------------------------------- of branches and months


def counted(session: Session, months: Months) -> dict[str, list[Sum]]:
    """Negotiations, deposits and conversion of each branch and month."""
    held = _by_month(session, months, Appointment, Appointment.held_on, are_negotiations())
    paid = _by_month(session, months, Receipt, Receipt.received_on, are_deposits())
    some = sorted({*held, *paid})
    return {
        NEGOTIATIONS: [Sum(branch, month, held[branch, month]) for branch, month in some],
        DEPOSITS: [Sum(branch, month, paid[branch, month]) for branch, month in some],
        CONVERSION: [Sum(*each, paid[each], held[each]) for each in some if held[each]],
    }


def _by_month(
    session: Session, months: Months, model: Any, day: Any, which: Sequence[ColumnElement[bool]]
) -> defaultdict[tuple[int, str], int]:
    year, month = extract("year", day), extract("month", day)
    rows = session.execute(
        select(model.branch_id, year, month, func.count(model.id))
        .where(*which, day.between(months.first_day, months.last_day))
        .group_by(model.branch_id, year, month)
    )
    found: defaultdict[tuple[int, str], int] = defaultdict(int)
    found.update({(branch, f"{int(y):04d}-{int(m):02d}"): count for branch, y, m, count in rows})
    return found


# ---------------------------------------------------------------- of each designer


@dataclass(frozen=True)
class Figures:
    """What a designer came to in a month; `designer_id` is None for what was nobody's."""

    designer_id: int | None
    name: str
    negotiations: int
    deposits: int

    @property
    def conversion(self) -> Decimal | None:
        """Deposits of negotiations; None where nobody was negotiated with."""
        return Decimal(self.deposits) / self.negotiations if self.negotiations else None


def figures_of(session: Session, month: str) -> list[Figures]:
    """Of each designer with something in `month`, of what the reader may see; whoever took most deposits first."""
    return figures_between(session, first_day(month), last_day(month))


def figures_between(session: Session, first: date, last: date) -> list[Figures]:
    """The same for some days."""
    held = _by_designer(session, Appointment, Appointment.held_on.between(first, last), are_negotiations())
    paid = _by_designer(session, Receipt, Receipt.received_on.between(first, last), are_deposits())
    names = _names(session, {*held, *paid})
    found = [Figures(each, names.get(each, ""), held[each], paid[each]) for each in names]
    return sorted(found, key=lambda each: (-each.deposits, -each.negotiations, each.name))


def _by_designer(
    session: Session, model: Any, days: ColumnElement[bool], which: Sequence[ColumnElement[bool]]
) -> defaultdict[int | None, int]:
    rows = session.execute(
        select(model.designer_id, func.count(model.id))
        .where(days, *which, *reach.of_own_commissions(model)())
        .group_by(model.designer_id)
    )
    found: defaultdict[int | None, int] = defaultdict(int)
    found.update({designer: count for designer, count in rows})
    return found


def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    wanted = sorted(each for each in ids if each is not None)
    people = session.scalars(select(User).where(User.id.in_(wanted))).all()
    found: dict[int | None, str] = {each.id: f"{each.last_name}{each.first_name}" for each in people}
    return found | ({None: ""} if None in set(ids) else {})


def published(session: Session, day: date) -> tuple[str, ...]:
    """Which figures the branch publishes on a day (DEC-R42)."""
    settings = settings_on(session, book().rules["DEC-R42"], current_branch_id(), day)
    return tuple(each for each in _all() if each in settings["designer_stats"])


def _all() -> Iterator[str]:
    yield from (NEGOTIATIONS, DEPOSITS, CONVERSION)
