"""Reports that are handed in: filled from data, signed off or sent back; visits of a day are found by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0022"
down_revision = "core_0021"


def upgrade() -> None:
    op.create_table(
        "core_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("owed_first_on", sa.Date(), nullable=False),
        sa.Column("owed_last_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("filled_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("handed_in_by", sa.Integer(), nullable=True),
        sa.Column("handed_in_on", sa.Date(), nullable=True),
        sa.Column("first_handed_in_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("sent_back_by", sa.Integer(), nullable=True),
        sa.Column("sent_back_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_core_report_{column}"))
            for column, target in (
                ("branch_id", "core_branch.id"),
                ("handed_in_by", "ab_user.id"),
                ("signed_by", "ab_user.id"),
                ("sent_back_by", "ab_user.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_report")),
        sa.UniqueConstraint(
            "branch_id", "kind", "first_on", name=op.f("uq_core_report_branch_id_kind_first_on")
        ),
    )
    op.create_index(op.f("ix_core_report_branch_id"), "core_report", ["branch_id"])
    op.create_index("ix_core_report_first_on", "core_report", ["branch_id", "first_on", "id"])
    op.create_index("ix_core_report_state", "core_report", ["branch_id", "state", "id"])
    op.create_index("ix_core_visit_day", "core_visit", ["branch_id", "round", "visited_at"])


def downgrade() -> None:
    op.drop_index("ix_core_visit_day", "core_visit")
    op.drop_table("core_report")
