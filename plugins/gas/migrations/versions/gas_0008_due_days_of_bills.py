"""What the day rests on until which a bill is payable."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "gas_0008"
down_revision = "gas_0007"

BASIS = "due_basis_id"
KEY = "fk_gas_bill_due_basis_id"


def upgrade() -> None:
    with op.batch_alter_table("gas_bill", schema=None) as table:
        table.add_column(sa.Column(BASIS, sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(KEY), "core_rule_basis", [BASIS], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("gas_bill", schema=None) as table:
        table.drop_constraint(op.f(KEY), type_="foreignkey")
        table.drop_column(BASIS)
