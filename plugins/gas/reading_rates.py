"""How many of the meters were read (GAS-K03 to GAS-K05), how many of them billed, and how right what is reported is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.measures.kinds import SHARE, Measure, Sum
from core.measures.months import Months, moved
from plugins.gas.billing import reasons
from plugins.gas.models import (
    ACTUAL,
    COMMERCIAL,
    INSIDE,
    OUTSIDE,
    PUBLIC_WELFARE,
    RESIDENT,
    USAGE,
    Account,
    Bill,
    BillingRun,
    BillingSkip,
    Meter,
    Reading,
)

WRONG = (reasons.NO_READING, reasons.NO_OPENING, reasons.NO_CLOSING, reasons.BELOW, reasons.OUT_OF_ORDER)
"""Why an account was not billed, where it is the reading's fault."""
Counts = dict[tuple[int, str], int]
"""By branch and month."""
_QUARTER = 3


def is_there(end: Any) -> ColumnElement[bool]:
    """Whether a meter hangs on a day."""
    return and_(Meter.installed_on <= end, or_(Meter.removed_on.is_(None), Meter.removed_on > end))


def meters_there(session: Session, months: Months, *which: ColumnElement[bool]) -> Counts:
    """The meters that are there at each month's end (today in the present one)."""
    ends = {month: months.end_of(month) for month in months.all}
    counted = (func.count(case((is_there(end), 1))) for end in ends.values())
    rows = session.execute(_of_accounts(select(Meter.branch_id, *counted), which).group_by(Meter.branch_id))
    return {
        (branch, month): count for branch, *counts in rows for month, count in zip(ends, counts, strict=True)
    }


def meters_read(session: Session, months: Months, *which: ColumnElement[bool]) -> Counts:
    """Of the meters that are there at each month's end, those with an actual reading of the month."""
    ends = {month: months.end_of(month) for month in months.all}
    counted = select(Reading.branch_id, Reading.period, func.count(func.distinct(Reading.meter_id)))
    counted = counted.join(Meter, Meter.id == Reading.meter_id)
    mine = (
        Reading.period.in_(months.all),
        Reading.kind == ACTUAL,
        is_there(case(ends, value=Reading.period, else_=months.today)),
    )
    rows = session.execute(
        _of_accounts(counted, which).where(*mine).group_by(Reading.branch_id, Reading.period)
    )
    return {(branch, month): count for branch, month, count in rows}


def _of_accounts(statement: Any, which: tuple[ColumnElement[bool], ...]) -> Any:
    return statement.join(Account, Account.id == Meter.account_id).where(*which) if which else statement


def shares(done: Counts, due: Counts) -> Iterator[Sum]:
    for (branch, month), of in due.items():
        if of:
            yield Sum(branch, month, done.get((branch, month), 0), of)


def monthly(*which: ColumnElement[bool]) -> Callable[[Session, Months], Iterable[Sum]]:
    """Meters read in a month, of those that are there at its end."""

    def sums(session: Session, months: Months) -> Iterator[Sum]:
        return shares(meters_read(session, months, *which), meters_there(session, months, *which))

    return sums


def quarterly(*which: ColumnElement[bool]) -> Callable[[Session, Months], Iterable[Sum]]:
    """Meters read since the quarter began, of those that are there at the month's end."""

    def sums(session: Session, months: Months) -> Iterator[Sum]:
        firsts = _first_readings(session, months, which)
        done: defaultdict[tuple[int, str], int] = defaultdict(int)
        for month in months.all:
            for so_far in quarter_until(month):
                for branch, count in firsts.get(so_far, {}).items():
                    done[branch, month] += count
        return shares(done, meters_there(session, months, *which))

    return sums


def quarter_until(month: str) -> tuple[str, ...]:
    """The months of a quarter up to this one."""
    return tuple(moved(month, -back) for back in range((int(month[5:7]) - 1) % _QUARTER, -1, -1))


def _first_readings(
    session: Session, months: Months, which: tuple[ColumnElement[bool], ...]
) -> dict[str, dict[int, int]]:
    """By month and branch: the meters, still there, that had their quarter's first actual reading in it."""
    known = {each for month in months.all for each in quarter_until(month)}
    quarters = {each: quarter_until(each)[0] for each in known}
    quarter: Any = case(quarters, value=Reading.period)
    first = (
        select(Reading.branch_id, Reading.meter_id, func.min(Reading.period).label("period"))
        .join(Meter, Meter.id == Reading.meter_id)
        .where(Reading.period.in_(known), Reading.kind == ACTUAL, Meter.removed_on.is_(None))
    )
    once = _of_accounts(first, which).group_by(Reading.branch_id, Reading.meter_id, quarter).subquery()
    rows = session.execute(
        select(once.c.branch_id, once.c.period, func.count()).group_by(once.c.branch_id, once.c.period)
    )
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for branch, period, count in rows:
        found[period][branch] = count
    return found


def read_and_billed(session: Session, months: Months) -> Iterator[Sum]:
    """Meters whose actual reading of the month went into a bill, of those that are there at its end."""
    return shares(meters_read(session, months, Reading.bill_id.is_not(None)), meters_there(session, months))


def right_accounts(session: Session, months: Months) -> Iterator[Sum]:
    """Accounts billed for a month, of these and those that it could not bill for a wrong or missing reading."""
    billed = select(Bill.branch_id, Bill.period, func.count()).where(
        Bill.period.in_(months.all), Bill.kind == USAGE
    )
    done: Counts = {
        (branch, month): count
        for branch, month, count in session.execute(billed.group_by(Bill.branch_id, Bill.period))
    }
    later = select(Bill.id).where(
        Bill.account_id == BillingSkip.account_id, Bill.period == BillingRun.period, Bill.kind == USAGE
    )
    wrong = (
        select(BillingSkip.branch_id, BillingRun.period, func.count(func.distinct(BillingSkip.account_id)))
        .join(BillingRun, BillingRun.id == BillingSkip.run_id)
        .where(BillingRun.period.in_(months.all), BillingSkip.reason.in_(WRONG), ~later.exists())
        .group_by(BillingSkip.branch_id, BillingRun.period)
    )
    due: defaultdict[tuple[int, str], int] = defaultdict(int, done)
    for branch, month, count in session.execute(wrong):
        due[branch, month] += count
    return shares(done, due)


def _readings(month: str, _months: Months) -> str:
    return f"/gas/reading/?f_period={month}&f_kind={ACTUAL}"


def _runs(month: str, _months: Months) -> str:
    return f"/gas/billing-run/?f_period={month}"


READ_FROM = (
    ("gas.reading", "period"),
    ("gas.reading", "kind"),
    ("gas.reading", "meter_id"),
    ("gas.meter", "mounting"),
    ("gas.account", "use_class"),
)


def _rate(name: str, label: Any, about: Any, sums: Any, usual: Decimal, clause: str) -> Measure:
    return Measure(
        id=name,
        label=label,
        unit=SHARE,
        entity="gas.reading",
        sums=sums,
        url=_readings,
        about=about,
        rests_on=READ_FROM,
        usual=usual,
        clause=clause,
    )


MEASURES: tuple[Measure, ...] = (
    _rate(
        "gas.read-commercial",
        _("Business meters read"),
        _("Commercial and public-welfare customers' meters with an actual reading of the month."),
        monthly(Account.use_class.in_((COMMERCIAL, PUBLIC_WELFARE))),
        Decimal(100),
        "GAS-R19",
    ),
    _rate(
        "gas.read-outside",
        _("Outside meters read"),
        _("Residents' meters outside the home with an actual reading of the month."),
        monthly(Account.use_class == RESIDENT, Meter.mounting == OUTSIDE),
        Decimal(98),
        "GAS-R20",
    ),
    _rate(
        "gas.read-inside",
        _("Inside meters read"),
        _("Residents' meters inside the home with an actual reading since the quarter began."),
        quarterly(Account.use_class == RESIDENT, Meter.mounting == INSIDE),
        Decimal(70),
        "GAS-R21",
    ),
    Measure(
        id="gas.read-and-billed",
        label=_("Meters read and billed"),
        unit=SHARE,
        entity="gas.reading",
        sums=read_and_billed,
        url=_readings,
        about=_(
            "Meters whose actual reading of the month went into a bill, of those that are there at its end."
        ),
        rests_on=(*READ_FROM[:3], ("gas.reading", "bill_id")),
    ),
    Measure(
        id="gas.report-accuracy",
        label=_("Accuracy of the monthly report"),
        unit=SHARE,
        entity="gas.billing-run",
        sums=right_accounts,
        url=_runs,
        about=_(
            "Accounts that were billed, of these and those that a wrong or missing reading kept from it."
        ),
        rests_on=(("gas.billing-run", "period"), ("gas.billing-skip", "account_id")),
        usual=Decimal(100),
        clause="GAS-R77",
    ),
)
