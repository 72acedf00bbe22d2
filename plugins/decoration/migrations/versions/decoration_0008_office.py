"""claims proposals documents and suggestions of the office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0008"
down_revision = "decoration_0007"


def upgrade() -> None:
    op.create_table(
        "decoration_expense",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("claimant_id", sa.Integer(), nullable=True),
        sa.Column("claimed_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_expense_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["claimant_id"], ["ab_user.id"], name=op.f("fk_decoration_expense_claimant_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["ab_user.id"], name=op.f("fk_decoration_expense_decided_by")
        ),
        sa.ForeignKeyConstraint(["paid_by"], ["ab_user.id"], name=op.f("fk_decoration_expense_paid_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_expense")),
    )
    with op.batch_alter_table("decoration_expense", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_expense_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_expense_claimant_id", ["branch_id", "claimant_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_expense_claimed_on", ["branch_id", "claimed_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_expense_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_personnel_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("employee", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_personnel_proposal_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["ab_user.id"], name=op.f("fk_decoration_personnel_proposal_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["ab_user.id"], name=op.f("fk_decoration_personnel_proposal_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_personnel_proposal")),
    )
    with op.batch_alter_table("decoration_personnel_proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decoration_personnel_proposal_branch_id"), ["branch_id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_personnel_proposal_proposed_on", ["branch_id", "proposed_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_personnel_proposal_state", ["branch_id", "state", "id"], unique=False
        )

    op.create_table(
        "decoration_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("attended", sa.String(length=200), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("issued_to", sa.String(length=200), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["ab_user.id"], name=op.f("fk_decoration_document_author_id")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_document_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_document")),
    )
    with op.batch_alter_table("decoration_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_document_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_decoration_document_day", ["branch_id", "day", "id"], unique=False)
        batch_op.create_index("ix_decoration_document_kind", ["branch_id", "kind", "id"], unique=False)

    op.create_table(
        "decoration_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["ab_user.id"], name=op.f("fk_decoration_suggestion_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_suggestion_branch_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["ab_user.id"], name=op.f("fk_decoration_suggestion_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_suggestion")),
    )
    with op.batch_alter_table("decoration_suggestion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_suggestion_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_suggestion_made_by", ["branch_id", "made_by", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_suggestion_made_on", ["branch_id", "made_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_suggestion_state", ["branch_id", "state", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("decoration_suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decoration_suggestion_branch_id"))
        batch_op.drop_index("ix_decoration_suggestion_made_by")
        batch_op.drop_index("ix_decoration_suggestion_made_on")
        batch_op.drop_index("ix_decoration_suggestion_state")

    op.drop_table("decoration_suggestion")
    with op.batch_alter_table("decoration_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decoration_document_branch_id"))
        batch_op.drop_index("ix_decoration_document_day")
        batch_op.drop_index("ix_decoration_document_kind")

    op.drop_table("decoration_document")
    with op.batch_alter_table("decoration_personnel_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decoration_personnel_proposal_branch_id"))
        batch_op.drop_index("ix_decoration_personnel_proposal_proposed_on")
        batch_op.drop_index("ix_decoration_personnel_proposal_state")

    op.drop_table("decoration_personnel_proposal")
    with op.batch_alter_table("decoration_expense", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decoration_expense_branch_id"))
        batch_op.drop_index("ix_decoration_expense_claimant_id")
        batch_op.drop_index("ix_decoration_expense_claimed_on")
        batch_op.drop_index("ix_decoration_expense_state")

    op.drop_table("decoration_expense")
