"""Figures of sites for each branch and month: under construction, mid-term and final payment due (DEC-K02, DEC-R65),
and how many stages were accepted at their first inspection (DEC-K06)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, case, extract, func, or_, select
from sqlalchemy.orm import Session

from core.measures.kinds import COUNT, SHARE, Measure, Sum
from core.measures.months import Months, listed
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import Instalment
from plugins.decoration.models.construction_stages import Acceptance
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c

MID_TERM, AT_THE_END = (c.MID,), (c.FINAL, c.CHANGE)
"""The kinds of payments that are owed half-way, and after completion."""


def under_construction(session: Session, months: Months) -> Iterator[Sum]:
    """Sites that had started and were not completed at a month's end (today in the present one)."""
    for month in months.all:
        end = months.end_of(month)
        yield from _counted(session, month, Site, func.count(Site.id), lasted(end))


def lasted(end: date) -> tuple[ColumnElement[bool], ...]:
    """Sites that had started on a day and were not completed."""
    return Site.started_on <= end, or_(Site.completed_on.is_(None), Site.completed_on > end)


def owed(kinds: tuple[str, ...], end: date) -> tuple[ColumnElement[bool], ...]:
    """Payments of some kinds that were due on a day and not paid."""
    unpaid = or_(Instalment.paid_on.is_(None), Instalment.paid_on > end)
    return Instalment.kind.in_(kinds), Instalment.due_on <= end, unpaid


def mid_due(session: Session, months: Months) -> Iterator[Sum]:
    """Sites of which a mid-term payment was owed at a month's end."""
    yield from _due(session, months, MID_TERM)


def final_due(session: Session, months: Months) -> Iterator[Sum]:
    """Sites of which the final payment was owed at a month's end."""
    yield from _due(session, months, AT_THE_END)


def _due(session: Session, months: Months, kinds: tuple[str, ...]) -> Iterator[Sum]:
    sites = func.count(func.distinct(Instalment.site_id))
    for month in months.all:
        end: date = months.end_of(month)
        yield from _counted(session, month, Instalment, sites, owed(kinds, end))


def _counted(
    session: Session, month: str, model: Any, figure: ColumnElement[Any], where: tuple[Any, ...]
) -> Iterator[Sum]:
    rows = session.execute(select(model.branch_id, figure).where(*where).group_by(model.branch_id))
    for branch, count in rows:
        yield Sum(branch, month, count)


def passed_at_first(session: Session, months: Months) -> Iterable[Sum]:
    """Of the first inspections held in a month, those that passed."""
    year, month = extract("year", Acceptance.held_on), extract("month", Acceptance.held_on)
    passed = func.count(case((Acceptance.state.in_((c.PASSED, c.CLOSED)), 1)))
    rows = session.execute(
        select(Acceptance.branch_id, year, month, passed, func.count(Acceptance.id))
        .where(Acceptance.held_on.between(months.first_day, months.last_day), Acceptance.attempt == 1)
        .group_by(Acceptance.branch_id, year, month)
    )
    return [
        Sum(branch, f"{int(of_year):04d}-{int(of_month):02d}", done, of)
        for branch, of_year, of_month, done, of in rows
    ]


def _sites(_month: str, _months: Months) -> str:
    return f"/decoration/site/?f_state={n.UNDER_WAY}"


def _payments(kind: str) -> Any:
    return lambda _month, _months: f"/decoration/instalment/?f_state={c.DUE}&f_kind={kind}"


MEASURES = (
    Measure(
        id="decoration.sites",
        label=_("Sites under construction"),
        unit=COUNT,
        entity=n.SITE,
        sums=under_construction,
        url=_sites,
        about=_("Sites that had started and were not completed at the month's end, paused ones among them."),
        rests_on=((n.SITE, "started_on"), (n.SITE, "completed_on")),
        clause="DEC-K02, DEC-R65",
    ),
    Measure(
        id="decoration.mid-due",
        label=_("Sites with a mid-term payment due"),
        unit=COUNT,
        entity=c.INSTALMENT,
        sums=mid_due,
        url=_payments(c.MID),
        about=_("Sites of which a mid-term payment was due and not paid at the month's end."),
        rests_on=((c.INSTALMENT, "due_on"), (c.INSTALMENT, "paid_on"), (c.INSTALMENT, "kind")),
        clause="DEC-K02, DEC-R65",
    ),
    Measure(
        id="decoration.final-due",
        label=_("Sites with the final payment due"),
        unit=COUNT,
        entity=c.INSTALMENT,
        sums=final_due,
        url=_payments(c.FINAL),
        about=_("Sites of which the final payment or a change was due and not paid at the month's end."),
        rests_on=((c.INSTALMENT, "due_on"), (c.INSTALMENT, "paid_on"), (c.INSTALMENT, "kind")),
        clause="DEC-K02, DEC-R65",
    ),
    Measure(
        id="decoration.passed-at-first",
        label=_("Stages accepted at the first inspection"),
        unit=SHARE,
        entity=c.ACCEPTANCE,
        sums=passed_at_first,
        url=listed("/decoration/acceptance/", "held_on"),
        about=_("Of the first inspections of stages held in the month, those that passed."),
        rests_on=((c.ACCEPTANCE, "held_on"), (c.ACCEPTANCE, "state"), (c.ACCEPTANCE, "attempt")),
        clause="DEC-K06",
    ),
)
