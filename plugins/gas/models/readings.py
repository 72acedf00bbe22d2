"""Meter readings. A reading that a bill rests on is a posted fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, ORMExecuteState, mapped_column

from core.branches import BranchOwned
from core.data import Base, Quantity, RowVersion, UserError
from core.data.base import COUNTS_UP
from core.data.database import GatedSession
from core.data.marks import N_

OPENING, ACTUAL, CLOSING, ESTIMATED = "opening", "actual", "closing", "estimated"
BILLED = N_("A reading that has been billed cannot be changed or deleted. Enter the next reading instead.")


class Reading(RowVersion, BranchOwned, Base):
    """What a dial showed on a day, in m3; `period` is the month it was read for, `2026-10`.

    A commercial customer's card meter shows besides what it has counted in all (`cumulative_usage`) and what is stored
    in it (`stored_balance`), both in m3. An estimated reading is refused by GAS-R17 unless a branch lets it in; it can
    be billed, but counts as no meter read. `bill_id` is the bill that the reading went into; from then on it stays as
    it is.
    """

    __tablename__ = "gas_reading"
    __table_args__ = (
        UniqueConstraint("branch_id", "meter_id", "read_on", "kind"),
        Index("ix_gas_reading_account", "branch_id", "account_id", "period"),
        Index("ix_gas_reading_period", "branch_id", "period", "id"),
        Index("ix_gas_reading_read_on", "branch_id", "read_on", "id"),
        Index("ix_gas_reading_value", "branch_id", "value", "id"),
        Index("ix_gas_reading_kind", "branch_id", "kind", "id"),
        Index("ix_gas_reading_bill", "branch_id", "bill_id"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("gas_account.id"), index=True)
    meter_id: Mapped[int] = mapped_column(ForeignKey("gas_meter.id"), index=True)
    period: Mapped[str] = mapped_column(String(7))
    read_on: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Quantity)
    cumulative_usage: Mapped[Decimal | None] = mapped_column(Quantity)
    stored_balance: Mapped[Decimal | None] = mapped_column(Quantity)
    kind: Mapped[str] = mapped_column(String(10), default=ACTUAL)
    rollover_confirmed: Mapped[bool] = mapped_column(default=False)
    reader_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    source: Mapped[str] = mapped_column(String(20), default="counter")
    # The old value is read before it is overwritten, so that the guard below sees it.
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("gas_bill.id"), active_history=True)

    def demand_unbilled(self) -> None:
        """Raise UserError for a reading that a bill rests on."""
        if self.bill_id is not None:
            raise UserError(BILLED, status=409)


@event.listens_for(Reading, "before_update")
@event.listens_for(Reading, "before_delete")
def _refuse_billed(_mapper: Any, _connection: Any, reading: Reading) -> None:
    history = inspect(reading).attrs.bill_id.history
    if any(bill_id is not None for bill_id in (*history.unchanged, *history.deleted)):
        raise UserError(BILLED, status=409)


@event.listens_for(GatedSession, "do_orm_execute")
def _refuse_statements(execution: ORMExecuteState) -> None:
    # A statement over many rows cannot be judged row by row; set-wise work marks readings in the billing run only.
    changes = (execution.is_update or execution.is_delete) and COUNTS_UP not in execution.execution_options
    if changes and execution.bind_mapper is not None and execution.bind_mapper.class_ is Reading:
        raise UserError(BILLED, status=409)
