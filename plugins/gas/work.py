"""The gas office's work that waits: meters to read, money to collect, accounts that the billing left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import url_for
from flask_babel import gettext, ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.people.access import may
from core.ui import format as shown
from core.work.kinds import WorkItem, WorkKind
from plugins.gas.billing import periods
from plugins.gas.cutting_off import waiting_orders
from plugins.gas.models import DONE, BillingRun
from plugins.gas.owing import LATER, OVERDUE, TODAY, debt_by_due
from plugins.gas.rounds import unread_by_own_route
from plugins.gas.rules.cutting_off import DECIDED, EXECUTED

MOST_RUNS = 3
MOST_ROUTES = 6


def meters_to_read(session: Session, day: date) -> Sequence[WorkItem]:
    """The routes of the reader's own with meters that are not read this month; each line opens the round there."""
    if not may("gas.meter", "see"):
        return []
    return [
        WorkItem(
            gettext("Meters to read"),
            count,
            url_for("RoundView.page", plugin="gas", name="readings", book=code),
            hint=shown.month(day.replace(day=1)),
            subject=f"{code} {name}",
        )
        for code, name, count in unread_by_own_route(session, periods.period_of(day), MOST_ROUTES)
    ]


def bills_to_collect(session: Session, day: date) -> Sequence[WorkItem]:
    """Accounts that owe, by when their bills are due; each line leads to the arrears list of just these bills."""
    titles = {
        OVERDUE: gettext("Accounts with overdue bills"),
        TODAY: gettext("Accounts with bills due today"),
        LATER: gettext("Accounts with bills not due yet"),
    }
    return [
        WorkItem(
            titles[each.due],
            each.accounts,
            f"/gas/arrears/?f_due={each.due}",
            due=each.first_due,
            hint=shown.money(each.owed) if each.owed is not None else "",
        )
        for each in debt_by_due(session, day)
    ]


def accounts_not_billed(session: Session, _day: date) -> Sequence[WorkItem]:
    """Of the latest run of each month: the accounts that it could not bill."""
    latest = select(func.max(BillingRun.id)).where(BillingRun.state == DONE).group_by(BillingRun.period)
    runs = session.scalars(
        select(BillingRun)
        .where(BillingRun.id.in_(latest), BillingRun.skipped > 0)
        .order_by(BillingRun.period.desc())
        .limit(MOST_RUNS)
    )
    return [
        WorkItem(
            gettext("Accounts not billed in %(period)s", period=run.period),
            run.skipped,
            _left_out(run),
            hint=ngettext(
                "%(num)s bill made", "%(count)s bills made", run.bills, count=shown.number(run.bills)
            ),
        )
        for run in runs
    ]


def cut_offs(session: Session, _day: date) -> Sequence[WorkItem]:
    """What the reader does without a rule that obliges to it: gas to cut off, gas to restore once all is paid."""
    titles = {
        DECIDED: gettext("Customers whose gas is to be cut off"),
        EXECUTED: gettext("Customers whose gas is to be restored"),
    }
    return [
        WorkItem(titles[state], count, f"/gas/cut-off/?f_state.eq={state}", due=first)
        for state, count, first in waiting_orders(session)
    ]


def _left_out(run: BillingRun) -> str:
    if may("gas.billing-skip", "see"):
        return f"/gas/billing-skip/?f_run_id={run.id}"
    return url_for("GasBilling.result", id=run.id)


WORK = (
    WorkKind("gas.meters-to-read", meters_to_read, "gas.reading", "add", icon="walk"),
    WorkKind("gas.bills-to-collect", bills_to_collect, "gas.account", "see-arrears", icon="cash"),
    WorkKind("gas.cut-offs", cut_offs, "gas.cut-off", "execute", icon="flame-off"),
    WorkKind("gas.accounts-not-billed", accounts_not_billed, "gas.billing-run", "run", icon="file-alert"),
)
