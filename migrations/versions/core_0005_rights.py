"""Overrides of rights, the counter that tells of them, and acting appointments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0005"
down_revision = "core_0004"


def upgrade() -> None:
    op.create_table(
        "core_right_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(length=80), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=10), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", core.data.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_core_right_override_branch_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["ab_user.id"], name=op.f("fk_core_right_override_set_by")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["ab_user.id"], name=op.f("fk_core_right_override_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_right_override")),
    )
    with op.batch_alter_table("core_right_override") as table:
        table.create_index("ix_core_right_override_key", ["position", "entity", "name"])
        table.create_index(op.f("ix_core_right_override_branch_id"), ["branch_id"])
        table.create_index(op.f("ix_core_right_override_withdrawn_at"), ["withdrawn_at"])
    counter = op.create_table(
        "core_rights_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_rights_version")),
    )
    op.bulk_insert(counter, [{"id": 1, "version": 1}])
    with op.batch_alter_table("core_appointment") as table:
        table.add_column(sa.Column("kind", sa.String(length=10), server_default="regular", nullable=False))
        table.add_column(sa.Column("acting_for_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_core_appointment_acting_for_id"), "ab_user", ["acting_for_id"], ["id"]
        )
        table.create_index(op.f("ix_core_appointment_acting_for_id"), ["acting_for_id"])


def downgrade() -> None:
    with op.batch_alter_table("core_appointment") as table:
        table.drop_index(op.f("ix_core_appointment_acting_for_id"))
        table.drop_constraint(op.f("fk_core_appointment_acting_for_id"), type_="foreignkey")
        table.drop_column("acting_for_id")
        table.drop_column("kind")
    op.drop_table("core_rights_version")
    op.drop_table("core_right_override")
