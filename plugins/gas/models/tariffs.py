"""Tariffs, their versions with dates of effect, and the tier bounds that the published ones bill by."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Posted, Quantity, RowVersion, UserError
from core.data.marks import N_

DRAFT, PUBLISHED = "draft", "published"
PUBLISHED_STAYS = N_(
    "A published tariff version is never changed. Add a new version with its own date of effect."
)


class Tariff(RowVersion, BranchOwned, Base):
    """A tariff (收费标准; GAS-E10) for a class of use; its prices are in its versions."""

    __tablename__ = "gas_tariff"
    __table_args__ = (UniqueConstraint("branch_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name_zh: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    use_class: Mapped[str] = mapped_column(String(20))
    household_rule: Mapped[str | None] = mapped_column(String(200))


class TariffVersion(RowVersion, BranchOwned, Base):
    """The prices of a tariff from a day on, to a day or until the next version.

    `uppers` are the tiers' upper bounds in m3, `prices` yuan per m3, both separated by commas; with `seasons` each of
    its lines gives them for some months: `5-10: 30, 35 / 3.50, 4.00, 5.25`. A bill charges `minimum` m3 at least for
    each month that it covers.
    """

    __tablename__ = "gas_tariff_version"
    __table_args__ = (UniqueConstraint("branch_id", "tariff_id", "valid_from"),)

    tariff_id: Mapped[int] = mapped_column(ForeignKey("gas_tariff.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    model: Mapped[str] = mapped_column(String(30))
    rounding: Mapped[str] = mapped_column(String(10), default="line")
    uppers: Mapped[str] = mapped_column(String(200), default="")
    prices: Mapped[str] = mapped_column(String(200), default="")
    seasons: Mapped[str | None] = mapped_column(Text)
    minimum: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0), server_default="0")
    legal_basis: Mapped[str | None] = mapped_column(String(300))
    # The old value is read before it is overwritten, so that the guard below sees it.
    status: Mapped[str] = mapped_column(String(20), default=DRAFT, active_history=True)
    published_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))

    def demand_draft(self) -> None:
        """Raise UserError for a version that is published."""
        if self.status == PUBLISHED:
            raise UserError(PUBLISHED_STAYS, status=409)


class TariffBound(Posted, BranchOwned, Base):
    """One tier of a published version, for a bill that ends in `end_month` and covers `months` months.

    Above `lower`, up to and including `upper` (none: no end), both in m3 without any household's extra allowance.
    """

    __tablename__ = "gas_tariff_bound"
    __table_args__ = (UniqueConstraint("branch_id", "version_id", "end_month", "months", "tier"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("gas_tariff_version.id"), index=True)
    end_month: Mapped[int]
    months: Mapped[int]
    tier: Mapped[int]
    lower: Mapped[Decimal] = mapped_column(Quantity)
    upper: Mapped[Decimal | None] = mapped_column(Quantity)
    price: Mapped[Decimal] = mapped_column(Quantity)


@event.listens_for(TariffVersion, "before_update")
@event.listens_for(TariffVersion, "before_delete")
def _refuse_published(_mapper: Any, _connection: Any, version: TariffVersion) -> None:
    history = inspect(version).attrs.status.history
    if PUBLISHED in (*history.unchanged, *history.deleted):
        raise UserError(PUBLISHED_STAYS, status=409)
