"""Indexes by which the bell finds the messages on records that a person follows."""

from __future__ import annotations

from alembic import op

revision = "core_0011"
down_revision = "core_0010"


def upgrade() -> None:
    op.create_index("ix_core_message_user", "core_message", ["user_id", "branch_id", "entity", "record_id"])
    op.create_index("ix_core_message_at", "core_message", ["branch_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_core_message_at", table_name="core_message")
    op.drop_index("ix_core_message_user", table_name="core_message")
