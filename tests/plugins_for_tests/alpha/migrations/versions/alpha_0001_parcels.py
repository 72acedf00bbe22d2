"""Parcels."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "alpha_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "alpha_parcel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_alpha_parcel_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alpha_parcel")),
    )
    op.create_index(op.f("ix_alpha_parcel_branch_id"), "alpha_parcel", ["branch_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_alpha_parcel_branch_id"), table_name="alpha_parcel")
    op.drop_table("alpha_parcel")
