"""The month's reading sheet: downloaded with what is known, filled in on the round, checked and stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from core.branches import setwise
from core.data import UserError
from core.data.marks import N_
from core.exchange.judging import is_doubted, judge_row, keep_doubts
from core.exchange.kinds import Column, Finding, ImportKind, Param, Row
from core.handbook.findings import silently
from core.handbook.judging import Bench
from core.installation import installation
from plugins.gas import models
from plugins.gas.billing import periods
from plugins.gas.customers import shown_of
from plugins.gas.happenings import meters_read
from plugins.gas.readings import branch_today
from plugins.gas.rules import ReadingError, ReadingJudgement, judge_reading
from plugins.gas.sheets import facts
from plugins.gas.sheets.cells import NOT_HERE, day_text, find_twice, read_day, read_volume, volume_text, wrong
from plugins.gas.sheets.facts import ACCOUNT, METER, MeterFacts

ROUTE = setwise.table_of(models.Route)

COMMERCIAL = {
    "cumulative_usage": _("Cumulative usage"),
    "stored_balance": _("Balance stored in the meter"),
}
IN_SHEET = {"meter_id": "meter_number", "value": "reading"}
"""The columns of the fields that are called otherwise there."""
NOTHING_READ = N_(
    "No row of this sheet has a reading. Fill in the day and the reading of each meter that was read."
)
OTHER_ACCOUNT = N_("This meter does not belong to account %(account)s. Check both numbers.")
CLOSED = N_("This account is closed. Nothing is read there any more.")
REMOVED = N_("This meter was removed on %(day)s. Read the one that took its place.")
NO_OPENING = N_("This meter has no opening reading yet. Enter that one first.")
READ_ALREADY = N_("This meter was read for this month already, on %(day)s.")
FUTURE = N_("The day lies in the future. Enter the day on which the meter was read.")
BEFORE_MONTH = N_("The day lies before the month of this sheet.")
BEFORE_LAST = N_(
    "The last reading of this meter is of %(day)s. The new one cannot be of that day or earlier."
)
BELOW = N_("The reading is below the last one, %(last)s m³ on %(day)s. Read the meter again.")
ROLLOVER = N_(
    "The reading is below the last one, %(last)s m³. Confirm only if the dial went round past zero."
)
TOO_LONG = N_("This meter shows %(digits)s digits before the point, so it cannot show this.")


def columns() -> Sequence[Column]:
    """The columns of the sheet; the last four are filled in on the round, two of them of commercial customers."""
    return (
        Column("account_number", _("Account number")),
        Column("customer", _("Customer"), width=18),
        Column("address", _("Address"), width=36),
        Column("meter_number", _("Meter number"), required=True, width=18),
        Column("last_reading", _("Last reading"), text=False, width=12),
        Column("last_read_on", _("Last read on"), width=13),
        Column("read_on", _("Read on"), required=True, width=13, example="2026-11-20"),
        Column(
            "reading",
            _("Reading"),
            required=True,
            text=False,
            width=12,
            help=_("What the dial shows, in m³. Leave day and reading empty where the meter was not read."),
            example="1234",
        ),
        *(
            Column(
                name, label, text=False, width=12, help=_("What a commercial customer's meter shows, in m³.")
            )
            for name, label in COMMERCIAL.items()
        ),
    )


def params() -> Sequence[Param]:
    """The month, and for the download one route or all."""
    return (
        Param("period", _("Month"), "month", default=_this_month),
        Param(
            "route",
            _("Reading route"),
            required=False,
            entity="gas.route",
            blank=_("All routes"),
            only_download=True,
        ),
    )


def _this_month() -> str:
    return periods.period_of(branch_today(installation().database.session()))


def template_rows(session: Session, params: dict[str, str]) -> Sequence[Sequence[Any]]:
    """Every meter in service that is not read for the month yet, in the order of the routes."""
    last = facts.last_readings()
    known = (
        ACCOUNT.c.number,
        ACCOUNT.c.name,
        ACCOUNT.c.address,
        METER.c.number,
        last.c.value,
        last.c.read_on,
    )
    sheet = to_read(periods.checked(params["period"]), last).with_only_columns(*known)
    if params.get("route"):
        sheet = sheet.where(ROUTE.c.id == int(params["route"]))
    return [
        (
            number,
            shown_of("name", name),
            shown_of("address", address),
            *known,
            "",
            "",
            *("" for _ in COMMERCIAL),
        )
        for number, name, address, *known in setwise.fetch(session, sheet)
    ]


def to_read(period: str, last: Any) -> Select[Any]:
    """The meters in service that are not read for the month yet, in the order of the routes.

    `last` is `facts.last_readings` of these meters; the statement also has their account and, if any, their route.
    """
    read = facts.READING
    done = select(read.c.meter_id).where(read.c.period == period, read.c.kind == models.ACTUAL)
    return in_service(period, last).where(METER.c.id.not_in(done))


def in_service(period: str, last: Any) -> Select[Any]:
    """As `to_read`, with those that are read for the month."""
    meters: Select[Any] = (
        select(METER.c.id)
        .select_from(METER)
        .join(ACCOUNT, ACCOUNT.c.id == METER.c.account_id)
        .join(last, (last.c.meter_id == METER.c.id) & (last.c.newest == 1))
        .outerjoin(ROUTE, ROUTE.c.id == ACCOUNT.c.route_id)
        .where(ACCOUNT.c.state != models.CLOSED)
        .where(METER.c.installed_on <= periods.last_day(period))
        .where(or_(METER.c.removed_on.is_(None), METER.c.removed_on > periods.last_day(period)))
        .order_by(ROUTE.c.code, ACCOUNT.c.read_order, ACCOUNT.c.number)
    )
    return meters


def over_all(_session: Session, rows: list[Row], _params: dict[str, str]) -> None:
    """Leave out the rows without a day and a reading, which were not read, and note which meters stand twice."""
    rows[:] = [row for row in rows if row.cells.get("read_on") or row.cells.get("reading")]
    if not rows:
        raise UserError(NOTHING_READ)
    find_twice(rows, "meter_number")


def check(session: Session, rows: list[Row], params: dict[str, str]) -> None:
    """Judge the rows that have a day or a reading; those without both were not read and are left out."""
    period, today = periods.checked(params["period"]), branch_today(session)
    if periods.first_day(period) > today:
        raise UserError("This month has not begun yet. Choose this month or an earlier one.", field="period")
    over_all(session, rows, params)
    known = facts.meters_named(session, (row.cells["meter_number"] for row in rows))
    read = facts.read_in(session, period, (each.meter_id for each in known.values()))
    for row in rows:
        value, day = read_volume(row, "reading"), read_day(row, "read_on")
        meter = known.get(row.cells["meter_number"])
        if meter is None:
            wrong(row, NOT_HERE, "meter_number")
            continue
        _check_meter(row, meter, read)
        if day is not None:
            _check_day(row, day, meter, period, today)
        if value is not None:
            _check_value(row, value, meter)
        if value is not None and day is not None:
            row.values |= {"meter_id": meter.meter_id, "account_id": meter.account_id}
            row.values |= {"value": str(value), "read_on": day.isoformat()}
            row.values |= {name: _further(row, name) for name in COMMERCIAL}


def judged(session: Session, rows: list[Row], params: dict[str, str]) -> None:
    """As `check`; what is left is judged by the rule book as a reading is that is entered in the form."""
    check(session, rows, params)
    bench = Bench(session, installation().entities["gas.reading"])
    common = {"period": params["period"], "kind": models.ACTUAL, "source": "sheet"}
    with session.no_autoflush, silently():
        for row in rows:
            if not any(each.level == "error" for each in row.findings):
                judge_row(row, bench, models.Reading(**_stored(row.values), **common), IN_SHEET)


def _further(row: Row, name: str) -> str | None:
    value = read_volume(row, name) if row.cells.get(name) else None
    return None if value is None else str(value)


def _check_meter(row: Row, meter: MeterFacts, read: dict[int, date]) -> None:
    account = row.cells.get("account_number", "")
    if account and account != meter.account_number:
        wrong(row, OTHER_ACCOUNT, "meter_number", account=account)
    if meter.account_state == models.CLOSED:
        wrong(row, CLOSED, "meter_number")
    if meter.removed_on is not None:
        wrong(row, REMOVED, "meter_number", day=day_text(meter.removed_on))
    if meter.last_on is None:
        wrong(row, NO_OPENING, "meter_number")
    if meter.meter_id in read:
        wrong(row, READ_ALREADY, "meter_number", day=day_text(read[meter.meter_id]))


def _check_day(row: Row, day: date, meter: MeterFacts, period: str, today: date) -> None:
    if day > today:
        wrong(row, FUTURE, "read_on")
    elif day < periods.first_day(period):
        wrong(row, BEFORE_MONTH, "read_on")
    elif meter.last_on is not None and day <= meter.last_on:
        wrong(row, BEFORE_LAST, "read_on", day=day_text(meter.last_on))


def _check_value(row: Row, value: Decimal, meter: MeterFacts) -> None:
    last = value if meter.last_value is None else meter.last_value
    try:
        judgement = judge_reading(last, value, meter.digits)
    except ReadingError:
        wrong(row, TOO_LONG, "reading", digits=meter.digits)
        return
    row.values["rollover_confirmed"] = judgement is ReadingJudgement.ROLLOVER
    if judgement is ReadingJudgement.BELOW and meter.last_on is not None:
        wrong(row, BELOW, "reading", last=volume_text(last), day=day_text(meter.last_on))
    elif judgement is ReadingJudgement.ROLLOVER:
        row.findings.append(Finding(ROLLOVER, {"last": volume_text(last)}, level="warning", column="reading"))


def store(session: Session, rows: list[Row], params: dict[str, str], user_id: int | None) -> int:
    """Write the readings of the rows that are good or were confirmed."""
    common = {"period": params["period"], "kind": models.ACTUAL, "source": "sheet", "reader_id": user_id}
    return setwise.insert_rows(session, models.Reading, [{**_stored(row.values), **common} for row in rows])


def accepted(session: Session, rows: list[Row], params: dict[str, str], user_id: int | None) -> int:
    """As `store`, told to the rule book, which keeps what it doubts."""
    count = store(session, rows, params, user_id)
    if is_doubted(rows):
        doubted = [row.values["meter_id"] for row in rows if row.findings]
        _keep_doubts(session, params["period"], doubted)
    meters_read(session, (date.fromisoformat(row.values["read_on"]) for row in rows))
    return count


def _keep_doubts(session: Session, period: str, meters: list[int]) -> None:
    read = models.Reading
    of_the_month = select(read).where(read.period == period, read.source == "sheet")
    for part in facts.in_parts(meters):
        readings = session.scalars(of_the_month.where(read.meter_id.in_(part))).all()
        keep_doubts(session, installation().entities["gas.reading"], readings)


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    known = (name for name in ("value", *COMMERCIAL) if values.get(name) is not None)
    exact = {name: Decimal(values[name]) for name in known}
    return {**values, **exact, "read_on": date.fromisoformat(values["read_on"])}


READING_SHEET = ImportKind(
    id="gas.reading",
    label=_("Reading sheet"),
    entity="gas.reading",
    right="import",
    columns=columns,
    check=judged,
    store=accepted,
    template_rows=template_rows,
    params=params,
    over_all=over_all,
    help=_("Download the month's sheet, fill in what the meters show, and upload it."),
)
