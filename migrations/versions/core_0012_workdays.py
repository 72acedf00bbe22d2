"""Days off and made-up days as announced and as branches keep them; hours of service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0012"
down_revision = "core_0011"

_EVERYWHERE = sa.text("branch_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "core_workday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        *_versioned(),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_workday_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_workday")),
        sa.UniqueConstraint("branch_id", "day", name=op.f("uq_core_workday_branch_id_day")),
    )
    op.create_index(op.f("ix_core_workday_day"), "core_workday", ["day"])
    op.create_index(
        "uq_core_workday_everywhere",
        "core_workday",
        ["day"],
        unique=True,
        sqlite_where=_EVERYWHERE,
        postgresql_where=_EVERYWHERE,
    )
    op.create_table(
        "core_service_time",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("windows", sa.String(length=100), nullable=False),
        *_versioned(),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_core_service_time_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_service_time")),
        sa.UniqueConstraint("branch_id", name=op.f("uq_core_service_time_branch_id")),
    )


def _versioned() -> list[sa.Column[object]]:
    return [
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
    ]


def downgrade() -> None:
    op.drop_table("core_service_time")
    op.drop_table("core_workday")
