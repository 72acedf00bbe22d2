"""An index of series by their anchor: the dates of one anchor are joined to all its series."""

from __future__ import annotations

from alembic import op

revision = "core_0018"
down_revision = "core_0017"


def upgrade() -> None:
    op.create_index("ix_core_series_anchor", "core_series", ["branch_id", "rule", "anchor_on"])


def downgrade() -> None:
    op.drop_index("ix_core_series_anchor", table_name="core_series")
