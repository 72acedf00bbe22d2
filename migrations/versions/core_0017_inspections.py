"""Inspections: rounds that were begun, and their items with verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0017"
down_revision = "core_0016"


def upgrade() -> None:
    op.create_table(
        "core_inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=80), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("finished_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("finished_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_inspection_branch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_inspection_user_id")),
        sa.ForeignKeyConstraint(["finished_by"], ["ab_user.id"], name=op.f("fk_core_inspection_finished_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_inspection")),
        sa.UniqueConstraint(
            "branch_id", "round", "first_on", name=op.f("uq_core_inspection_branch_id_round_first_on")
        ),
    )
    op.create_index(op.f("ix_core_inspection_branch_id"), "core_inspection", ["branch_id"])
    op.create_table(
        "core_inspection_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("basis_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=True),
        sa.Column("remark", sa.String(length=500), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("judged_by", sa.Integer(), nullable=True),
        sa.Column("judged_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("finished", sa.Boolean(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_core_inspection_result_{column}"))
            for column, target in (
                ("branch_id", "core_branch.id"),
                ("inspection_id", "core_inspection.id"),
                ("basis_id", "core_rule_basis.id"),
                ("responsible_id", "ab_user.id"),
                ("judged_by", "ab_user.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_inspection_result")),
        sa.UniqueConstraint(
            "inspection_id", "rule", "item", name=op.f("uq_core_inspection_result_inspection_id_rule_item")
        ),
    )
    for column in ("branch_id", "inspection_id", "basis_id"):
        op.create_index(op.f(f"ix_core_inspection_result_{column}"), "core_inspection_result", [column])
    op.create_index(
        "ix_core_inspection_result_report", "core_inspection_result", ["branch_id", "day", "round"]
    )


def downgrade() -> None:
    op.drop_table("core_inspection_result")
    op.drop_table("core_inspection")
