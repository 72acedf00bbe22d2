"""The outbox, branches' own words for messages, opt-outs and quiet hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0016"
down_revision = "core_0015"


def upgrade() -> None:
    op.create_table(
        "core_outgoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("entity", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=60), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.Column("claimed_by", sa.String(length=80), nullable=True),
        sa.Column("claimed_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("written_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("sent_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("result", sa.String(length=300), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_outgoing_branch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_outgoing_user_id")),
        sa.ForeignKeyConstraint(["done_by"], ["ab_user.id"], name=op.f("fk_core_outgoing_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_outgoing")),
        sa.UniqueConstraint("key", name=op.f("uq_core_outgoing_key")),
    )
    op.create_index(op.f("ix_core_outgoing_branch_id"), "core_outgoing", ["branch_id"])
    op.create_index("ix_core_outgoing_due", "core_outgoing", ["state", "next_at"])
    op.create_index("ix_core_outgoing_record", "core_outgoing", ["branch_id", "entity", "record_id"])
    op.create_index("ix_core_outgoing_user", "core_outgoing", ["user_id", "channel", "written_at"])
    _table(
        "core_template",
        sa.Column("template", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        once=("branch_id", "template", "language"),
    )
    _table(
        "core_opt_out",
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=True),
        once=("branch_id", "channel", "address"),
    )
    _table(
        "core_quiet_hours",
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        once=("branch_id",),
    )


def _table(name: str, *columns: sa.Column[object], once: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        *columns,
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f(f"fk_{name}_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(*once, name=op.f(f"uq_{name}_{'_'.join(once)}")),
    )
    op.create_index(op.f(f"ix_{name}_branch_id"), name, ["branch_id"])


def downgrade() -> None:
    for table in ("core_quiet_hours", "core_opt_out", "core_template", "core_outgoing"):
        op.drop_table(table)
