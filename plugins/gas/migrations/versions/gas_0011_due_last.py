"""The last due day of what an account owes, kept with the balance; bills of accounts by due day, meters by state."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "gas_0011"
down_revision = "gas_0010"

FILL = """
UPDATE gas_arrears SET due_last = coalesce((
    SELECT max(bill.due_on) FROM gas_bill AS bill
    WHERE bill.branch_id = gas_arrears.branch_id AND bill.account_id = gas_arrears.account_id
    AND bill.total > coalesce((
        SELECT sum(paid.amount) FROM gas_payment_allocation AS paid
        WHERE paid.branch_id = bill.branch_id AND paid.bill_id = bill.id
    ), 0)
), due_since)
"""


def upgrade() -> None:
    op.drop_index("ix_gas_bill_account_id", "gas_bill")
    op.create_index("ix_gas_bill_account", "gas_bill", ["branch_id", "account_id", "due_on"])
    op.create_index("ix_gas_meter_state", "gas_meter", ["branch_id", "state", "id"])
    op.add_column("gas_arrears", sa.Column("due_last", sa.Date(), nullable=True))
    op.execute(FILL)
    with op.batch_alter_table("gas_arrears", schema=None) as table:
        table.alter_column("due_last", existing_type=sa.Date(), nullable=False)
    op.create_index("ix_gas_arrears_due_last", "gas_arrears", ["branch_id", "due_last", "due_since", "id"])


def downgrade() -> None:
    op.drop_index("ix_gas_arrears_due_last", "gas_arrears")
    with op.batch_alter_table("gas_arrears", schema=None) as table:
        table.drop_column("due_last")
    op.drop_index("ix_gas_meter_state", "gas_meter")
    op.drop_index("ix_gas_bill_account", "gas_bill")
    op.create_index("ix_gas_bill_account_id", "gas_bill", ["account_id"])
