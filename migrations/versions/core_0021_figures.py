"""Figures of the months are kept, with what they rest on; obligations of a day are found by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0021"
down_revision = "core_0020"


def upgrade() -> None:
    op.create_table(
        "core_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=80), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("amount", core.data.types.Quantity(), nullable=False),
        sa.Column("whole", core.data.types.Quantity(), nullable=True),
        sa.Column("target", core.data.types.Quantity(), nullable=True),
        sa.Column("entered", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("basis_id", sa.Integer(), nullable=True),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("worked_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["basis_id"], ["core_rule_basis.id"], name=op.f("fk_core_figure_basis_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_figure_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_figure")),
        sa.UniqueConstraint(
            "branch_id", "month", "measure", name=op.f("uq_core_figure_branch_id_month_measure")
        ),
    )
    op.create_index(op.f("ix_core_figure_branch_id"), "core_figure", ["branch_id"])
    op.create_index("ix_core_obligation_day", "core_obligation", ["branch_id", "due_on", "id"])


def downgrade() -> None:
    op.drop_index("ix_core_obligation_day", "core_obligation")
    op.drop_index(op.f("ix_core_figure_branch_id"), "core_figure")
    op.drop_table("core_figure")
