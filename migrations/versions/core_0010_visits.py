"""Visits of rounds, each known by the key that the phone made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0010"
down_revision = "core_0009"


def upgrade() -> None:
    op.create_table(
        "core_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("round", sa.String(length=80), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("entity", sa.String(length=80), nullable=True),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("visited_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("received_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_visit_branch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_visit_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_visit")),
        sa.UniqueConstraint("key", name=op.f("uq_core_visit_key")),
    )
    op.create_index(op.f("ix_core_visit_branch_id"), "core_visit", ["branch_id"])
    op.create_index("ix_core_visit_round", "core_visit", ["branch_id", "round", "id"])
    op.create_index("ix_core_visit_record", "core_visit", ["branch_id", "entity", "record_id"])


def downgrade() -> None:
    op.drop_table("core_visit")
