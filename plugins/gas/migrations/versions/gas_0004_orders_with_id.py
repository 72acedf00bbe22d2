"""Indexes for every order of accounts and readings: with the id, by which rows of one value follow one another.

Without it the database sorts all rows of one value, such as a hundred thousand without a telephone, for every page.
"""

from __future__ import annotations

from alembic import op

revision = "gas_0004"
down_revision = "gas_0003"

CHANGED = {
    "ix_gas_account_name": ("gas_account", ["branch_id", "name"]),
    "ix_gas_account_phone": ("gas_account", ["branch_id", "phone"]),
    "ix_gas_account_address": ("gas_account", ["branch_id", "address"]),
    "ix_gas_reading_period": ("gas_reading", ["branch_id", "period"]),
}
NEW = {
    "ix_gas_account_opened_on": ("gas_account", ["branch_id", "opened_on", "id"]),
    "ix_gas_reading_read_on": ("gas_reading", ["branch_id", "read_on", "id"]),
    "ix_gas_reading_value": ("gas_reading", ["branch_id", "value", "id"]),
    "ix_gas_reading_kind": ("gas_reading", ["branch_id", "kind", "id"]),
}


def upgrade() -> None:
    for name, (table, columns) in CHANGED.items():
        op.drop_index(name, table_name=table)
        op.create_index(name, table, [*columns, "id"])
    for name, (table, columns) in NEW.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, (table, _columns) in NEW.items():
        op.drop_index(name, table_name=table)
    for name, (table, columns) in CHANGED.items():
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns)
