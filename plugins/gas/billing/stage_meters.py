"""Every meter of a chunk on the stage: its readings, its usage, or what is wrong with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, String, and_, case, cast, false, func, literal, or_, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from plugins.gas import models
from plugins.gas.billing import reasons, sql
from plugins.gas.billing.chunk import ACCOUNT, METER, ONCE, READING, Chunk, stage, to_bill
from plugins.gas.billing.sql import units


def stage_meters(session: Session, chunk: Chunk) -> None:
    """Put every meter to bill on the stage."""
    stage(session, models.StagedMeter, _metered(chunk, _chain(chunk)))


def _chain(chunk: Chunk) -> Any:
    """Each meter's last billed reading and those after it, in order, each beside the one before it."""

    def lag(column: Any) -> ColumnElement[Any]:
        return func.lag(column).over(
            partition_by=READING.c.meter_id, order_by=(READING.c.read_on, READING.c.id)
        )

    billed = _billed(chunk)
    unbilled = and_(READING.c.bill_id.is_(None), READING.c.period <= chunk.period)
    return (
        select(
            READING.c.id,
            READING.c.meter_id,
            READING.c.bill_id,
            READING.c.kind,
            READING.c.period,
            READING.c.read_on,
            units(READING.c.value).label("value"),
            READING.c.rollover_confirmed,
            lag(READING.c.id).label("from_id"),
            lag(units(READING.c.value)).label("from_value"),
            lag(READING.c.read_on).label("from_on"),
            lag(READING.c.period).label("from_period"),
            billed.c.read_on.label("billed_until"),
        )
        .select_from(READING)
        .outerjoin(billed, billed.c.meter_id == READING.c.meter_id)
        .where(chunk.has(READING.c.account_id), or_(unbilled, READING.c.read_on == billed.c.read_on))
        .cte("chain")
        .prefix_with(ONCE)
    )


def _billed(chunk: Chunk) -> Any:
    """Until which day each meter is billed, in whatever month that was."""
    return (
        select(READING.c.meter_id, func.max(READING.c.read_on).label("read_on"))
        .where(chunk.has(READING.c.account_id), READING.c.bill_id.is_not(None))
        .group_by(READING.c.meter_id)
        .cte("billed")
        .prefix_with(ONCE)
    )


def _judged(chunk: Chunk, chain: Any) -> Any:
    """The readings that are not billed yet, each with its usage or its problem, numbered from both ends."""
    size = sql.capacity(METER.c.digits)
    rolled = chain.c.value < chain.c.from_value
    plausible = sql.is_plausible_rollover(chain.c.from_value, chain.c.value, size)
    problem = case(
        (chain.c.read_on < chain.c.billed_until, reasons.OUT_OF_ORDER),
        (chain.c.from_id.is_(None), reasons.NO_OPENING),
        (and_(rolled, ~plausible), reasons.BELOW),
        (and_(rolled, chain.c.rollover_confirmed.is_(False)), reasons.ROLLOVER),
    )
    usage = chain.c.value - chain.c.from_value + case((rolled, size), else_=0)
    unproblematic = case((problem.is_(None), 1), else_=0)
    return (
        select(
            chain,
            cast(problem, String).label("problem"),
            usage.label("usage"),
            case((rolled, 1), else_=0).label("rolled"),
            func.row_number()
            .over(partition_by=chain.c.meter_id, order_by=(chain.c.read_on, chain.c.id))
            .label("from_start"),
            func.row_number()
            .over(partition_by=chain.c.meter_id, order_by=(chain.c.read_on.desc(), chain.c.id.desc()))
            .label("from_end"),
            func.row_number()
            .over(partition_by=chain.c.meter_id, order_by=(unproblematic, chain.c.read_on, chain.c.id))
            .label("in_doubt"),
        )
        .join(METER, METER.c.id == chain.c.meter_id)
        .where(chunk.found(METER.c.account_id), chain.c.bill_id.is_(None), chain.c.kind != models.OPENING)
        .cte("judged")
        .prefix_with(ONCE)
    )


def _per_meter(judged: Any) -> Any:
    """One row a meter: from the reading before the first unbilled one to the last; or the first pair with a problem."""

    def first(column: Any) -> ColumnElement[Any]:
        return func.max(case((judged.c.from_start == 1, column)))

    def last(column: Any) -> ColumnElement[Any]:
        return func.max(case((judged.c.from_end == 1, column)))

    def doubtful(column: Any) -> ColumnElement[Any]:
        return func.max(case((and_(judged.c.in_doubt == 1, judged.c.problem.is_not(None)), column)))

    return (
        select(
            judged.c.meter_id,
            first(judged.c.from_id).label("from_reading_id"),
            last(judged.c.id).label("to_reading_id"),
            func.coalesce(doubtful(judged.c.from_value), first(judged.c.from_value)).label("from_value"),
            func.coalesce(doubtful(judged.c.value), last(judged.c.value)).label("to_value"),
            first(judged.c.from_on).label("from_on"),
            last(judged.c.read_on).label("to_on"),
            first(judged.c.from_period).label("from_period"),
            last(judged.c.period).label("to_period"),
            sql.total_of(judged.c.usage).label("usage"),
            func.max(judged.c.rolled).label("rolled"),
            doubtful(judged.c.problem).label("problem"),
        )
        .group_by(judged.c.meter_id)
        .cte("per_meter")
        .prefix_with(ONCE)
    )


def _ends(chunk: Chunk, chain: Any) -> Any:
    """Whether a meter has an opening reading, one of this very month, and a closing reading."""

    def has(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.max(case((condition, 1), else_=0))

    opening = chain.c.kind == models.OPENING
    return (
        select(
            chain.c.meter_id,
            has(opening).label("opened"),
            has(and_(opening, chain.c.period == chunk.period)).label("just_opened"),
            has(chain.c.kind == models.CLOSING).label("closed"),
        )
        .group_by(chain.c.meter_id)
        .cte("ends")
        .prefix_with(ONCE)
    )


def _metered(chunk: Chunk, chain: Any) -> Select[Any]:
    found, ends = _per_meter(_judged(chunk, chain)), _ends(chunk, chain)
    in_service = and_(
        METER.c.installed_on <= chunk.ends_on,
        or_(METER.c.removed_on.is_(None), METER.c.removed_on > chunk.ends_on),
    )
    was_removed = METER.c.removed_on <= chunk.ends_on
    problem = case(
        (found.c.problem.is_not(None), found.c.problem),
        (
            and_(in_service, func.coalesce(ends.c.opened, 0) == 0, found.c.from_reading_id.is_(None)),
            reasons.NO_OPENING,
        ),
        (
            and_(in_service, ends.c.just_opened == 0, func.coalesce(found.c.to_period, "") != chunk.period),
            reasons.NO_READING,
        ),
        (and_(was_removed, ends.c.meter_id.is_not(None), ends.c.closed == 0), reasons.NO_CLOSING),
    )
    return (
        select(
            literal(chunk.run_id).label("run_id"),
            METER.c.account_id,
            METER.c.id.label("meter_id"),
            found.c.from_reading_id,
            found.c.to_reading_id,
            found.c.from_value,
            found.c.to_value,
            found.c.from_on,
            found.c.to_on,
            found.c.from_period,
            found.c.usage,
            case((found.c.rolled == 1, true()), else_=false()).label("rolled_over"),
            cast(problem, String).label("problem"),
        )
        .select_from(METER)
        .join(ACCOUNT, ACCOUNT.c.id == METER.c.account_id)
        .outerjoin(found, found.c.meter_id == METER.c.id)
        .outerjoin(ends, ends.c.meter_id == METER.c.id)
        .where(chunk.has(METER.c.account_id), chunk.found(ACCOUNT.c.id), to_bill(chunk.period, chunk))
        .where(or_(in_service, found.c.to_reading_id.is_not(None), problem.is_not(None)))
    )
