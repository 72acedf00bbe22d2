"""Protected customers, holds on what is owed, and cut-off orders with their bills."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "gas_0006"
down_revision = "gas_0005"


def upgrade() -> None:
    op.create_table(
        "gas_cut_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("owed", core.data.types.Money(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("handed_by", sa.Integer(), nullable=True),
        sa.Column("notice_number", sa.String(length=30), nullable=True),
        sa.Column("noticed_on", sa.Date(), nullable=True),
        sa.Column("noticed_by", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("executed_on", sa.Date(), nullable=True),
        sa.Column("executed_by", sa.Integer(), nullable=True),
        sa.Column("restored_on", sa.Date(), nullable=True),
        sa.Column("restored_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_why", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["gas_account.id"], name=op.f("fk_gas_cut_off_account_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_cut_off_branch_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["ab_user.id"], name=op.f("fk_gas_cut_off_decided_by")),
        sa.ForeignKeyConstraint(["executed_by"], ["ab_user.id"], name=op.f("fk_gas_cut_off_executed_by")),
        sa.ForeignKeyConstraint(["handed_by"], ["ab_user.id"], name=op.f("fk_gas_cut_off_handed_by")),
        sa.ForeignKeyConstraint(["noticed_by"], ["ab_user.id"], name=op.f("fk_gas_cut_off_noticed_by")),
        sa.ForeignKeyConstraint(["restored_by"], ["ab_user.id"], name=op.f("fk_gas_cut_off_restored_by")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["ab_user.id"], name=op.f("fk_gas_cut_off_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_cut_off")),
        sa.UniqueConstraint(
            "branch_id", "notice_number", name=op.f("uq_gas_cut_off_branch_id_notice_number")
        ),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_gas_cut_off_branch_id_number")),
    )
    with op.batch_alter_table("gas_cut_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_cut_off_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_cut_off_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_gas_cut_off_state", ["branch_id", "state", "id"], unique=False)
        batch_op.create_index(
            "uq_gas_cut_off_open",
            ["branch_id", "account_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('restored', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('restored', 'withdrawn')"),
        )

    op.create_table(
        "gas_protection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["gas_account.id"], name=op.f("fk_gas_protection_account_id")
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_protection_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_protection")),
        sa.UniqueConstraint(
            "branch_id",
            "account_id",
            "valid_from",
            name=op.f("uq_gas_protection_branch_id_account_id_valid_from"),
        ),
    )
    with op.batch_alter_table("gas_protection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_protection_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_protection_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "gas_cut_off_bill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("owed", core.data.types.Money(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["gas_bill.id"], name=op.f("fk_gas_cut_off_bill_bill_id")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_gas_cut_off_bill_branch_id")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["gas_cut_off.id"], name=op.f("fk_gas_cut_off_bill_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_cut_off_bill")),
        sa.UniqueConstraint(
            "branch_id", "order_id", "bill_id", name=op.f("uq_gas_cut_off_bill_branch_id_order_id_bill_id")
        ),
    )
    with op.batch_alter_table("gas_cut_off_bill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_cut_off_bill_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_cut_off_bill_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_cut_off_bill_order_id"), ["order_id"], unique=False)

    op.create_table(
        "gas_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["gas_account.id"], name=op.f("fk_gas_hold_account_id")),
        sa.ForeignKeyConstraint(["bill_id"], ["gas_bill.id"], name=op.f("fk_gas_hold_bill_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_hold_branch_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["ab_user.id"], name=op.f("fk_gas_hold_closed_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["ab_user.id"], name=op.f("fk_gas_hold_opened_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_hold")),
    )
    with op.batch_alter_table("gas_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_hold_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_hold_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_hold_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_gas_hold_state", ["branch_id", "state", "account_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("gas_hold", schema=None) as batch_op:
        batch_op.drop_index("ix_gas_hold_state")
        batch_op.drop_index(batch_op.f("ix_gas_hold_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_hold_bill_id"))
        batch_op.drop_index(batch_op.f("ix_gas_hold_account_id"))

    op.drop_table("gas_hold")
    with op.batch_alter_table("gas_cut_off_bill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_cut_off_bill_order_id"))
        batch_op.drop_index(batch_op.f("ix_gas_cut_off_bill_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_cut_off_bill_bill_id"))

    op.drop_table("gas_cut_off_bill")
    with op.batch_alter_table("gas_protection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_protection_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_protection_account_id"))

    op.drop_table("gas_protection")
    with op.batch_alter_table("gas_cut_off", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_gas_cut_off_open",
            sqlite_where=sa.text("state NOT IN ('restored', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('restored', 'withdrawn')"),
        )
        batch_op.drop_index("ix_gas_cut_off_state")
        batch_op.drop_index(batch_op.f("ix_gas_cut_off_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_cut_off_account_id"))

    op.drop_table("gas_cut_off")
