"""The tokens by which records are found; `zhidu migrate` makes those of the rows that are there already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0006"
down_revision = "core_0005"

TOKEN = sa.String(length=24).with_variant(sa.String(length=24, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "core_search_token",
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", TOKEN, nullable=False),
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_core_search_token_branch_id")
        ),
        sa.PrimaryKeyConstraint(
            "branch_id", "field_id", "token", "record_id", name=op.f("pk_core_search_token")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_core_search_token_record", "core_search_token", ["field_id", "record_id"])
    op.create_table(
        "core_search_common",
        sa.Column("field_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", TOKEN, nullable=False),
        sa.Column("record_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("field_id", "token", "record_id", name=op.f("pk_core_search_common")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_core_search_common_record", "core_search_common", ["field_id", "record_id"])
    op.create_table(
        "core_search_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=80), nullable=False),
        sa.Column("made_as", sa.String(length=16), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_search_state")),
        sa.UniqueConstraint("table_name", name=op.f("uq_core_search_state_table_name")),
    )


def downgrade() -> None:
    op.drop_table("core_search_state")
    op.drop_table("core_search_common")
    op.drop_table("core_search_token")
