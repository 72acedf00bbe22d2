"""Call-backs name the complaint, repair or acceptance that ends with them, and what the customer thinks of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "decoration_0011"
down_revision = "decoration_0010"

TABLE = "decoration_call_back"
TARGETS = {
    "complaint_id": "decoration_complaint",
    "repair_id": "decoration_repair",
    "acceptance_id": "decoration_acceptance",
}


def upgrade() -> None:
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        for column, target in TARGETS.items():
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f"fk_{TABLE}_{column}"), target, [column], ["id"])
            batch_op.create_index(f"ix_{TABLE}_{column}", ["branch_id", column, "state", "id"], unique=False)
        batch_op.add_column(sa.Column("rating", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.drop_column("rating")
        for column in TARGETS:
            batch_op.drop_index(f"ix_{TABLE}_{column}")
            batch_op.drop_constraint(batch_op.f(f"fk_{TABLE}_{column}"), type_="foreignkey")
            batch_op.drop_column(column)
