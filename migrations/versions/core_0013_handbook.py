"""The rule book: settings with their day, what outcomes rest on, and findings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0013"
down_revision = "core_0012"


def upgrade() -> None:
    op.create_table(
        "core_rule_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("setting", sa.String(length=60), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("inherits", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", core.data.types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_core_rule_setting_branch_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["ab_user.id"], name=op.f("fk_core_rule_setting_set_by")),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["ab_user.id"], name=op.f("fk_core_rule_setting_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["ab_user.id"], name=op.f("fk_core_rule_setting_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_rule_setting")),
    )
    op.create_index("ix_core_rule_setting_rule", "core_rule_setting", ["rule", "branch_id"])
    op.create_table(
        "core_rule_basis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clause", sa.JSON(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("made_at", core.data.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_rule_basis")),
        sa.UniqueConstraint("digest", name=op.f("uq_core_rule_basis_digest")),
    )
    op.create_index(op.f("ix_core_rule_basis_rule"), "core_rule_basis", ["rule"])
    op.create_table(
        "core_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("basis_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_finding_branch_id")),
        sa.ForeignKeyConstraint(["basis_id"], ["core_rule_basis.id"], name=op.f("fk_core_finding_basis_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_finding_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_finding")),
        sa.UniqueConstraint("key", name=op.f("uq_core_finding_key")),
    )
    op.create_index(op.f("ix_core_finding_branch_id"), "core_finding", ["branch_id"])
    op.create_index(op.f("ix_core_finding_basis_id"), "core_finding", ["basis_id"])
    op.create_index("ix_core_finding_subject", "core_finding", ["branch_id", "entity", "subject_id"])
    op.create_index("ix_core_finding_rule", "core_finding", ["branch_id", "rule", "at"])
    op.create_table(
        "core_own_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("moment", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("document", sa.String(length=120), nullable=False),
        sa.Column("heading", sa.String(length=60), nullable=False),
        sa.Column("says", sa.String(length=500), nullable=False),
        sa.Column("effect", sa.String(length=10), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("all_of", sa.Boolean(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("retired_by", sa.Integer(), nullable=True),
        sa.Column("retired_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_own_rule_branch_id")),
        sa.ForeignKeyConstraint(["made_by"], ["ab_user.id"], name=op.f("fk_core_own_rule_made_by")),
        sa.ForeignKeyConstraint(["published_by"], ["ab_user.id"], name=op.f("fk_core_own_rule_published_by")),
        sa.ForeignKeyConstraint(["retired_by"], ["ab_user.id"], name=op.f("fk_core_own_rule_retired_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_own_rule")),
        sa.UniqueConstraint("number", "version", name=op.f("uq_core_own_rule_number_version")),
    )
    op.create_index(op.f("ix_core_own_rule_branch_id"), "core_own_rule", ["branch_id"])


def downgrade() -> None:
    op.drop_table("core_own_rule")
    op.drop_table("core_finding")
    op.drop_table("core_rule_basis")
    op.drop_table("core_rule_setting")
