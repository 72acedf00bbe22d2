"""Links to a new password, second factors, and keys for programs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0004"
down_revision = "core_0003"

_AT = core.data.types.UtcDateTime


def upgrade() -> None:
    op.create_table(
        "core_password_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", _AT(), nullable=False),
        sa.Column("ends_at", _AT(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_password_link_user_id")),
        sa.ForeignKeyConstraint(["made_by"], ["ab_user.id"], name=op.f("fk_core_password_link_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_password_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_core_password_link_token_hash")),
    )
    op.create_index("ix_core_password_link_user_id", "core_password_link", ["user_id"])
    op.create_table(
        "core_second_factor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", _AT(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_second_factor_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_second_factor")),
        sa.UniqueConstraint("user_id", name=op.f("uq_core_second_factor_user_id")),
    )
    op.create_table(
        "core_recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_recovery_code")),
        sa.UniqueConstraint("user_id", "code_hash", name=op.f("uq_core_recovery_code_user_id_code_hash")),
    )
    op.create_table(
        "core_factor_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(length=80), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _AT(), nullable=False),
        sa.Column("changed_at", _AT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_core_factor_duty_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_factor_duty")),
    )
    op.create_index("ix_core_factor_duty_branch_id", "core_factor_duty", ["branch_id"])
    op.create_table(
        "core_api_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("made_at", _AT(), nullable=False),
        sa.Column("ends_at", _AT(), nullable=False),
        sa.Column("last_used_at", _AT(), nullable=True),
        sa.Column("last_address", sa.String(length=45), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_api_key_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_api_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_core_api_key_key_hash")),
    )
    op.create_index("ix_core_api_key_user_id", "core_api_key", ["user_id"])


def downgrade() -> None:
    op.drop_index("ix_core_api_key_user_id", table_name="core_api_key")
    op.drop_table("core_api_key")
    op.drop_index("ix_core_factor_duty_branch_id", table_name="core_factor_duty")
    op.drop_table("core_factor_duty")
    op.drop_table("core_recovery_code")
    op.drop_table("core_second_factor")
    op.drop_index("ix_core_password_link_user_id", table_name="core_password_link")
    op.drop_table("core_password_link")
