"""Indexes of references begin with the branch.

Without statistics SQLite took another index that begins with the branch, and read all of its rows.
"""

from __future__ import annotations

from alembic import op

revision = "gas_0010"
down_revision = "gas_0009"

REFERENCES = (
    ("gas_meter", "account_id"),
    ("gas_payment", "account_id"),
    ("gas_billing_skip", "account_id"),
    ("gas_payment_allocation", "bill_id"),
    ("gas_reading", "bill_id"),
    ("gas_bill_segment", "bill_id"),
    ("gas_hold", "account_id"),
    ("gas_hold", "bill_id"),
    ("gas_cut_off", "account_id"),
    ("gas_cut_off_bill", "bill_id"),
    ("gas_bill", "run_id"),
    ("gas_bill", "tariff_version_id"),
)


def upgrade() -> None:
    for table, column in REFERENCES:
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column.removesuffix('_id')}", table, ["branch_id", column])


def downgrade() -> None:
    for table, column in REFERENCES:
        op.drop_index(f"ix_{table}_{column.removesuffix('_id')}", table)
        op.create_index(f"ix_{table}_{column}", table, [column])
