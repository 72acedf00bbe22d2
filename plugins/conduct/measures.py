"""Figures of slips, fines and appeals for each branch and month (GPN-K01, GPN-K02, HR-K04, HR-K05)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, case, extract, func, or_, select
from sqlalchemy.orm import Session

from core.data import Money
from core.measures.kinds import COUNT, MONEY, SHARE, Measure, Sum
from core.measures.months import Months, listed
from plugins.conduct.models import Appeal, Slip
from plugins.conduct.rules.names import APPEAL, CANCELLED, DRAFTED, SLIP


def slips(session: Session, months: Months) -> Iterable[Sum]:
    """Slips issued in a month, without those that were called off."""
    return _by_month(session, months, func.count(Slip.id))


def fines(session: Session, months: Months) -> Iterable[Sum]:
    """The fines on them."""
    return _by_month(session, months, func.coalesce(func.sum(Slip.fine, type_=Money()), 0))


def answered_in_time(session: Session, months: Months) -> Iterator[Sum]:
    """Of the appeals to be answered by a day of the month, those that were answered by that day."""
    year, month = extract("year", Appeal.answer_until), extract("month", Appeal.answer_until)
    in_time = func.count(case((Appeal.answered_on <= Appeal.answer_until, 1)))
    rows = session.execute(
        select(Appeal.branch_id, year, month, in_time, func.count(Appeal.id))
        .where(Appeal.answer_until.between(months.first_day, months.last_day))
        .where(or_(Appeal.answered_on.is_not(None), Appeal.answer_until < months.today))
        .group_by(Appeal.branch_id, year, month)
    )
    for branch, of_year, of_month, done, of in rows:
        yield Sum(branch, _month(of_year, of_month), done, of)


def _by_month(session: Session, months: Months, figure: ColumnElement[Any]) -> list[Sum]:
    year, month = extract("year", Slip.issued_on), extract("month", Slip.issued_on)
    rows = session.execute(
        select(Slip.branch_id, year, month, figure)
        .where(Slip.issued_on.between(months.first_day, months.last_day))
        .where(Slip.state.not_in((DRAFTED, CANCELLED)))
        .group_by(Slip.branch_id, year, month)
    )
    return [Sum(branch, _month(of_year, of_month), amount) for branch, of_year, of_month, amount in rows]


def _month(year: int, month: int) -> str:
    return f"{int(year):04d}-{int(month):02d}"


SLIPS_OF = listed("/conduct/slip/", "issued_on")
MEASURES = (
    Measure(
        id="conduct.slips",
        label=_("Penalty slips issued"),
        unit=COUNT,
        entity=SLIP,
        right="see-all",
        sums=slips,
        url=SLIPS_OF,
        about=_("Slips issued in the month, without those that were called off."),
        rests_on=((SLIP, "issued_on"), (SLIP, "state")),
        clause="GPN-K01",
    ),
    Measure(
        id="conduct.fines",
        label=_("Fines"),
        unit=MONEY,
        entity=SLIP,
        right="see-all",
        sums=fines,
        url=SLIPS_OF,
        about=_("What the slips issued in the month come to."),
        rests_on=((SLIP, "issued_on"), (SLIP, "fine")),
        clause="GPN-K01, HR-K04",
    ),
    Measure(
        id="conduct.answered",
        label=_("Appeals answered in time"),
        unit=SHARE,
        entity=SLIP,
        right="see-all",
        sums=answered_in_time,
        url=listed("/conduct/appeal/", "answer_until"),
        about=_("Of the appeals to be answered by a day of the month, those answered by then."),
        rests_on=((APPEAL, "answer_until"), (APPEAL, "answered_on")),
        clause="GPN-K02, HR-R09",
    ),
)
