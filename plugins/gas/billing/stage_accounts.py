"""Every account of a chunk on the stage: what its bill will say, or the reason why it gets none."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Select, String, and_, case, cast, func, literal, null, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from plugins.gas import models
from plugins.gas.billing import periods, reasons, sql
from plugins.gas.billing.chunk import (
    ACCOUNT,
    BILL,
    HOUSEHOLD,
    ONCE,
    STAGED_METER,
    VERSION,
    Chunk,
    stage,
    to_bill,
)
from plugins.gas.billing.sql import units
from plugins.gas.rules import Model


def stage_accounts(session: Session, chunk: Chunk) -> None:
    """Put every account on the stage; its meters are there already."""
    stage(session, models.StagedAccount, _with_reason(chunk))


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
        .cte("readings")
        .prefix_with(ONCE)
    )


def _accounts(chunk: Chunk) -> Any:
    """The chunk's accounts with their readings and the first problem among them."""
    read = _readings_of(chunk)
    trouble = STAGED_METER.alias("trouble")
    return (
        select(
            ACCOUNT.c.id.label("account_id"),
            ACCOUNT.c.tariff_id,
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
        )
        .select_from(ACCOUNT)
        .outerjoin(read, read.c.account_id == ACCOUNT.c.id)
        .outerjoin(
            trouble, and_(trouble.c.run_id == chunk.run_id, trouble.c.meter_id == read.c.problem_meter_id)
        )
        .where(chunk.has(ACCOUNT.c.id), to_bill(chunk.period, chunk))
        .cte("accounts")
        .prefix_with(ONCE)
    )


def _versions_in_force(account: Any) -> Any:
    """The published versions that hold on each account's reading date; `newest` 1 is the one that began last."""
    newest = func.row_number().over(partition_by=account.c.account_id, order_by=VERSION.c.valid_from.desc())
    return (
        select(
            VERSION.c.id,
            VERSION.c.model,
            VERSION.c.rounding,
            VERSION.c.minimum,
            account.c.account_id,
            newest.label("newest"),
        )
        .select_from(account)
        .join(VERSION, VERSION.c.tariff_id == account.c.tariff_id)
        .where(VERSION.c.status == models.PUBLISHED, VERSION.c.valid_from <= account.c.read_to)
        .where(or_(VERSION.c.valid_to.is_(None), VERSION.c.valid_to >= account.c.read_to))
        .cte("in_force")
        .prefix_with(ONCE)
    )


def _pricing_year(account: Any, model: Any) -> ColumnElement[date]:
    """The first day of the pricing year that the reading date lies in."""
    year, month, day = (sql.part_of(what, account.c.read_to) for what in ("year", "month", "day"))
    start_month, start_day = account.c.pricing_year_month, account.c.pricing_year_day
    not_yet = or_(month < start_month, and_(month == start_month, day < start_day))
    reading_year = sql.day_of(year - case((not_yet, 1), else_=0), start_month, start_day)
    return case((model == Model.METER_YEAR.value, reading_year), else_=sql.day_of(year, 1, 1))


def _dated(chunk: Chunk) -> Any:
    """The accounts with the version in force, their pricing year, months and household allowance."""
    account = _accounts(chunk)
    in_force = _versions_in_force(account)
    allowance = _allowances(chunk, account)
    monthly = in_force.c.model == Model.MONTHLY.value
    months = case((account.c.month_gap > 1, account.c.month_gap), else_=1)
    return (
        select(
            account,
            in_force.c.id.label("version_id"),
            in_force.c.model,
            in_force.c.rounding,
            (units(in_force.c.minimum) * months).label("minimum"),
            _pricing_year(account, in_force.c.model).label("pricing_year"),
            months.label("months"),
            case((monthly, months), else_=1).label("bound_months"),
            func.coalesce(allowance.c.extra, 0).label("extra_allowance"),
        )
        .select_from(account)
        .outerjoin(in_force, and_(in_force.c.account_id == account.c.account_id, in_force.c.newest == 1))
        .outerjoin(allowance, and_(allowance.c.account_id == account.c.account_id, allowance.c.newest == 1))
        .cte("dated")
        .prefix_with(ONCE)
    )


def _allowances(chunk: Chunk, account: Any) -> Any:
    """The household allowances that hold on each account's reading date; `newest` 1 is the one that began last."""
    newest = func.row_number().over(
        partition_by=account.c.account_id, order_by=HOUSEHOLD.c.valid_from.desc().nulls_last()
    )
    holds = and_(
        HOUSEHOLD.c.account_id == account.c.account_id,
        chunk.found(HOUSEHOLD.c.account_id),
        HOUSEHOLD.c.valid_from <= account.c.read_to,
        or_(HOUSEHOLD.c.valid_to.is_(None), HOUSEHOLD.c.valid_to >= account.c.read_to),
    )
    extra = units(HOUSEHOLD.c.extra_allowance).label("extra")
    found = select(account.c.account_id, extra, newest.label("newest")).select_from(account)
    return _each(found, HOUSEHOLD, holds).cte("allowances").prefix_with(ONCE)


def _volumes_before(chunk: Chunk, dated: Any) -> Any:
    """The volume billed in each account's pricing year so far; what was taken over at go-live counts."""
    counts = and_(
        BILL.c.account_id == dated.c.account_id,
        chunk.found(BILL.c.account_id),
        BILL.c.read_to >= dated.c.pricing_year,
    )
    volume = sql.total_of(units(BILL.c.usage)).label("volume")
    found = (
        select(dated.c.account_id, volume)
        .select_from(dated)
        .where(dated.c.model.in_([Model.ANNUAL.value, Model.METER_YEAR.value]))
        .group_by(dated.c.account_id)
    )
    return _each(found, BILL, counts).cte("volumes").prefix_with(ONCE)


def _each(found: Select[Any], table: Any, condition: ColumnElement[bool]) -> Select[Any]:
    """The accounts beside their rows of `table`. An outer join, as SQLite keeps the order of one: accounts first."""
    return found.outerjoin(table, condition)


def _with_reason(chunk: Chunk) -> Select[Any]:
    dated = _dated(chunk)
    volumes = _volumes_before(chunk, dated)
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
            cast(dated.c.minimum, BigInteger).label("minimum"),
            dated.c.rounding,
        )
        .select_from(dated)
        .outerjoin(volumes, volumes.c.account_id == dated.c.account_id)
    )
