"""Indexes for every order of bills and payments: with the id, by which rows of one value follow one another."""

from __future__ import annotations

from alembic import op

revision = "gas_0007"
down_revision = "gas_0006"

CHANGED = {
    "ix_gas_bill_period": ("gas_bill", ["branch_id", "period"]),
    "ix_gas_bill_due": ("gas_bill", ["branch_id", "due_on"]),
    "ix_gas_payment_received": ("gas_payment", ["branch_id", "received_on"]),
}
NEW = {
    "ix_gas_bill_usage": ("gas_bill", ["branch_id", "usage", "id"]),
    "ix_gas_bill_total": ("gas_bill", ["branch_id", "total", "id"]),
    "ix_gas_payment_amount": ("gas_payment", ["branch_id", "amount", "id"]),
    "ix_gas_payment_method": ("gas_payment", ["branch_id", "method", "id"]),
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
