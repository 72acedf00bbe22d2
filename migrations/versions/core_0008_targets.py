"""Targets of branches by month."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0008"
down_revision = "core_0007"


def upgrade() -> None:
    op.create_table(
        "core_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("value", core.data.types.Quantity(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_target_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_target")),
        sa.UniqueConstraint(
            "branch_id", "measure", "month", name=op.f("uq_core_target_branch_id_measure_month")
        ),
    )
    op.create_index(op.f("ix_core_target_branch_id"), "core_target", ["branch_id"])


def downgrade() -> None:
    op.drop_table("core_target")
