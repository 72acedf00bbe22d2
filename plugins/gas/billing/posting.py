"""What is on the stage becomes bills with lines and segments, or accounts that were skipped with a reason."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, case, delete, func, literal, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core import history
from core.branches import setwise
from core.branches.setwise import table_of
from core.data import clock, greatest
from plugins.gas import models
from plugins.gas.billing import due, periods, sql
from plugins.gas.billing.chunk import ACCOUNT, BILL, BOUND, ONCE, READING, STAGED, STAGED_METER, Chunk
from plugins.gas.billing.sql import units
from plugins.gas.rules import Rounding


def post_skips(session: Session, chunk: Chunk) -> int:
    """List the accounts that get no bill; answers how many."""
    source = (
        select(
            literal(chunk.run_id),
            STAGED.c.account_id,
            STAGED.c.reason,
            STAGED.c.problem_meter_id,
            STAGED_METER.c.from_value,
            STAGED_METER.c.to_value,
            func.coalesce(STAGED_METER.c.to_on, STAGED.c.read_to),
            ACCOUNT.c.hold_reason,
        )
        .select_from(STAGED)
        .join(ACCOUNT, ACCOUNT.c.id == STAGED.c.account_id)
        .outerjoin(
            STAGED_METER,
            and_(STAGED_METER.c.run_id == chunk.run_id, STAGED_METER.c.meter_id == STAGED.c.problem_meter_id),
        )
        .where(STAGED.c.run_id == chunk.run_id, chunk.found(ACCOUNT.c.id), STAGED.c.reason.is_not(None))
    )
    columns = ("run_id", "account_id", "reason", "meter_id", "from_value", "to_value", "read_on", "note")
    return setwise.insert_select(session, models.BillingSkip, columns, source)


def post_bills(session: Session, chunk: Chunk, run: models.BillingRun) -> int:
    """Post the bills with their totals; answers how many."""
    source = to_post(session, chunk, run)
    return setwise.insert_select(
        session, models.Bill, [str(each.key) for each in source.selected_columns], source
    )


def to_post(session: Session, chunk: Chunk, run: models.BillingRun) -> Select[Any]:
    """The bills that the stage comes to, their columns called as those of bills."""
    priced = _totals(chunk)
    values: dict[str, Any] = {
        "number": literal(chunk.period.replace("-", "") + "-") + ACCOUNT.c.number,
        "account_id": STAGED.c.account_id,
        "kind": literal(models.USAGE),
        "period": literal(chunk.period),
        "read_from": STAGED.c.read_from,
        "read_to": STAGED.c.read_to,
        "usage": STAGED.c.usage,
        "volume_before": STAGED.c.volume_before,
        "pricing_year": STAGED.c.pricing_year,
        "tariff_version_id": STAGED.c.tariff_version_id,
        "extra_allowance": STAGED.c.extra_allowance,
        "months": STAGED.c.months,
        "minimum": STAGED.c.minimum,
        "rounding": STAGED.c.rounding,
        "total": func.coalesce(priced.c.total, 0),
        "billed_on": literal(run.billed_on),
        **due.columns(ACCOUNT.c.use_class, run.billed_on, due.payable(session, (run.billed_on,))),
        "run_id": literal(chunk.run_id),
    }
    return (
        select(*(value.label(name) for name, value in values.items()))
        .select_from(STAGED)
        .join(ACCOUNT, ACCOUNT.c.id == STAGED.c.account_id)
        .outerjoin(priced, priced.c.account_id == STAGED.c.account_id)
        .where(chunk.found(ACCOUNT.c.id), _billable(chunk))
    )


def post_lines(session: Session, chunk: Chunk) -> None:
    """Post the lines of the chunk's bills: one for each tier that some of the usage fell into."""
    line = _lines(chunk)
    source = (
        select(
            BILL.c.id,
            line.c.tier,
            line.c.lower,
            line.c.upper,
            line.c.volume,
            line.c.price,
            sql.fen_of(line.c.exact),
        )
        .select_from(line)
        .join(BILL, _bill_of(chunk, line.c.account_id))
    )
    setwise.insert_select(
        session, models.BillLine, ("bill_id", "tier", "lower", "upper", "volume", "price", "amount"), source
    )


def post_segments(session: Session, chunk: Chunk) -> None:
    """Post which readings of which meters each bill rests on."""
    source = (
        select(
            BILL.c.id,
            STAGED_METER.c.meter_id,
            STAGED_METER.c.from_reading_id,
            STAGED_METER.c.to_reading_id,
            STAGED_METER.c.from_value,
            STAGED_METER.c.to_value,
            STAGED_METER.c.usage,
            STAGED_METER.c.rolled_over,
        )
        .select_from(STAGED_METER)
        .join(STAGED, and_(STAGED.c.run_id == chunk.run_id, STAGED.c.account_id == STAGED_METER.c.account_id))
        .join(BILL, _bill_of(chunk, STAGED.c.account_id))
        .where(
            STAGED_METER.c.run_id == chunk.run_id, STAGED_METER.c.to_reading_id.is_not(None), _billable(chunk)
        )
    )
    columns = (
        "bill_id", "meter_id", "from_reading_id", "to_reading_id", "from_value", "to_value", "usage", "rolled_over",
    )  # fmt: skip
    setwise.insert_select(session, models.BillSegment, columns, source)


def checksum(session: Session, chunk: Chunk) -> str:
    """Over what the chunk posted: each bill's account, usage, volume before and total."""
    figures = (BILL.c.account_id, units(BILL.c.usage), units(BILL.c.volume_before), units(BILL.c.total))
    return history.checksum(session, select(*figures).where(posted_by(chunk)))


def mark_readings(session: Session, chunk: Chunk) -> None:
    """Write on every reading of the chunk's bills, those in between included, into which bill it went."""
    posted = select(BILL.c.id, BILL.c.account_id).where(posted_by(chunk)).subquery("posted")
    setwise.change(
        session,
        models.Reading,
        update(READING)
        .where(READING.c.account_id == posted.c.account_id, chunk.found(READING.c.account_id))
        .where(READING.c.bill_id.is_(None), READING.c.kind != models.OPENING)
        .where(READING.c.period <= chunk.period)
        .values(bill_id=posted.c.id, changed_at=clock.now()),
    )


def clear_stage(session: Session, chunk: Chunk) -> None:
    """Leave the stage empty for the next chunk."""
    for model in (models.StagedMeter, models.StagedAccount):
        table = table_of(model)
        setwise.change(session, model, delete(table).where(table.c.run_id == chunk.run_id))


def _billable(chunk: Chunk) -> ColumnElement[bool]:
    return and_(STAGED.c.run_id == chunk.run_id, STAGED.c.reason.is_(None))


def posted_by(chunk: Chunk) -> ColumnElement[bool]:
    """The bills that this chunk posted."""
    month = and_(BILL.c.period == chunk.period, BILL.c.kind == models.USAGE)
    return and_(BILL.c.run_id == chunk.run_id, month, chunk.found(BILL.c.account_id))


def _bill_of(chunk: Chunk, account_id: Any) -> ColumnElement[bool]:
    """The bill that this chunk posted for an account."""
    return and_(BILL.c.account_id == account_id, posted_by(chunk))


def _lines(chunk: Chunk) -> Any:
    """Every tier of every bill with the volume that falls into it, its bounds moved by the household's allowance."""
    extra = units(STAGED.c.extra_allowance) * STAGED.c.bound_months
    lower = units(BOUND.c.lower) + case((BOUND.c.tier > 1, extra), else_=0)
    upper = units(BOUND.c.upper) + extra
    before = units(STAGED.c.volume_before)
    charged = greatest(units(STAGED.c.usage), units(STAGED.c.minimum))
    volume = sql.volume_in_tier(before, before + charged, lower, upper)
    tiers = (
        select(
            STAGED.c.account_id,
            STAGED.c.rounding,
            BOUND.c.tier,
            units(lower).label("lower"),
            units(upper).label("upper"),
            volume.label("volume"),
            units(BOUND.c.price).label("price"),
        )
        .select_from(STAGED)
        .join(
            BOUND,
            and_(BOUND.c.version_id == STAGED.c.tariff_version_id, BOUND.c.months == STAGED.c.bound_months),
        )
        .where(_billable(chunk), BOUND.c.end_month == periods.month_of(chunk.period))
        .cte("tiers")
        .prefix_with(ONCE)
    )
    return (
        select(tiers, (tiers.c.volume * tiers.c.price).label("exact"))
        .where(tiers.c.volume > 0)
        .subquery("line")
    )


def _totals(chunk: Chunk) -> Any:
    """The bills' totals: the lines' rounded amounts added up, or the exact sum rounded once."""
    line = _lines(chunk)
    by_line = sql.total_of(sql.fen_of(line.c.exact))
    at_once = sql.fen_of(sql.total_of(line.c.exact))
    total = case((line.c.rounding == Rounding.TOTAL.value, at_once), else_=by_line)
    return (
        select(line.c.account_id, total.label("total"))
        .group_by(line.c.account_id, line.c.rounding)
        .cte("priced")
        .prefix_with(ONCE)
    )
