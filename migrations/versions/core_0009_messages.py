"""Messages on records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0009"
down_revision = "core_0008"


def upgrade() -> None:
    op.create_table(
        "core_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_message_branch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_message_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_message")),
    )
    op.create_index(op.f("ix_core_message_branch_id"), "core_message", ["branch_id"])
    op.create_index("ix_core_message_record", "core_message", ["branch_id", "entity", "record_id", "at"])


def downgrade() -> None:
    op.drop_table("core_message")
