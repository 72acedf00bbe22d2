"""Notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "notes_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "notes_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_notes_note_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes_note")),
    )
    op.create_index(op.f("ix_notes_note_branch_id"), "notes_note", ["branch_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_notes_note_branch_id"), table_name="notes_note")
    op.drop_table("notes_note")
