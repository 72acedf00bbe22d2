"""A chunk of accounts worked out on the stage: first every meter, then every account.

Everything is SQL over the branch's rows; volumes are integers of 1/10,000 m3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.branches import setwise
from core.branches.setwise import table_of
from plugins.gas import models
from plugins.gas.billing import periods, reasons, sql
from plugins.gas.billing.sql import units
from plugins.gas.rules import Model

ACCOUNT = table_of(models.Account)
METER = table_of(models.Meter)
READING = table_of(models.Reading)
BILL = table_of(models.Bill)
HOUSEHOLD = table_of(models.Household)
VERSION = table_of(models.TariffVersion)
STAGED_METER = table_of(models.StagedMeter)


@dataclass(frozen=True)
class Chunk:
    """The accounts of a run with ids from `first` to `last`."""

    run_id: int
    period: str
    first: int
    last: int

    @property
    def ends_on(self) -> date:
        return periods.last_day(self.period)


def to_bill(period: str) -> ColumnElement[bool]:
    """Accounts that a run for `period` looks at: not billed for it yet, and not closed unless a reading is left."""
    billed = exists().where(
        BILL.c.account_id == ACCOUNT.c.id, BILL.c.period == period, BILL.c.kind == models.USAGE
    )
    left_over = exists().where(
        READING.c.account_id == ACCOUNT.c.id, READING.c.bill_id.is_(None), READING.c.kind != models.OPENING
    )
    return and_(~billed, or_(ACCOUNT.c.state != models.CLOSED, left_over))


def lock_readings(session: Session, chunk: Chunk) -> None:
    """Hold the chunk's unbilled readings until the transaction ends, so that nothing changes or bills them meanwhile.

    SQLite has one writer at a time and needs no more.
    """
    held = select(READING.c.id).where(_in_chunk(READING.c.account_id, chunk), READING.c.bill_id.is_(None))
    setwise.fetch(session, select(func.count()).select_from(held.with_for_update().subquery()))


def stage_meters(session: Session, chunk: Chunk) -> None:
    """Put every meter to bill on the stage: its readings, its usage, or what is wrong with it."""
    chain = _chain(chunk)
    columns, source = _named(_metered(chunk, chain))
    setwise.insert_select(session, models.StagedMeter, columns, source)


def stage_accounts(session: Session, chunk: Chunk) -> None:
    """Put every account on the stage: what its bill will say, or the reason why it gets none."""
    columns, source = _named(_with_reason(chunk))
    setwise.insert_select(session, models.StagedAccount, columns, source)


def _named(source: Select[Any]) -> tuple[list[str], Select[Any]]:
    return [str(column.key) for column in source.selected_columns], source


def _in_chunk(account_id: Any, chunk: Chunk) -> ColumnElement[bool]:
    inside: ColumnElement[bool] = account_id.between(chunk.first, chunk.last)
    return inside


# ---------------------------------------------------------------- meters


def _chain(chunk: Chunk) -> Any:
    """The readings of each meter in order, each beside the one before it."""

    def lag(column: Any) -> ColumnElement[Any]:
        return func.lag(column).over(
            partition_by=READING.c.meter_id, order_by=(READING.c.read_on, READING.c.id)
        )

    billed_on = case((READING.c.bill_id.is_not(None), READING.c.read_on))
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
            func.max(billed_on).over(partition_by=READING.c.meter_id).label("billed_until"),
        )
        .where(_in_chunk(READING.c.account_id, chunk), READING.c.period <= chunk.period)
        .subquery("chain")
    )


def _judged(chain: Any) -> Any:
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
        .where(chain.c.bill_id.is_(None), chain.c.kind != models.OPENING)
        .subquery("judged")
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
        .subquery("per_meter")
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
        .subquery("ends")
    )


def _metered(chunk: Chunk, chain: Any) -> Select[Any]:
    found, ends = _per_meter(_judged(chain)), _ends(chunk, chain)
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
        .where(_in_chunk(METER.c.account_id, chunk), to_bill(chunk.period))
        .where(or_(in_service, found.c.to_reading_id.is_not(None), problem.is_not(None)))
    )


# ---------------------------------------------------------------- accounts


def _readings_of(chunk: Chunk) -> Any:
    """One row an account: its usage over all meters, and the first meter that has a problem."""
    mine = STAGED_METER.c.run_id == chunk.run_id
    trouble = case((STAGED_METER.c.problem.is_not(None), STAGED_METER.c.meter_id))
    return (
        select(
            STAGED_METER.c.account_id,
            func.min(STAGED_METER.c.from_on).label("read_from"),
            func.max(STAGED_METER.c.to_on).label("read_to"),
            func.min(STAGED_METER.c.from_period).label("from_period"),
            sql.total_of(units(STAGED_METER.c.usage)).label("usage"),
            func.min(trouble).label("problem_meter_id"),
        )
        .where(mine)
        .group_by(STAGED_METER.c.account_id)
        .subquery("readings")
    )


def _accounts(chunk: Chunk) -> Any:
    """The chunk's accounts with their readings, the first problem among them, and the version in force."""
    read = _readings_of(chunk)
    trouble = STAGED_METER.alias("trouble")
    in_force = _versions_in_force(read)
    return (
        select(
            ACCOUNT.c.id.label("account_id"),
            ACCOUNT.c.state,
            ACCOUNT.c.opened_on,
            ACCOUNT.c.pricing_year_month,
            ACCOUNT.c.pricing_year_day,
            read.c.read_from,
            read.c.read_to,
            read.c.usage,
            (periods.month_count(chunk.period) - sql.month_count(read.c.from_period)).label("month_gap"),
            read.c.account_id.label("metered_id"),
            read.c.problem_meter_id,
            trouble.c.problem,
            in_force.c.id.label("version_id"),
            in_force.c.model,
            in_force.c.rounding,
        )
        .select_from(ACCOUNT)
        .outerjoin(read, read.c.account_id == ACCOUNT.c.id)
        .outerjoin(
            trouble, and_(trouble.c.run_id == chunk.run_id, trouble.c.meter_id == read.c.problem_meter_id)
        )
        .outerjoin(in_force, and_(in_force.c.account_id == ACCOUNT.c.id, in_force.c.newest == 1))
        .where(_in_chunk(ACCOUNT.c.id, chunk), to_bill(chunk.period))
        .subquery("accounts")
    )


def _versions_in_force(read: Any) -> Any:
    """The published versions that hold on each account's reading date; `newest` 1 is the one that began last."""
    newest = func.row_number().over(partition_by=ACCOUNT.c.id, order_by=VERSION.c.valid_from.desc())
    return (
        select(
            VERSION.c.id,
            VERSION.c.model,
            VERSION.c.rounding,
            ACCOUNT.c.id.label("account_id"),
            newest.label("newest"),
        )
        .select_from(ACCOUNT)
        .join(read, read.c.account_id == ACCOUNT.c.id)
        .join(VERSION, VERSION.c.tariff_id == ACCOUNT.c.tariff_id)
        .where(VERSION.c.status == models.PUBLISHED, VERSION.c.valid_from <= read.c.read_to)
        .where(or_(VERSION.c.valid_to.is_(None), VERSION.c.valid_to >= read.c.read_to))
        .subquery("in_force")
    )


def _pricing_year(account: Any) -> ColumnElement[date]:
    """The first day of the pricing year that the reading date lies in."""
    year, month, day = (sql.part_of(what, account.c.read_to) for what in ("year", "month", "day"))
    start_month, start_day = account.c.pricing_year_month, account.c.pricing_year_day
    not_yet = or_(month < start_month, and_(month == start_month, day < start_day))
    reading_year = sql.day_of(year - case((not_yet, 1), else_=0), start_month, start_day)
    return case((account.c.model == Model.METER_YEAR.value, reading_year), else_=sql.day_of(year, 1, 1))


def _dated(chunk: Chunk) -> Any:
    """The accounts with their pricing year, months and household allowance."""
    account = _accounts(chunk)
    allowance = _allowances(account)
    monthly = account.c.model == Model.MONTHLY.value
    months = case((account.c.month_gap > 1, account.c.month_gap), else_=1)
    return (
        select(
            account,
            _pricing_year(account).label("pricing_year"),
            months.label("months"),
            case((monthly, months), else_=1).label("bound_months"),
            func.coalesce(allowance.c.extra, 0).label("extra_allowance"),
        )
        .select_from(account)
        .outerjoin(allowance, and_(allowance.c.account_id == account.c.account_id, allowance.c.newest == 1))
        .subquery("dated")
    )


def _allowances(account: Any) -> Any:
    """The household allowances that hold on each account's reading date; `newest` 1 is the one that began last."""
    newest = func.row_number().over(
        partition_by=HOUSEHOLD.c.account_id, order_by=HOUSEHOLD.c.valid_from.desc()
    )
    return (
        select(
            HOUSEHOLD.c.account_id, units(HOUSEHOLD.c.extra_allowance).label("extra"), newest.label("newest")
        )
        .join(account, account.c.account_id == HOUSEHOLD.c.account_id)
        .where(HOUSEHOLD.c.valid_from <= account.c.read_to)
        .where(or_(HOUSEHOLD.c.valid_to.is_(None), HOUSEHOLD.c.valid_to >= account.c.read_to))
        .subquery("allowances")
    )


def _volumes_before(dated: Any) -> Any:
    """The volume billed in each account's pricing year so far; what was taken over at go-live counts."""
    return (
        select(dated.c.account_id, sql.total_of(units(BILL.c.usage)).label("volume"))
        .select_from(dated)
        .join(BILL, and_(BILL.c.account_id == dated.c.account_id, BILL.c.read_to >= dated.c.pricing_year))
        .where(dated.c.model.in_([Model.ANNUAL.value, Model.METER_YEAR.value]))
        .group_by(dated.c.account_id)
        .subquery("volumes")
    )


def _with_reason(chunk: Chunk) -> Select[Any]:
    dated = _dated(chunk)
    volumes = _volumes_before(dated)
    monthly = dated.c.model == Model.MONTHLY.value
    reason = case(
        (dated.c.state == models.HELD, reasons.HELD),
        (dated.c.opened_on > chunk.ends_on, reasons.NOT_OPEN),
        (dated.c.metered_id.is_(None), reasons.NO_METER),
        (dated.c.problem.is_not(None), dated.c.problem),
        (dated.c.read_to.is_(None), reasons.NO_READING),
        (dated.c.version_id.is_(None), reasons.NO_TARIFF),
        (and_(monthly, dated.c.months > reasons.MOST_MONTHS), reasons.TOO_MANY_MONTHS),
        else_=null(),
    )
    return (
        select(
            literal(chunk.run_id).label("run_id"),
            dated.c.account_id,
            cast(reason, String).label("reason"),
            dated.c.problem_meter_id,
            dated.c.read_from,
            dated.c.read_to,
            dated.c.usage,
            func.coalesce(volumes.c.volume, 0).label("volume_before"),
            dated.c.pricing_year,
            dated.c.version_id.label("tariff_version_id"),
            cast(dated.c.extra_allowance, BigInteger).label("extra_allowance"),
            dated.c.months,
            dated.c.bound_months,
            dated.c.rounding,
        )
        .select_from(dated)
        .outerjoin(volumes, volumes.c.account_id == dated.c.account_id)
    )
