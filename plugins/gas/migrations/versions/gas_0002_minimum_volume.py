"""A tariff version may charge a minimum volume a month; a bill keeps the minimum that it was made by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "gas_0002"
down_revision = "gas_0001"

COLUMNS = {
    "gas_tariff_version": False,
    "gas_bill": False,
    "gas_billing_stage": True,
}  # table: may it be empty?


def upgrade() -> None:
    for table, nullable in COLUMNS.items():
        op.add_column(
            table,
            sa.Column(
                "minimum",
                core.data.types.Quantity(),
                nullable=nullable,
                server_default=None if nullable else "0",
            ),
        )


def downgrade() -> None:
    for table in reversed(COLUMNS):
        op.drop_column(table, "minimum")
