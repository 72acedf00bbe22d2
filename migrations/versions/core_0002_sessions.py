"""Sessions and tokens as rows, and attempts at log-in counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0002"
down_revision = "core_0001"


def upgrade() -> None:
    op.create_table(
        "core_door_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("counted_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("closed_until", core.data.types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_door_counter")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_core_door_counter_kind_key")),
    )
    op.create_table(
        "core_login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("began_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("last_used_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("ends_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_login_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_login_session")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_core_login_session_key_hash")),
    )
    op.create_index("ix_core_login_session_user_id", "core_login_session", ["user_id"])
    with op.batch_alter_table("core_person_profile") as batch:
        batch.drop_column("sessions_from")


def downgrade() -> None:
    with op.batch_alter_table("core_person_profile") as batch:
        batch.add_column(sa.Column("sessions_from", core.data.types.UtcDateTime(), nullable=True))
    op.drop_index("ix_core_login_session_user_id", table_name="core_login_session")
    op.drop_table("core_login_session")
    op.drop_table("core_door_counter")
