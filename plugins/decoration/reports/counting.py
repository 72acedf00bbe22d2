"""What the reports count: records of some days by kind of work, and sites as they stood on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, func, literal, select, union_all
from sqlalchemy.orm import Session

from core.people.access import today_in
from core.reports.kinds import COUNT, WORD, Column, Table
from plugins.decoration.measures.construction import AT_THE_END, MID_TERM, lasted, owed
from plugins.decoration.models.callbacks import CallBack
from plugins.decoration.models.complaints import Complaint
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import Instalment
from plugins.decoration.models.construction_stages import Acceptance, SiteCheck
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Appointment, Fee
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules import names_design as d


@dataclass(frozen=True)
class Line:
    """A kind of work: records of `model` by `day`, narrowed by `where`."""

    label: Any
    model: Any
    day: Any
    where: tuple[ColumnElement[bool], ...] = ()


LINES = (
    Line(_("Customers filed"), Customer, Customer.filed_on),
    Line(_("Invitations to appointments"), Appointment, Appointment.invited_on),
    Line(_("Appointments held"), Appointment, Appointment.held_on, (Appointment.state == d.HELD,)),
    Line(_("Customers told of deposits and fees"), Fee, Fee.notified_on),
    Line(_("Customers called to acceptances"), Acceptance, Acceptance.notified_on),
    Line(_("Calls about acceptances"), Acceptance, Acceptance.called_on),
    Line(_("Customers reached by call-backs"), CallBack, CallBack.done_on),
    Line(
        _("of that asked whether they are content"),
        CallBack,
        CallBack.done_on,
        (CallBack.satisfied.is_not(None),),
    ),
    Line(_("of that content"), CallBack, CallBack.done_on, (CallBack.satisfied.is_(True),)),
    Line(_("Complaints taken in"), Complaint, Complaint.received_on),
    Line(_("of that in batches"), Complaint, Complaint.received_on, (Complaint.batch.is_(True),)),
)
"""Contacts with customers; areas that come add theirs."""
WORKS = (
    Line(_("Sites started"), Site, Site.started_on),
    Line(_("Sites completed"), Site, Site.completed_on),
    Line(_("Acceptances held"), Acceptance, Acceptance.held_on),
    Line(_("of that not passed"), Acceptance, Acceptance.held_on, (Acceptance.state == c.FAILED,)),
    Line(_("Site checks with an issue"), SiteCheck, SiteCheck.checked_on, (SiteCheck.state != c.FINE,)),
)
"""What happened on site."""


def counted(session: Session, branch_id: int, lines: Sequence[Line], first: date, last: date) -> list[int]:
    """How many records there are of each line; one statement."""
    parts = [
        select(literal(place).label("place"), func.count(each.model.id).label("number")).where(
            each.model.branch_id == branch_id, each.day.between(first, last), *each.where
        )
        for place, each in enumerate(lines)
    ]
    found = {place: number for place, number in session.execute(union_all(*parts))}
    return [found.get(place, 0) for place in range(len(lines))]


def table(title: Any, lines: Sequence[Line], numbers: Iterable[int]) -> Table:
    """Lines with their numbers."""
    columns = (Column(_("Kind of work"), WORD), Column(_("Number"), COUNT))
    return Table(title, columns, [(each.label, number) for each, number in zip(lines, numbers, strict=True)])


def as_of(session: Session, branch_id: int, last: date) -> date:
    """The last of the days, or today where they are not over."""
    return min(last, today_in(session, branch_id))


def sites(session: Session, branch_id: int, end: date) -> tuple[int, int, int]:
    """Sites under construction on a day, with a mid-term payment due, with the final payment due (DEC-R65)."""
    built = session.scalar(select(func.count(Site.id)).where(Site.branch_id == branch_id, *lasted(end)))
    due = [
        session.scalar(
            select(func.count(func.distinct(Instalment.site_id))).where(
                Instalment.branch_id == branch_id, *owed(kinds, end)
            )
        )
        for kinds in (MID_TERM, AT_THE_END)
    ]
    return built or 0, due[0] or 0, due[1] or 0
