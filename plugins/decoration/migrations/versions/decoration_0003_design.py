"""Appointments with customers, and deposits and fees with their receipts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0003"
down_revision = "decoration_0002"


def upgrade() -> None:
    op.create_table(
        "decoration_appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("designer_id", sa.Integer(), nullable=True),
        sa.Column("engineer_id", sa.Integer(), nullable=True),
        sa.Column("participants", sa.String(length=200), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_through", sa.String(length=20), nullable=True),
        sa.Column("confirmed_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("confirmed_how", sa.String(length=20), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("missed_why", sa.String(length=200), nullable=True),
        sa.Column("new_on", sa.Date(), nullable=True),
        sa.Column("new_starts", sa.String(length=5), nullable=True),
        sa.Column("earlier_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["ab_user.id"], name=op.f("fk_decoration_appointment_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_appointment_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["commission_id"],
            ["decoration_commission.id"],
            name=op.f("fk_decoration_appointment_commission_id"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_appointment_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["designer_id"], ["ab_user.id"], name=op.f("fk_decoration_appointment_designer_id")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["decoration_appointment.id"], name=op.f("fk_decoration_appointment_earlier_id")
        ),
        sa.ForeignKeyConstraint(
            ["engineer_id"], ["ab_user.id"], name=op.f("fk_decoration_appointment_engineer_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["ab_user.id"], name=op.f("fk_decoration_appointment_invited_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_appointment")),
    )
    with op.batch_alter_table("decoration_appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_appointment_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_appointment_commission_id", ["branch_id", "commission_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_appointment_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_appointment_designer_id",
            ["branch_id", "designer_id", "planned_on", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_decoration_appointment_earlier_id", ["branch_id", "earlier_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_appointment_held_on", ["branch_id", "held_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_appointment_planned_on", ["branch_id", "planned_on", "starts", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_appointment_state", ["branch_id", "state", "planned_on", "id"], unique=False
        )

    op.create_table(
        "decoration_fee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("notified_by", sa.Integer(), nullable=True),
        sa.Column("notified_through", sa.String(length=20), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("clerk_id", sa.Integer(), nullable=True),
        sa.Column("reversed_why", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_fee_branch_id")),
        sa.ForeignKeyConstraint(["clerk_id"], ["ab_user.id"], name=op.f("fk_decoration_fee_clerk_id")),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["decoration_commission.id"], name=op.f("fk_decoration_fee_commission_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_fee_customer_id")
        ),
        sa.ForeignKeyConstraint(["notified_by"], ["ab_user.id"], name=op.f("fk_decoration_fee_notified_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_fee")),
    )
    with op.batch_alter_table("decoration_fee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_fee_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_fee_commission_id", ["branch_id", "commission_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_fee_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_fee_opened_on", ["branch_id", "opened_on", "id"], unique=False)
        batch_op.create_index("ix_decoration_fee_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("fee_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=True),
        sa.Column("designer_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("reversed_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_receipt_branch_id")
        ),
        sa.ForeignKeyConstraint(["clerk_id"], ["ab_user.id"], name=op.f("fk_decoration_receipt_clerk_id")),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["decoration_commission.id"], name=op.f("fk_decoration_receipt_commission_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_receipt_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["designer_id"], ["ab_user.id"], name=op.f("fk_decoration_receipt_designer_id")
        ),
        sa.ForeignKeyConstraint(["fee_id"], ["decoration_fee.id"], name=op.f("fk_decoration_receipt_fee_id")),
        sa.ForeignKeyConstraint(
            ["reversed_by_id"], ["decoration_receipt.id"], name=op.f("fk_decoration_receipt_reversed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["decoration_receipt.id"], name=op.f("fk_decoration_receipt_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_receipt")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_receipt_branch_id_number")),
        sa.UniqueConstraint(
            "branch_id", "reverses_id", name=op.f("uq_decoration_receipt_branch_id_reverses_id")
        ),
    )
    with op.batch_alter_table("decoration_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_receipt_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_receipt_commission_id", ["branch_id", "commission_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_receipt_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_receipt_fee_id", ["branch_id", "fee_id", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_receipt_kind", ["branch_id", "kind", "received_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_receipt_received_on", ["branch_id", "received_on", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("decoration_receipt", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_receipt_received_on")
        batch_op.drop_index("ix_decoration_receipt_kind")
        batch_op.drop_index("ix_decoration_receipt_fee_id")
        batch_op.drop_index("ix_decoration_receipt_customer_id")
        batch_op.drop_index("ix_decoration_receipt_commission_id")
        batch_op.drop_index(batch_op.f("ix_decoration_receipt_branch_id"))

    op.drop_table("decoration_receipt")
    with op.batch_alter_table("decoration_fee", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_fee_state")
        batch_op.drop_index("ix_decoration_fee_opened_on")
        batch_op.drop_index("ix_decoration_fee_customer_id")
        batch_op.drop_index("ix_decoration_fee_commission_id")
        batch_op.drop_index(batch_op.f("ix_decoration_fee_branch_id"))

    op.drop_table("decoration_fee")
    with op.batch_alter_table("decoration_appointment", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_appointment_state")
        batch_op.drop_index("ix_decoration_appointment_planned_on")
        batch_op.drop_index("ix_decoration_appointment_held_on")
        batch_op.drop_index("ix_decoration_appointment_earlier_id")
        batch_op.drop_index("ix_decoration_appointment_designer_id")
        batch_op.drop_index("ix_decoration_appointment_customer_id")
        batch_op.drop_index("ix_decoration_appointment_commission_id")
        batch_op.drop_index(batch_op.f("ix_decoration_appointment_branch_id"))

    op.drop_table("decoration_appointment")
