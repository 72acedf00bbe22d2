"""The weekly report (周报表; DEC-K01), the count of sites (工地数量统计; DEC-K02), designers' figures (DEC-K05)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.reports.kinds import COUNT, MONEY, ON, SHARE, TEXT, WORD, Column, Figure, Filled, Table
from plugins.decoration import designers
from plugins.decoration.calls.owed import due_and_done
from plugins.decoration.entities.construction_papers import KINDS
from plugins.decoration.measures.construction import AT_THE_END, MID_TERM, owed
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import Instalment
from plugins.decoration.models.customers import Customer
from plugins.decoration.reports import counting

MOST = 200
"""Payments that are named one by one; the list has them all."""
_EXACT = Decimal("0.000001")
UNDER_CONSTRUCTION, MID_DUE, FINAL_DUE = (
    _("Sites under construction"),
    _("Sites with a mid-term payment due"),
    _("Sites with the final payment due"),
)


def week(session: Session, branch_id: int, first: date, last: date) -> Filled:
    """Contacts, call-backs and works of a week."""
    due, done = due_and_done(session, branch_id, first, last)
    contacts = counting.counted(session, branch_id, counting.LINES, first, last)
    works = counting.counted(session, branch_id, counting.WORKS, first, last)
    figures = (
        Figure(_("Call-backs due"), due),
        Figure(_("of that made"), done),
        Figure(_("Share of call-backs made"), share(done, due), SHARE),
        *site_figures(session, branch_id, last),
    )
    return Filled(
        figures,
        (
            counting.table(_("Contacts with customers"), counting.LINES, contacts),
            counting.table(_("Works on site"), counting.WORKS, works),
        ),
    )


def sites(session: Session, branch_id: int, _first: date, last: date) -> Filled:
    """Sites as they stand, and each payment that is due."""
    return Filled(site_figures(session, branch_id, last), (payments(session, branch_id, last),))


def site_figures(session: Session, branch_id: int, last: date) -> tuple[Figure, ...]:
    """The three counters; of a month they are those of the dashboard."""
    built, mid, final = counting.sites(session, branch_id, counting.as_of(session, branch_id, last))
    return (
        Figure(UNDER_CONSTRUCTION, built, measure="decoration.sites"),
        Figure(MID_DUE, mid, measure="decoration.mid-due"),
        Figure(FINAL_DUE, final, measure="decoration.final-due"),
    )


def payments(session: Session, branch_id: int, last: date) -> Table:
    """Payments due, the oldest first."""
    end, labels = counting.as_of(session, branch_id, last), dict(KINDS)
    rows: Any = session.execute(
        select(Site.number, Customer.name, Instalment.kind, Instalment.amount, Instalment.due_on)
        .join(Site, Site.id == Instalment.site_id)
        .join(Customer, Customer.id == Instalment.customer_id)
        .where(Instalment.branch_id == branch_id, *owed((*MID_TERM, *AT_THE_END), end))
        .order_by(Instalment.due_on, Instalment.id)
        .limit(MOST)
    )
    columns = (
        Column(_("Construction site"), TEXT),
        Column(_("Customer"), TEXT),
        Column(_("Kind of payment"), WORD),
        Column(_("Amount"), MONEY),
        Column(_("Due since"), ON),
    )
    found: list[Any] = [(site, name, labels[kind], amount, since) for site, name, kind, amount, since in rows]
    return Table(_("Payments due"), columns, found)


def designers_figures(session: Session, _branch_id: int, first: date, last: date) -> Filled:
    """Negotiations, deposits and conversion of each designer; only what the branch publishes (DEC-R42)."""
    names = designers.published(session, last)
    found = designers.figures_between(session, first, last)
    cells: dict[str, tuple[Any, str, Callable[[designers.Figures], Any]]] = {
        designers.NEGOTIATIONS: (_("Negotiations held"), COUNT, lambda each: each.negotiations),
        designers.DEPOSITS: (_("Deposits taken"), COUNT, lambda each: each.deposits),
        designers.CONVERSION: (
            _("Conversion rate"),
            SHARE,
            lambda each: share(each.deposits, each.negotiations),
        ),
    }
    shown = [cells[each] for each in names]
    columns = (Column(_("Designer"), TEXT), *(Column(label, kind) for label, kind, _value in shown))
    rows = [(each.name or None, *(value(each) for _label, _kind, value in shown)) for each in found]
    held, paid = sum(each.negotiations for each in found), sum(each.deposits for each in found)
    whole = designers.Figures(None, "", held, paid)
    figures = [Figure(label, value(whole), kind) for label, kind, value in shown]
    return Filled(figures, (Table(_("Designers' figures"), columns, rows),))


def share(done: int, due: int) -> Decimal | None:
    """A part of a whole; None where there was none."""
    return (Decimal(done) / Decimal(due)).quantize(_EXACT) if due else None
