"""How many of the meters were read (GAS-K03 to GAS-K05), and how many of them billed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.measures.kinds import SHARE, Measure, Part, Sum
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
BUSINESS, RESIDENT_OUTSIDE, RESIDENT_INSIDE, OTHER = "business", "outside", "inside", "other"
ALL, BILLED = "all", "billed"
Counts = dict[tuple[int, str], int]
"""By branch and month."""
_QUARTER = 3


def read_of(name: str) -> Part:
    """A rate of reading; all of them are counted together."""
    return Part(rates, name)


def rates(session: Session, months: Months) -> Mapping[str, Sequence[Sum]]:
    """Meters read, of those that are there at the month's end: all, by customer and place, and those billed.

    Residents' meters inside the home are read once a quarter, so theirs count since the quarter began.
    """
    there, read = _there(session, months), _read(session, months)
    read[RESIDENT_INSIDE] = _since_the_quarter_began(session, months)
    wholes = {BUSINESS: BUSINESS, RESIDENT_OUTSIDE: RESIDENT_OUTSIDE, RESIDENT_INSIDE: RESIDENT_INSIDE}
    return {
        name: list(shares(read[name], there[wholes.get(name, ALL)]))
        for name in (ALL, BUSINESS, RESIDENT_OUTSIDE, RESIDENT_INSIDE, BILLED)
    }


def shares(done: Counts, due: Counts) -> Iterator[Sum]:
    for (branch, month), of in due.items():
        if of:
            yield Sum(branch, month, done.get((branch, month), 0), of)


def is_there(end: Any) -> ColumnElement[bool]:
    """Whether a meter hangs on a day."""
    return and_(Meter.installed_on <= end, or_(Meter.removed_on.is_(None), Meter.removed_on > end))


def _kind(use_class: str, mounting: str) -> str:
    """By which rate a meter counts."""
    if use_class in (COMMERCIAL, PUBLIC_WELFARE):
        return BUSINESS
    places = {OUTSIDE: RESIDENT_OUTSIDE, INSIDE: RESIDENT_INSIDE}
    return places.get(mounting, OTHER) if use_class == RESIDENT else OTHER


def _there(session: Session, months: Months) -> defaultdict[str, Counts]:
    """The meters that are there at each month's end (today in the present one)."""
    ends = {month: months.end_of(month) for month in months.all}
    counted = (func.count(case((is_there(end), 1))) for end in ends.values())
    parts = Meter.branch_id, Account.use_class, Meter.mounting
    columns: list[Any] = [*parts, *counted]
    asked = select(*columns).join(Account, Account.id == Meter.account_id).group_by(*parts)
    found: defaultdict[str, Counts] = defaultdict(lambda: defaultdict(int))
    for branch, use_class, mounting, *counts in session.execute(asked):
        for month, count in zip(ends, counts, strict=True):
            for name in (ALL, _kind(use_class, mounting)):
                found[name][branch, month] += count
    return found


def _read(session: Session, months: Months) -> defaultdict[str, Counts]:
    """Of the meters that are there at each month's end, those with an actual reading of the month."""
    ends = {month: months.end_of(month) for month in months.all}
    parts = Reading.branch_id, Reading.period, Account.use_class, Meter.mounting
    billed = case((Reading.bill_id.is_not(None), Reading.meter_id))
    counted: list[Any] = [func.count(func.distinct(each)) for each in (Reading.meter_id, billed)]
    asked = (
        select(*parts, *counted)
        .join(Meter, Meter.id == Reading.meter_id)
        .join(Account, Account.id == Meter.account_id)
        .where(
            Reading.period.in_(months.all),
            Reading.kind == ACTUAL,
            is_there(case(ends, value=Reading.period, else_=months.today)),
        )
        .group_by(*parts)
    )
    found: defaultdict[str, Counts] = defaultdict(lambda: defaultdict(int))
    rows: Any = session.execute(asked)
    for branch, month, use_class, mounting, count, in_bills in rows:
        for name in (ALL, _kind(use_class, mounting)):
            found[name][branch, month] += count
        found[BILLED][branch, month] += in_bills
    return found


def _since_the_quarter_began(session: Session, months: Months) -> Counts:
    """Residents' meters inside the home, there at the month's end, that were read since the quarter began."""
    firsts = _first_readings(session, months)
    done: defaultdict[tuple[int, str], int] = defaultdict(int)
    for month in months.all:
        for so_far in quarter_until(month):
            for branch, counts in firsts.get(so_far, {}).items():
                done[branch, month] += counts[month]
    return done


def quarter_until(month: str) -> tuple[str, ...]:
    """The months of a quarter up to this one."""
    return tuple(moved(month, -back) for back in range((int(month[5:7]) - 1) % _QUARTER, -1, -1))


def _first_readings(session: Session, months: Months) -> dict[str, dict[int, dict[str, int]]]:
    """By month and branch: the meters that had their quarter's first actual reading in it, as many as were still there
    at the end of each month."""
    known = {each for month in months.all for each in quarter_until(month)}
    quarters = {each: quarter_until(each)[0] for each in known}
    quarter: Any = case(quarters, value=Reading.period)
    first = (
        select(
            Reading.branch_id, Reading.meter_id, Meter.removed_on, func.min(Reading.period).label("period")
        )
        .join(Meter, Meter.id == Reading.meter_id)
        .join(Account, Account.id == Meter.account_id)
        .where(Reading.period.in_(known), Reading.kind == ACTUAL)
        .where(Account.use_class == RESIDENT, Meter.mounting == INSIDE)
    )
    once = first.group_by(Reading.branch_id, Reading.meter_id, Meter.removed_on, quarter).subquery()
    gone = once.c.removed_on
    still = (func.count(case((or_(gone.is_(None), gone > months.end_of(month)), 1))) for month in months.all)
    columns: list[Any] = [once.c.branch_id, once.c.period, *still]
    found: defaultdict[str, dict[int, dict[str, int]]] = defaultdict(dict)
    for branch, period, *counts in session.execute(
        select(*columns).group_by(once.c.branch_id, once.c.period)
    ):
        found[period][branch] = dict(zip(months.all, counts, strict=True))
    return found


def not_billed_for_a_reading(session: Session, months: Months) -> Counts:
    """Accounts that a month could not bill for a wrong or missing reading, and has not billed since."""
    later = select(Bill.id).where(
        Bill.account_id == BillingSkip.account_id, Bill.period == BillingRun.period, Bill.kind == USAGE
    )
    wrong = (
        select(BillingSkip.branch_id, BillingRun.period, func.count(func.distinct(BillingSkip.account_id)))
        .join(BillingRun, BillingRun.id == BillingSkip.run_id)
        .where(BillingRun.period.in_(months.all), BillingSkip.reason.in_(WRONG), ~later.exists())
        .group_by(BillingSkip.branch_id, BillingRun.period)
    )
    return {(branch, month): count for branch, month, count in session.execute(wrong)}


def _readings(month: str, _months: Months) -> str:
    return f"/gas/reading/?f_period={month}&f_kind={ACTUAL}"


READ_FROM = (
    ("gas.reading", "period"),
    ("gas.reading", "kind"),
    ("gas.reading", "meter_id"),
    ("gas.meter", "mounting"),
    ("gas.account", "use_class"),
)


def _rate(name: str, label: Any, about: Any, sums: Any) -> Measure:
    return Measure(
        id=name,
        label=label,
        unit=SHARE,
        entity="gas.reading",
        sums=sums,
        url=_readings,
        about=about,
        rests_on=READ_FROM,
    )


MEASURES: tuple[Measure, ...] = (
    _rate(
        "gas.read-commercial",
        _("Business meters read"),
        _("Commercial and public-welfare customers' meters with an actual reading of the month."),
        read_of(BUSINESS),
    ),
    _rate(
        "gas.read-outside",
        _("Outside meters read"),
        _("Residents' meters outside the home with an actual reading of the month."),
        read_of(RESIDENT_OUTSIDE),
    ),
    _rate(
        "gas.read-inside",
        _("Inside meters read"),
        _("Residents' meters inside the home with an actual reading since the quarter began."),
        read_of(RESIDENT_INSIDE),
    ),
    Measure(
        id="gas.read-and-billed",
        label=_("Meters read and billed"),
        unit=SHARE,
        entity="gas.reading",
        sums=read_of(BILLED),
        url=_readings,
        about=_(
            "Meters whose actual reading of the month went into a bill, of those that are there at its end."
        ),
        rests_on=(*READ_FROM[:3], ("gas.reading", "bill_id")),
    ),
)
