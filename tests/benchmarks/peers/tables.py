"""The columns of the tables that are measured, for the programs that use SQLAlchemy, and where they find them."""

from __future__ import annotations

import os
from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

URL = os.environ["PEER_DATABASE_URL"]
USERNAME, PASSWORD = "clerk", os.environ["PEER_PASSWORD"]
SECRET = "throw-away key of the benchmark"
COLUMNS = ("number", "name", "address", "use_class", "phone", "state")
EDITED = (
    "number", "name", "phone", "address", "use_class", "tariff_id", "route_id", "read_order", "opened_on",
    "state", "hold_reason", "pricing_year_month", "pricing_year_day",
)  # fmt: skip
READING_COLUMNS = ("read_on", "account_id", "meter_id", "period", "value", "kind", "bill_id")
PAGE = 25
IN_PUBLIC = {"schema": "public", "extend_existing": True}


class OfBranch:
    """What every row has."""

    id: Mapped[int] = mapped_column(primary_key=True)
    branch_id: Mapped[int]
    row_version: Mapped[int]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class AccountColumns(OfBranch):
    number: Mapped[str]
    name: Mapped[str]
    phone: Mapped[str | None]
    address: Mapped[str]
    use_class: Mapped[str]
    tariff_id: Mapped[int | None]
    route_id: Mapped[int | None]
    read_order: Mapped[int]
    opened_on: Mapped[date]
    state: Mapped[str]
    hold_reason: Mapped[str | None]
    pricing_year_month: Mapped[int]
    pricing_year_day: Mapped[int]


class ReadingColumns(OfBranch):
    account_id: Mapped[int]
    meter_id: Mapped[int]
    period: Mapped[str]
    read_on: Mapped[date]
    value: Mapped[int]
    kind: Mapped[str]
    rollover_confirmed: Mapped[bool]
    reader_id: Mapped[int | None]
    source: Mapped[str]
    bill_id: Mapped[int | None]
