"""Members, days' collections, readings of the files, pairs of files, and what merging needs of a customer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0002"
down_revision = "decoration_0001"


def upgrade() -> None:
    op.create_table(
        "decoration_file_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("read_by", sa.Integer(), nullable=True),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("backup_place", sa.String(length=120), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_file_reading_branch_id")
        ),
        sa.ForeignKeyConstraint(["read_by"], ["ab_user.id"], name=op.f("fk_decoration_file_reading_read_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_file_reading")),
    )
    with op.batch_alter_table("decoration_file_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_file_reading_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_file_reading_read_on", ["branch_id", "read_on", "id"], unique=False
        )

    op.create_table(
        "decoration_collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("specialist_id", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("handed_in_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("reading_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_collection_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["decoration_file_reading.id"], name=op.f("fk_decoration_collection_reading_id")
        ),
        sa.ForeignKeyConstraint(
            ["specialist_id"], ["ab_user.id"], name=op.f("fk_decoration_collection_specialist_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_collection")),
        sa.UniqueConstraint(
            "branch_id",
            "day",
            "specialist_id",
            name=op.f("uq_decoration_collection_branch_id_day_specialist_id"),
        ),
    )
    with op.batch_alter_table("decoration_collection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_collection_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_collection_reading_id", ["branch_id", "reading_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_collection_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_duplicate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("found_by", sa.String(length=20), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("kept", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("moved", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_duplicate_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["ab_user.id"], name=op.f("fk_decoration_duplicate_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["decoration_customer.id"], name=op.f("fk_decoration_duplicate_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["decoration_customer.id"], name=op.f("fk_decoration_duplicate_second_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_duplicate")),
        sa.UniqueConstraint(
            "branch_id",
            "first_id",
            "second_id",
            name=op.f("uq_decoration_duplicate_branch_id_first_id_second_id"),
        ),
    )
    with op.batch_alter_table("decoration_duplicate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_duplicate_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_duplicate_second_id", ["branch_id", "second_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_duplicate_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("called", sa.String(length=60), nullable=False),
        sa.Column("ground", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("cared_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_member_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_member_customer_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["ab_user.id"], name=op.f("fk_decoration_member_decided_by")),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["ab_user.id"], name=op.f("fk_decoration_member_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_member")),
        sa.UniqueConstraint(
            "branch_id", "customer_id", name=op.f("uq_decoration_member_branch_id_customer_id")
        ),
    )
    with op.batch_alter_table("decoration_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_member_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_member_joined_on", ["branch_id", "joined_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_member_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_member_care",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_member_care_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_member_care_customer_id")
        ),
        sa.ForeignKeyConstraint(["done_by"], ["ab_user.id"], name=op.f("fk_decoration_member_care_done_by")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["decoration_member.id"], name=op.f("fk_decoration_member_care_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_member_care")),
    )
    with op.batch_alter_table("decoration_member_care", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_member_care_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_member_care_member_id", ["branch_id", "member_id", "id"], unique=False
        )

    with op.batch_alter_table("decoration_customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deposit_amount", core.data.types.Money(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            "ix_decoration_customer_merged_into_id", ["branch_id", "merged_into_id", "id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_decoration_customer_merged_into_id"),
            "decoration_customer",
            ["merged_into_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("decoration_customer", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decoration_customer_merged_into_id"), type_="foreignkey")
        batch_op.drop_index("ix_decoration_customer_merged_into_id")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("deposit_amount")

    with op.batch_alter_table("decoration_member_care", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_member_care_member_id")
        batch_op.drop_index(batch_op.f("ix_decoration_member_care_branch_id"))

    op.drop_table("decoration_member_care")
    with op.batch_alter_table("decoration_member", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_member_state")
        batch_op.drop_index("ix_decoration_member_joined_on")
        batch_op.drop_index(batch_op.f("ix_decoration_member_branch_id"))

    op.drop_table("decoration_member")
    with op.batch_alter_table("decoration_duplicate", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_duplicate_state")
        batch_op.drop_index("ix_decoration_duplicate_second_id")
        batch_op.drop_index(batch_op.f("ix_decoration_duplicate_branch_id"))

    op.drop_table("decoration_duplicate")
    with op.batch_alter_table("decoration_collection", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_collection_state")
        batch_op.drop_index("ix_decoration_collection_reading_id")
        batch_op.drop_index(batch_op.f("ix_decoration_collection_branch_id"))

    op.drop_table("decoration_collection")
    with op.batch_alter_table("decoration_file_reading", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_file_reading_read_on")
        batch_op.drop_index(batch_op.f("ix_decoration_file_reading_branch_id"))

    op.drop_table("decoration_file_reading")
