"""A chunk of accounts, the tables that billing joins, and which accounts a run looks at.

Everything is SQL over the branch's rows; volumes are integers of 1/10,000 m3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.branches import setwise
from core.branches.setwise import table_of
from plugins.gas import models
from plugins.gas.billing import periods, sql

ACCOUNT = table_of(models.Account)
METER = table_of(models.Meter)
READING = table_of(models.Reading)
BILL = table_of(models.Bill)
SEGMENT = table_of(models.BillSegment)
HOUSEHOLD = table_of(models.Household)
VERSION = table_of(models.TariffVersion)
BOUND = table_of(models.TariffBound)
STAGED = table_of(models.StagedAccount)
STAGED_METER = table_of(models.StagedMeter)

ONCE = "MATERIALIZED"
"""Each step is worked out once: rows of today have no statistics, and a planner would guess its way to nested loops."""


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

    def has(self, account_id: Any) -> ColumnElement[bool]:
        """The rows of the chunk, read as a range."""
        inside: ColumnElement[bool] = account_id.between(self.first, self.last)
        return inside

    def found(self, account_id: Any) -> ColumnElement[bool]:
        """The same for a table that is joined by its account."""
        return sql.lies_between(account_id, self.first, self.last)


def to_bill(period: str, chunk: Chunk | None = None) -> ColumnElement[bool]:
    """Accounts that a run for `period` looks at: not billed for it yet, and not closed unless a reading is left.

    With a chunk, only its bills and readings are looked through.
    """
    bills, readings = (
        [] if chunk is None else [chunk.found(table.c.account_id)] for table in (BILL, READING)
    )
    billed = exists().where(
        BILL.c.account_id == ACCOUNT.c.id, BILL.c.period == period, BILL.c.kind == models.USAGE, *bills
    )
    left_over = exists().where(
        READING.c.account_id == ACCOUNT.c.id,
        READING.c.bill_id.is_(None),
        READING.c.kind != models.OPENING,
        READING.c.period <= period,
        *readings,
    )
    return and_(~billed, or_(ACCOUNT.c.state != models.CLOSED, left_over))


def lock_readings(session: Session, chunk: Chunk) -> None:
    """Hold the chunk's unbilled readings until the transaction ends, so that nothing changes or bills them meanwhile.

    SQLite has one writer at a time and needs no more.
    """
    held = select(READING.c.id).where(chunk.has(READING.c.account_id), READING.c.bill_id.is_(None))
    setwise.fetch(session, select(func.count()).select_from(held.with_for_update().subquery()))


def stage(session: Session, model: type[Any], source: Select[Any]) -> None:
    """Put the rows of `source` on a stage; its labels name the columns."""
    setwise.insert_select(session, model, [str(column.key) for column in source.selected_columns], source)
