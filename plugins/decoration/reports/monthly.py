"""The monthly reports (工程月报表、客服月报表; DEC-K03, DEC-K04), with completed works to settle (DEC-K08)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from core.reports.kinds import COUNT, MONEY, ON, SHARE, TEXT, WORD, Column, Figure, Filled, Table
from plugins.decoration import designers
from plugins.decoration.calls.owed import due_and_done
from plugins.decoration.entities.construction import STAGES
from plugins.decoration.entities.customers import SOURCES
from plugins.decoration.measures.construction import lasted
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import Settlement
from plugins.decoration.models.construction_stages import Acceptance
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Appointment, Receipt
from plugins.decoration.reports import counting, weekly
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c

MOST = 200


def month(session: Session, branch_id: int, first: date, last: date) -> Filled:
    """Engineering and customer service of a month; what is written beside are the summary and the plan."""
    contacts = counting.counted(session, branch_id, counting.LINES, first, last)
    works = counting.counted(session, branch_id, counting.WORKS, first, last)
    return Filled(
        (*weekly.site_figures(session, branch_id, last), *_service(session, branch_id, first, last)),
        (
            counting.table(_("Engineering monthly: works on site"), counting.WORKS, works),
            _stages(session, branch_id, first, last),
            _settlements(session, branch_id, first, last),
            counting.table(_("Customer service monthly: contacts"), counting.LINES, contacts),
            _sources(session, branch_id, first, last),
        ),
    )


def outlook(session: Session, branch_id: int, first: date, last: date) -> Filled:
    """What a plan of a quarter starts from."""
    contacts = counting.counted(session, branch_id, counting.LINES, first, last)
    figures = (
        *(
            Figure(each.label, each.value, each.kind)
            for each in weekly.site_figures(session, branch_id, last)
        ),
        *_service(session, branch_id, first, last),
    )
    return Filled(figures, (counting.table(_("Contacts of the quarter"), counting.LINES, contacts),))


def _service(session: Session, branch_id: int, first: date, last: date) -> tuple[Figure, ...]:
    due, done = due_and_done(session, branch_id, first, last)
    held = _one(
        session,
        Appointment,
        branch_id,
        Appointment.held_on.between(first, last),
        designers.are_negotiations(),
    )
    paid = _one(
        session, Receipt, branch_id, Receipt.received_on.between(first, last), designers.are_deposits()
    )
    return (
        Figure(_("Negotiations held"), held, measure="decoration.negotiations"),
        Figure(_("Deposits taken"), paid, measure="decoration.deposits"),
        Figure(_("Conversion rate"), weekly.share(paid, held), SHARE, measure="decoration.conversion"),
        Figure(_("Call-backs due"), due),
        Figure(_("of that made"), done),
        Figure(
            _("Share of call-backs made"), weekly.share(done, due), SHARE, measure="decoration.calls-made"
        ),
    )


def _one(session: Session, model: Any, branch_id: int, days: Any, which: Any) -> int:
    wanted = select(func.count(model.id)).where(model.branch_id == branch_id, days, *which)
    return session.scalar(wanted) or 0


def _stages(session: Session, branch_id: int, first: date, last: date) -> Table:
    """By stage: sites in it at the end, acceptances held and passed."""
    end = counting.as_of(session, branch_id, last)
    there: dict[Any, int] = dict(
        session.execute(
            select(Site.stage, func.count(Site.id))
            .where(Site.branch_id == branch_id, *lasted(end))
            .group_by(Site.stage)
        ).all()
    )
    passed = func.count(case((Acceptance.state.in_((c.PASSED, c.CLOSED)), 1)))
    held = {
        stage: (count, done)
        for stage, count, done in session.execute(
            select(Acceptance.checkpoint, func.count(Acceptance.id), passed)
            .where(Acceptance.branch_id == branch_id, Acceptance.held_on.between(first, last))
            .group_by(Acceptance.checkpoint)
        )
    }
    columns = (
        Column(_("Stage of the works"), WORD),
        Column(_("Sites in this stage"), COUNT),
        Column(_("Acceptances held"), COUNT),
        Column(_("Passed"), COUNT),
        Column(_("Share passed"), SHARE),
    )
    rows: list[Any] = [
        (label, there.get(stage, 0), count, done, weekly.share(done, count))
        for stage, label in STAGES
        for count, done in (held.get(stage, (0, 0)),)
    ]
    return Table(_("Engineering monthly: stages"), columns, rows)


def _settlements(session: Session, branch_id: int, first: date, last: date) -> Table:
    """Completed works that were listed or settled in the month, or wait to be settled."""
    own = Settlement
    rows: Any = session.execute(
        select(Site.number, Customer.name, own.completed_on, own.owed, own.finance_told_on, own.settled_on)
        .join(Site, Site.id == own.site_id)
        .join(Customer, Customer.id == own.customer_id)
        .where(
            own.branch_id == branch_id,
            own.completed_on <= last,
            (own.completed_on >= first) | own.settled_on.is_(None) | (own.settled_on >= first),
        )
        .order_by(own.completed_on, own.id)
        .limit(MOST)
    )
    columns = (
        Column(_("Construction site"), TEXT),
        Column(_("Customer"), TEXT),
        Column(_("Works completed on"), ON),
        Column(_("Owed when listed"), MONEY),
        Column(_("Finance told on"), ON),
        Column(_("Settled on"), ON),
    )
    found = [tuple(each) for each in rows]
    owed = sum((each[3] for each in found if each[3] is not None), Decimal(0))
    total = (None, None, None, owed, None, None) if found else None
    return Table(_("Settlement list of completed works"), columns, found, total)


def _sources(session: Session, branch_id: int, first: date, last: date) -> Table:
    """Customers filed in the month by where they came from, and what became of them by now."""
    signed, lost = (func.count(case((Customer.state == each, 1))) for each in (n.SIGNED, n.LOST))
    rows: Any = session.execute(
        select(Customer.source, func.count(Customer.id), signed, lost)
        .where(Customer.branch_id == branch_id, Customer.filed_on.between(first, last))
        .group_by(Customer.source)
    )
    found = {source: numbers for source, *numbers in rows}
    columns = (
        Column(_("Source of the customer"), WORD),
        Column(_("Customers filed"), COUNT),
        Column(_("Contract signed"), COUNT),
        Column(_("Lost to others"), COUNT),
    )
    lines = [(label, *found[source]) for source, label in SOURCES if source in found]
    return Table(_("Customer service monthly: customers by source"), columns, lines)
