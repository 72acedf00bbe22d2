"""What a commercial customer's meter shows besides its reading: what it counted in all, and what is stored in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.data import Quantity

revision = "gas_0005"
down_revision = "gas_0004"


def upgrade() -> None:
    op.add_column("gas_reading", sa.Column("cumulative_usage", Quantity(), nullable=True))
    op.add_column("gas_reading", sa.Column("stored_balance", Quantity(), nullable=True))


def downgrade() -> None:
    op.drop_column("gas_reading", "stored_balance")
    op.drop_column("gas_reading", "cumulative_usage")
