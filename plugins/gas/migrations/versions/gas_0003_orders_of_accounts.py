"""Indexes by which the list of accounts is sorted and put on its board, however many there are."""

from __future__ import annotations

from alembic import op

revision = "gas_0003"
down_revision = "gas_0002"

INDEXES = {
    "ix_gas_account_address": ["branch_id", "address"],
    "ix_gas_account_state": ["branch_id", "state", "id"],
    "ix_gas_account_use_class": ["branch_id", "use_class", "id"],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "gas_account", columns)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="gas_account")
