"""The daily reading report (抄表日报表; GAS-K01), and the month's summary and analysis (抄表资料汇总; GAS-K02)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import Session

from core.measures.months import month_of
from core.reports.kinds import COUNT, QUANTITY, SHARE, TEXT, WORD, Column, Figure, Filled, Table
from plugins.gas.models import ACTUAL, Account, Bill, Meter, Reading, Route
from plugins.gas.reading_rates import ALL, BUSINESS, RESIDENT_INSIDE, RESIDENT_OUTSIDE, is_there, rates
from plugins.gas.reports import common

TREND = 6
"""Months that the analysis looks back on, the reported one among them."""
MOST_ROUTES = 200

RATES = (
    (ALL, _("Meters read"), "gas.read"),
    (BUSINESS, _("Business meters read"), "gas.read-commercial"),
    (RESIDENT_OUTSIDE, _("Outside meters read"), "gas.read-outside"),
    (RESIDENT_INSIDE, _("Inside meters read"), "gas.read-inside"),
)


def day(session: Session, branch_id: int, first: date, last: date) -> Filled:
    """A day of reading: the meters that were still to be read this month, those read, not seen, and abnormal."""
    routes = _routes(session, branch_id, first)
    skipped = common.skipped_by_reason(session, branch_id, first, last)
    due, read = sum(each[2] for each in routes), sum(each[3] for each in routes)
    figures = (
        Figure(_("Meters due"), due),
        Figure(_("Meters read on the day"), read),
        Figure(_("Share of those due"), common.part(read, due), SHARE),
        Figure(_("Meters not seen"), sum(skipped.values())),
        Figure(_("Abnormal meters"), skipped.get(common.BROKEN, 0)),
    )
    walked = [each for each in routes if each[3]][:MOST_ROUTES]
    columns = (
        Column(_("Route")),
        Column(_("Meters due"), COUNT),
        Column(_("Read"), COUNT),
        Column(_("Still to read"), COUNT),
    )
    rows = [(_called(code, name), due, read, due - read) for code, name, due, read in walked]
    return Filled(figures, (Table(_("Routes that were walked"), columns, rows), _not_seen(skipped)))


def _called(code: str | None, name: str | None) -> str | None:
    return f"{code} {name}" if code else None


def _routes(session: Session, branch_id: int, on: date) -> list[tuple[str | None, str | None, int, int]]:
    """Route, the meters that were unread this month when the day began, and those of them read on it; one statement."""
    month, mine = month_of(on), Reading.meter_id == Meter.id
    of_month = (mine, Reading.period == month, Reading.kind == ACTUAL)
    before = exists().where(*of_month, Reading.read_on < on)
    that_day = exists().where(*of_month, Reading.read_on == on)
    rows = session.execute(
        select(
            Route.code,
            Route.name,
            func.count(case((~before, Meter.id))),
            func.count(case((and_(~before, that_day), Meter.id))),
        )
        .select_from(Meter)
        .join(Account, Account.id == Meter.account_id)
        .join(Route, Route.id == Account.route_id, isouter=True)
        .where(Meter.branch_id == branch_id, is_there(on))
        .group_by(Route.code, Route.name)
        .order_by(Route.code)
    )
    return [(code, name, due, read) for code, name, due, read in rows]


def _not_seen(skipped: Mapping[str, int]) -> Table:
    columns = (Column(_("Why it was not read"), WORD), Column(_("Meters"), COUNT))
    rows = [(common.reason_words(reason), count) for reason, count in skipped.items()]
    return Table(_("Meters not seen"), columns, rows, (None, sum(skipped.values())) if rows else None)


def month(session: Session, branch_id: int, first: date, last: date) -> Filled:
    """A month's readings by class, how they stand to those of the months before, and what was abnormal."""
    of = month_of(first)
    months = common.months_of(session, branch_id, of, TREND)
    found = rates(session, months)
    figures = [
        Figure(label, common.share_of(common.sum_of(found[name], branch_id, of)), SHARE, measure=measure)
        for name, label, measure in RATES
    ]
    skipped = common.skipped_by_reason(session, branch_id, first, last)
    figures.append(Figure(_("Abnormal meters"), skipped.get(common.BROKEN, 0)))
    volumes = _volumes(session, branch_id, months.all)
    return Filled(
        figures,
        (
            _by_class(session, branch_id, of, months.end_of(of)),
            _trend(found[ALL], branch_id, months.all, volumes),
            _not_seen(skipped),
        ),
    )


def _by_class(session: Session, branch_id: int, of: str, end: date) -> Table:
    there = common.meters_by_class(session, branch_id, end)
    read = common.read_by_class(session, branch_id, of, end)
    billed = common.billed_by_class(session, branch_id, Bill.period == of)
    columns = (
        Column(_("Class of use"), WORD),
        Column(_("Meters"), COUNT),
        Column(_("Read"), COUNT),
        Column(_("Not read"), COUNT),
        Column(_("Share read"), SHARE),
        Column(_("Billed volume"), QUANTITY, common.M3),
    )
    rows = [
        (label, due, done, due - done, common.part(done, due), billed[code][1] if code in billed else None)
        for code, label in common.CLASSES.items()
        for due, done in ((there.get(code, 0), read.get(code, 0)),)
        if due or code in billed
    ]
    due, done = sum(there.values()), sum(read.values())
    volume = sum((each[1] for each in billed.values()), common.NOTHING)
    return Table(
        _("By class of use"), columns, rows, (None, due, done, due - done, common.part(done, due), volume)
    )


def _trend(sums: Any, branch_id: int, months: tuple[str, ...], volumes: Mapping[str, Any]) -> Table:
    columns = (
        Column(_("Month"), TEXT),
        Column(_("Meters"), COUNT),
        Column(_("Read"), COUNT),
        Column(_("Share read"), SHARE),
        Column(_("Billed volume"), QUANTITY, common.M3),
    )
    rows = [
        (each, int(found.of or 0), int(found.amount), common.share_of(found), volumes.get(each))
        for each in months
        for found in (common.sum_of(sums, branch_id, each),)
        if found is not None
    ]
    return Table(_("The months before"), columns, rows)


def _volumes(session: Session, branch_id: int, months: tuple[str, ...]) -> dict[str, Any]:
    rows: Any = session.execute(
        select(Bill.period, common.volume_of(Bill.usage))
        .where(Bill.branch_id == branch_id, Bill.period.in_(months), common.IS_USAGE)
        .group_by(Bill.period)
    )
    return {row[0]: row[1] for row in rows}
