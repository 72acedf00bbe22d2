"""appraisals of service, and what proposals of personnel say of posts and education."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0010"
down_revision = "decoration_0009"

TABLE, PROPOSALS = "decoration_appraisal", "decoration_personnel_proposal"
OTHER = "other"
INDEXED = ("state", "last_day", "fed_back_on", "person_id", "crew_id")


def posts_in_words() -> sa.Update:
    """A post was written in words before; the words go on in the reason."""
    known = sa.table(PROPOSALS, sa.column("post", sa.String), sa.column("reason", sa.Text))
    return known.update().values(reason=known.c.post + ": " + known.c.reason, post=OTHER)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("crew_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("ratings", sa.Integer(), nullable=False),
        sa.Column("customer_rating", core.data.types.Quantity(), nullable=True),
        sa.Column("manager_rating", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("appraised_on", sa.Date(), nullable=True),
        sa.Column("appraised_by", sa.Integer(), nullable=True),
        sa.Column("fed_back_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f(f"fk_{TABLE}_branch_id")),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name=op.f(f"fk_{TABLE}_person_id")),
        sa.ForeignKeyConstraint(["crew_id"], ["decoration_crew.id"], name=op.f(f"fk_{TABLE}_crew_id")),
        sa.ForeignKeyConstraint(["appraised_by"], ["ab_user.id"], name=op.f(f"fk_{TABLE}_appraised_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{TABLE}_branch_id"), ["branch_id"], unique=False)
        for each in INDEXED:
            batch_op.create_index(f"ix_{TABLE}_{each}", ["branch_id", each, "id"], unique=False)
    with op.batch_alter_table(PROPOSALS, schema=None) as batch_op:
        batch_op.add_column(sa.Column("present_post", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("education", sa.String(length=20), nullable=True))
    op.execute(posts_in_words())


def downgrade() -> None:
    with op.batch_alter_table(PROPOSALS, schema=None) as batch_op:
        batch_op.drop_column("education")
        batch_op.drop_column("present_post")
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        for each in reversed(INDEXED):
            batch_op.drop_index(f"ix_{TABLE}_{each}")
        batch_op.drop_index(batch_op.f(f"ix_{TABLE}_branch_id"))
    op.drop_table(TABLE)
