"""Indexes of obligations by position and rule, by person, and of those that were raised: for the lines of My work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0023"
down_revision = "core_0022"

TABLE = "core_obligation"
RAISED = {"sqlite_where": sa.text("step > 0"), "postgresql_where": sa.text("step > 0")}


def upgrade() -> None:
    op.create_index(
        "ix_core_obligation_position", TABLE, ["branch_id", "owner_position", "state", "rule", "due_on"]
    )
    op.create_index("ix_core_obligation_owner", TABLE, ["branch_id", "owner_id", "state", "due_on"])
    op.create_index("ix_core_obligation_raised", TABLE, ["branch_id", "state", "rule"], **RAISED)
    op.drop_index("ix_core_obligation_owner_id", table_name=TABLE)


def downgrade() -> None:
    op.create_index("ix_core_obligation_owner_id", TABLE, ["owner_id"])
    for name in ("raised", "owner", "position"):
        op.drop_index(f"ix_core_obligation_{name}", table_name=TABLE)
