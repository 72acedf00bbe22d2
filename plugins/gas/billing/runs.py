"""A billing run from its plan to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core import history
from core.branches import setwise
from core.data import UserError, clock
from plugins.gas import arrears
from plugins.gas.billing import checking, due, periods, posting
from plugins.gas.billing.chunk import ACCOUNT, Chunk, lock_readings, to_bill
from plugins.gas.billing.stage_accounts import stage_accounts
from plugins.gas.billing.stage_meters import stage_meters
from plugins.gas.models import CANCELLED, DONE, RUNNING, WAITING, Bill, BillingRun, BillingSkip

CHUNK = 1_000
"""Accounts worked out together in one transaction."""


@dataclass(frozen=True)
class Made:
    """What a chunk came to."""

    bills: int
    skipped: int


def new_run(session: Session, period: str, billed_on: date, user_id: int | None = None) -> BillingRun:
    """A run for a month that has begun; UserError for one that has not, or for what is no month."""
    if periods.first_day(periods.checked(period)) > billed_on:
        raise UserError(
            "%(period)s has not begun yet. Choose this month or an earlier one.",
            field="period",
            period=period,
        )
    _close_left_open(session)
    first_due = min(each.until for each in due.payable(session, (billed_on,)).values())
    run = BillingRun(period=period, billed_on=billed_on, due_on=first_due, started_by=user_id)
    session.add(run)
    session.flush()
    return run


def _close_left_open(session: Session) -> None:
    """Close runs that broke off. A branch has one run at a time, so an earlier one that is open will never end."""
    left_open = select(BillingRun).where(BillingRun.state.in_((WAITING, RUNNING)))
    for run in session.scalars(left_open).all():
        close_run(session, run, CANCELLED)


def plan(session: Session, run: BillingRun, size: int = CHUNK) -> list[tuple[int, int, int]]:
    """Ranges of account ids to work on, as first id, last id, number of accounts."""
    run.state = RUNNING
    place = func.row_number().over(order_by=ACCOUNT.c.id) - 1
    accounts = select(ACCOUNT.c.id, (place // size).label("chunk")).where(to_bill(run.period)).subquery()
    ranges: Select[Any] = select(func.min(accounts.c.id), func.max(accounts.c.id), func.count())  # type: ignore[assignment]
    return [
        (first, last, count)
        for first, last, count in setwise.fetch(
            session, ranges.group_by(accounts.c.chunk).order_by(accounts.c.chunk)
        )
    ]


def bill_chunk(session: Session, run: BillingRun, first: int, last: int) -> Made:
    """Bill the accounts with ids from `first` to `last` that have no bill for the period yet."""
    chunk = Chunk(run.id, run.period, first, last)
    about = {"period": run.period, "first": first, "last": last}
    with history.one_entry(session, BillingRun, run.id, **about) as entry:
        setwise.join_sets(session)
        lock_readings(session, chunk)
        stage_meters(session, chunk)
        stage_accounts(session, chunk)
        checks = checking.of_run(session, run)
        checking.refuse(session, chunk, run, checks)
        skipped = posting.post_skips(session, chunk)
        bills = posting.post_bills(session, chunk, run)
        posting.post_lines(session, chunk)
        posting.post_segments(session, chunk)
        posting.mark_readings(session, chunk)
        arrears.bills_posted(session, posting.posted_by(chunk), (first, last))
        checking.doubt(session, chunk, run, checks)
        entry.checksum = posting.checksum(session, chunk)
        posting.clear_stage(session, chunk)
    session.expire_all()
    return Made(bills, skipped)


def close_run(session: Session, run: BillingRun, state: str = DONE) -> None:
    """Write down what the run came to; `state` is DONE or CANCELLED."""
    run.bills = _count(session, Bill, run.id)
    run.skipped = _count(session, BillingSkip, run.id)
    run.accounts = run.bills + run.skipped
    run.state = state
    run.finished_at = clock.now()
    session.flush()


def cancel_run(session: Session, run: BillingRun) -> None:
    """The run ends with the chunks done so far; the next run for the period bills the rest."""
    close_run(session, run, CANCELLED)


def _count(session: Session, model: type[Bill] | type[BillingSkip], run_id: int) -> int:
    return session.scalar(select(func.count()).select_from(model).where(model.run_id == run_id)) or 0
