"""Obligations, the series of cadences, and how far each branch is planned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0014"
down_revision = "core_0013"


def upgrade() -> None:
    op.create_table(
        "core_obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("basis_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.String(length=40), nullable=False),
        sa.Column("owner_position", sa.String(length=80), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("nominal_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("late_on", sa.Date(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("closed_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_entity", sa.String(length=80), nullable=True),
        sa.Column("closed_record", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        _to("core_obligation", "branch_id", "core_branch"),
        _to("core_obligation", "basis_id", "core_rule_basis"),
        _to("core_obligation", "owner_id", "ab_user"),
        _to("core_obligation", "merged_into", "core_obligation"),
        _to("core_obligation", "closed_by", "ab_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_obligation")),
        sa.UniqueConstraint(
            "branch_id",
            "rule",
            "record_id",
            "occurrence",
            name=op.f("uq_core_obligation_branch_id_rule_record_id_occurrence"),
        ),
    )
    for column in ("branch_id", "basis_id", "owner_id"):
        op.create_index(op.f(f"ix_core_obligation_{column}"), "core_obligation", [column])
    op.create_index("ix_core_obligation_due", "core_obligation", ["branch_id", "state", "due_on"])
    op.create_index("ix_core_obligation_subject", "core_obligation", ["branch_id", "entity", "record_id"])
    op.create_table(
        "core_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("basis_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("anchor_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("planned_to", sa.Date(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        _to("core_series", "branch_id", "core_branch"),
        _to("core_series", "basis_id", "core_rule_basis"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_series")),
        sa.UniqueConstraint(
            "branch_id", "rule", "record_id", name=op.f("uq_core_series_branch_id_rule_record_id")
        ),
    )
    op.create_index(op.f("ix_core_series_branch_id"), "core_series", ["branch_id"])
    op.create_table(
        "core_plan_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("days_known", sa.String(length=80), nullable=False),
        _to("core_plan_state", "branch_id", "core_branch"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_plan_state")),
        sa.UniqueConstraint("branch_id", name=op.f("uq_core_plan_state_branch_id")),
    )
    op.create_index(op.f("ix_core_plan_state_branch_id"), "core_plan_state", ["branch_id"])


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    op.drop_table("core_plan_state")
    op.drop_table("core_series")
    op.drop_table("core_obligation")
