"""Saved views of lists, and how each person arranged a list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0007"
down_revision = "core_0006"


def upgrade() -> None:
    op.create_table(
        "core_list_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("position", sa.String(length=80), nullable=True),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_list_view_branch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_list_view_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_list_view")),
        sa.UniqueConstraint(
            "branch_id",
            "user_id",
            "entity",
            "name",
            name=op.f("uq_core_list_view_branch_id_user_id_entity_name"),
        ),
    )
    op.create_index(op.f("ix_core_list_view_branch_id"), "core_list_view", ["branch_id"])
    op.create_index("ix_core_list_view_entity", "core_list_view", ["branch_id", "entity"])
    op.create_table(
        "core_list_habit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("widths", sa.JSON(), nullable=False),
        sa.Column("view_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_list_habit_branch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_list_habit_user_id")),
        sa.ForeignKeyConstraint(["view_id"], ["core_list_view.id"], name=op.f("fk_core_list_habit_view_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_list_habit")),
        sa.UniqueConstraint(
            "branch_id", "user_id", "entity", name=op.f("uq_core_list_habit_branch_id_user_id_entity")
        ),
    )
    op.create_index(op.f("ix_core_list_habit_branch_id"), "core_list_habit", ["branch_id"])
    op.create_index(op.f("ix_core_list_habit_view_id"), "core_list_habit", ["view_id"])


def downgrade() -> None:
    op.drop_table("core_list_habit")
    op.drop_table("core_list_view")
