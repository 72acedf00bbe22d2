"""Moves that wait for approval, what was said of them, and witnesses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0015"
down_revision = "core_0014"
RECORD = ("branch_id", "entity", "record_id")


def upgrade() -> None:
    op.create_table(
        "core_move_request",
        *_record_columns(),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("entered", sa.JSON(), nullable=False),
        sa.Column("witnesses", sa.JSON(), nullable=False),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("ended_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_core_move_request_branch_id")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["ab_user.id"], name=op.f("fk_core_move_request_asked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_move_request")),
    )
    op.create_index(op.f("ix_core_move_request_branch_id"), "core_move_request", ["branch_id"])
    op.create_index("ix_core_move_request_record", "core_move_request", RECORD)
    op.create_index("ix_core_move_request_state", "core_move_request", ["branch_id", "state"])
    op.create_table(
        "core_approval",
        *_record_columns(),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("basis_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.String(length=80), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("for_user_id", sa.Integer(), nullable=True),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=True),
        sa.Column("at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_approval_branch_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["core_move_request.id"], name=op.f("fk_core_approval_request_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_approval_user_id")),
        sa.ForeignKeyConstraint(["for_user_id"], ["ab_user.id"], name=op.f("fk_core_approval_for_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_approval")),
    )
    op.create_index(op.f("ix_core_approval_branch_id"), "core_approval", ["branch_id"])
    op.create_index(op.f("ix_core_approval_request_id"), "core_approval", ["request_id"])
    op.create_index("ix_core_approval_record", "core_approval", RECORD)
    op.create_table(
        "core_witness",
        *_record_columns(),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_witness_branch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_witness_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_witness")),
    )
    op.create_index(op.f("ix_core_witness_branch_id"), "core_witness", ["branch_id"])
    op.create_index("ix_core_witness_record", "core_witness", RECORD)


def _record_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("transition", sa.String(length=40), nullable=False),
    ]


def downgrade() -> None:
    for table in ("core_witness", "core_approval", "core_move_request"):
        op.drop_table(table)
