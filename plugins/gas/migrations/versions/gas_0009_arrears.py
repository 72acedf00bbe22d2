"""What each account owes now, worked out of the bills and payments that are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "gas_0009"
down_revision = "gas_0008"

FILL = """
INSERT INTO gas_arrears (branch_id, account_id, number, bills, owed, due_since)
SELECT account.branch_id, account.id, account.number, count(*), sum(open.owed), min(open.due_on)
FROM (
    SELECT bill.account_id, bill.due_on, bill.total - coalesce(paid.amount, 0) AS owed
    FROM gas_bill AS bill
    LEFT JOIN (
        SELECT bill_id, sum(amount) AS amount FROM gas_payment_allocation GROUP BY bill_id
    ) AS paid ON paid.bill_id = bill.id
) AS open
JOIN gas_account AS account ON account.id = open.account_id
WHERE open.owed > 0
GROUP BY account.branch_id, account.id, account.number
"""


def upgrade() -> None:
    op.create_table(
        "gas_arrears",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("bills", sa.Integer(), nullable=False),
        sa.Column("owed", core.data.types.Money(), nullable=False),
        sa.Column("due_since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["gas_account.id"], name=op.f("fk_gas_arrears_account_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_arrears_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_arrears")),
        sa.UniqueConstraint("branch_id", "account_id", name=op.f("uq_gas_arrears_branch_id_account_id")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_gas_arrears_branch_id_number")),
    )
    with op.batch_alter_table("gas_arrears", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_arrears_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_gas_arrears_bills", ["branch_id", "bills", "id"], unique=False)
        batch_op.create_index("ix_gas_arrears_due_since", ["branch_id", "due_since", "id"], unique=False)
        batch_op.create_index("ix_gas_arrears_owed", ["branch_id", "owed", "id"], unique=False)
    op.execute(FILL)


def downgrade() -> None:
    with op.batch_alter_table("gas_arrears", schema=None) as batch_op:
        batch_op.drop_index("ix_gas_arrears_owed")
        batch_op.drop_index("ix_gas_arrears_due_since")
        batch_op.drop_index("ix_gas_arrears_bills")
        batch_op.drop_index(batch_op.f("ix_gas_arrears_branch_id"))

    op.drop_table("gas_arrears")
