"""contracts stages and papers of sites."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0004"
down_revision = "decoration_0003"


def upgrade() -> None:
    op.create_table(
        "decoration_acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("checkpoint", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("notified_by", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.Column("called_by", sa.Integer(), nullable=True),
        sa.Column("call_result", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_acceptance_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["called_by"], ["ab_user.id"], name=op.f("fk_decoration_acceptance_called_by")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_acceptance_customer_id")
        ),
        sa.ForeignKeyConstraint(["held_by"], ["ab_user.id"], name=op.f("fk_decoration_acceptance_held_by")),
        sa.ForeignKeyConstraint(
            ["notified_by"], ["ab_user.id"], name=op.f("fk_decoration_acceptance_notified_by")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["decoration_acceptance.id"], name=op.f("fk_decoration_acceptance_previous_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_acceptance_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_acceptance")),
        sa.UniqueConstraint(
            "branch_id",
            "site_id",
            "checkpoint",
            "attempt",
            name=op.f("uq_decoration_acceptance_branch_id_site_id_checkpoint_attempt"),
        ),
    )
    with op.batch_alter_table("decoration_acceptance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_acceptance_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_acceptance_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_acceptance_held_on", ["branch_id", "held_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_acceptance_planned_on", ["branch_id", "planned_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_acceptance_previous_id", ["branch_id", "previous_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_acceptance_site_id", ["branch_id", "site_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_acceptance_state", ["branch_id", "state", "planned_on", "id"], unique=False
        )

    op.create_table(
        "decoration_change_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreed_by", sa.String(length=60), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_change_order_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_change_order_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["ab_user.id"], name=op.f("fk_decoration_change_order_signed_by")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_change_order_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_change_order")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_change_order_branch_id_number")),
    )
    with op.batch_alter_table("decoration_change_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_change_order_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_change_order_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_change_order_site_id", ["branch_id", "site_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_change_order_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_completion_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_completion_notice_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["decoration_customer.id"],
            name=op.f("fk_decoration_completion_notice_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["ab_user.id"], name=op.f("fk_decoration_completion_notice_received_by")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["ab_user.id"], name=op.f("fk_decoration_completion_notice_sent_by")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_completion_notice_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_completion_notice")),
        sa.UniqueConstraint(
            "branch_id", "number", name=op.f("uq_decoration_completion_notice_branch_id_number")
        ),
    )
    with op.batch_alter_table("decoration_completion_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decoration_completion_notice_branch_id"), ["branch_id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_completion_notice_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_completion_notice_site_id", ["branch_id", "site_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_completion_notice_state", ["branch_id", "state", "id"], unique=False
        )

    op.create_table(
        "decoration_contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_contract_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_contract_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_contract_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_contract")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_contract_branch_id_number")),
    )
    with op.batch_alter_table("decoration_contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_contract_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_contract_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_contract_signed_on", ["branch_id", "signed_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_contract_site_id", ["branch_id", "site_id", "id"], unique=False)
        batch_op.create_index("ix_decoration_contract_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_handbook_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("drawings", sa.String(length=12), nullable=True),
        sa.Column("changes", sa.String(length=12), nullable=True),
        sa.Column("acceptances", sa.String(length=12), nullable=True),
        sa.Column("materials", sa.String(length=12), nullable=True),
        sa.Column("checks", sa.String(length=12), nullable=True),
        sa.Column("photos", sa.String(length=12), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("collected_on", sa.Date(), nullable=True),
        sa.Column("collected_by", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_handbook_return_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["ab_user.id"], name=op.f("fk_decoration_handbook_return_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["collected_by"], ["ab_user.id"], name=op.f("fk_decoration_handbook_return_collected_by")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["decoration_customer.id"],
            name=op.f("fk_decoration_handbook_return_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_handbook_return_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_handbook_return")),
        sa.UniqueConstraint(
            "branch_id", "site_id", name=op.f("uq_decoration_handbook_return_branch_id_site_id")
        ),
    )
    with op.batch_alter_table("decoration_handbook_return", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decoration_handbook_return_branch_id"), ["branch_id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_handbook_return_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_handbook_return_site_id", ["branch_id", "site_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_handbook_return_state", ["branch_id", "state", "id"], unique=False
        )

    op.create_table(
        "decoration_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("designer_id", sa.Integer(), nullable=True),
        sa.Column("engineer_id", sa.Integer(), nullable=True),
        sa.Column("customer_head", sa.String(length=60), nullable=True),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_handover_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_handover_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["designer_id"], ["ab_user.id"], name=op.f("fk_decoration_handover_designer_id")
        ),
        sa.ForeignKeyConstraint(
            ["engineer_id"], ["ab_user.id"], name=op.f("fk_decoration_handover_engineer_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_handover_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_handover")),
    )
    with op.batch_alter_table("decoration_handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_handover_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_handover_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_handover_planned_on", ["branch_id", "planned_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_handover_site_id", ["branch_id", "site_id", "id"], unique=False)

    op.create_table(
        "decoration_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=False),
        sa.Column("resumed_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_pause_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_pause_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_pause_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_pause")),
    )
    with op.batch_alter_table("decoration_pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_pause_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_pause_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_pause_site_id", ["branch_id", "site_id", "id"], unique=False)

    op.create_table(
        "decoration_record_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filed_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_record_card_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_record_card_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["ab_user.id"], name=op.f("fk_decoration_record_card_filed_by")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_record_card_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_record_card")),
        sa.UniqueConstraint("branch_id", "site_id", name=op.f("uq_decoration_record_card_branch_id_site_id")),
    )
    with op.batch_alter_table("decoration_record_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_record_card_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_record_card_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_record_card_site_id", ["branch_id", "site_id", "id"], unique=False
        )

    op.create_table(
        "decoration_settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("owed", core.data.types.Money(), nullable=True),
        sa.Column("materials_told_on", sa.Date(), nullable=True),
        sa.Column("finance_told_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.Integer(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_settlement_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_settlement_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["ab_user.id"], name=op.f("fk_decoration_settlement_settled_by")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_settlement_site_id")
        ),
        sa.ForeignKeyConstraint(["told_by"], ["ab_user.id"], name=op.f("fk_decoration_settlement_told_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_settlement")),
        sa.UniqueConstraint("branch_id", "site_id", name=op.f("uq_decoration_settlement_branch_id_site_id")),
    )
    with op.batch_alter_table("decoration_settlement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_settlement_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_settlement_completed_on", ["branch_id", "completed_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_settlement_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_settlement_site_id", ["branch_id", "site_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_settlement_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_show_flat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_show_flat_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_show_flat_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["ab_user.id"], name=op.f("fk_decoration_show_flat_requested_by")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_show_flat_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_show_flat")),
    )
    with op.batch_alter_table("decoration_show_flat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_show_flat_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_show_flat_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_show_flat_site_id", ["branch_id", "site_id", "id"], unique=False)

    op.create_table(
        "decoration_site_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("found", sa.Text(), nullable=True),
        sa.Column("settled_how", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_site_check_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["ab_user.id"], name=op.f("fk_decoration_site_check_checked_by")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_site_check_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_site_check_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_site_check")),
    )
    with op.batch_alter_table("decoration_site_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_site_check_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_site_check_checked_on", ["branch_id", "checked_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_site_check_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_site_check_site_id", ["branch_id", "site_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_site_check_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.Column("planned_until", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("override_why", sa.String(length=200), nullable=True),
        sa.Column("overridden_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_stage_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_stage_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["overridden_by"], ["ab_user.id"], name=op.f("fk_decoration_stage_overridden_by")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_stage_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_stage")),
        sa.UniqueConstraint(
            "branch_id", "site_id", "stage", name=op.f("uq_decoration_stage_branch_id_site_id_stage")
        ),
    )
    with op.batch_alter_table("decoration_stage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_stage_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_stage_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_stage_planned_until", ["branch_id", "planned_until", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_stage_site_id", ["branch_id", "site_id", "id"], unique=False)
        batch_op.create_index("ix_decoration_stage_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_start_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_start_notice_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_start_notice_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["ab_user.id"], name=op.f("fk_decoration_start_notice_received_by")
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["ab_user.id"], name=op.f("fk_decoration_start_notice_sent_by")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_start_notice_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_start_notice")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_start_notice_branch_id_number")),
    )
    with op.batch_alter_table("decoration_start_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_start_notice_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_start_notice_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_start_notice_site_id", ["branch_id", "site_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_start_notice_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_instalment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("change_order_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.String(length=20), nullable=False),
        sa.Column("share", core.data.types.Quantity(), nullable=True),
        sa.Column("amount", core.data.types.Money(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("receipt", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_instalment_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["change_order_id"],
            ["decoration_change_order.id"],
            name=op.f("fk_decoration_instalment_change_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["ab_user.id"], name=op.f("fk_decoration_instalment_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["decoration_contract.id"], name=op.f("fk_decoration_instalment_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_instalment_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_instalment_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_instalment")),
    )
    with op.batch_alter_table("decoration_instalment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_instalment_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_instalment_contract_id", ["branch_id", "contract_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_instalment_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_instalment_due_on", ["branch_id", "due_on", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_instalment_paid_on", ["branch_id", "paid_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_instalment_site_id", ["branch_id", "site_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_instalment_state", ["branch_id", "state", "due_on", "id"], unique=False
        )

    with op.batch_alter_table("decoration_site", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mid_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("final_due_on", sa.Date(), nullable=True))
        batch_op.create_index(
            "ix_decoration_site_final_due_on", ["branch_id", "final_due_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_site_mid_due_on", ["branch_id", "mid_due_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_site_progress", ["branch_id", "state", "stage", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("decoration_site", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_site_progress")
        batch_op.drop_index("ix_decoration_site_mid_due_on")
        batch_op.drop_index("ix_decoration_site_final_due_on")
        batch_op.drop_column("final_due_on")
        batch_op.drop_column("mid_due_on")

    with op.batch_alter_table("decoration_instalment", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_instalment_state")
        batch_op.drop_index("ix_decoration_instalment_site_id")
        batch_op.drop_index("ix_decoration_instalment_paid_on")
        batch_op.drop_index("ix_decoration_instalment_due_on")
        batch_op.drop_index("ix_decoration_instalment_customer_id")
        batch_op.drop_index("ix_decoration_instalment_contract_id")
        batch_op.drop_index(batch_op.f("ix_decoration_instalment_branch_id"))

    op.drop_table("decoration_instalment")
    with op.batch_alter_table("decoration_start_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_start_notice_state")
        batch_op.drop_index("ix_decoration_start_notice_site_id")
        batch_op.drop_index("ix_decoration_start_notice_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_start_notice_branch_id"))

    op.drop_table("decoration_start_notice")
    with op.batch_alter_table("decoration_stage", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_stage_state")
        batch_op.drop_index("ix_decoration_stage_site_id")
        batch_op.drop_index("ix_decoration_stage_planned_until")
        batch_op.drop_index("ix_decoration_stage_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_stage_branch_id"))

    op.drop_table("decoration_stage")
    with op.batch_alter_table("decoration_site_check", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_site_check_state")
        batch_op.drop_index("ix_decoration_site_check_site_id")
        batch_op.drop_index("ix_decoration_site_check_customer_id")
        batch_op.drop_index("ix_decoration_site_check_checked_on")
        batch_op.drop_index(batch_op.f("ix_decoration_site_check_branch_id"))

    op.drop_table("decoration_site_check")
    with op.batch_alter_table("decoration_show_flat", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_show_flat_site_id")
        batch_op.drop_index("ix_decoration_show_flat_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_show_flat_branch_id"))

    op.drop_table("decoration_show_flat")
    with op.batch_alter_table("decoration_settlement", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_settlement_state")
        batch_op.drop_index("ix_decoration_settlement_site_id")
        batch_op.drop_index("ix_decoration_settlement_customer_id")
        batch_op.drop_index("ix_decoration_settlement_completed_on")
        batch_op.drop_index(batch_op.f("ix_decoration_settlement_branch_id"))

    op.drop_table("decoration_settlement")
    with op.batch_alter_table("decoration_record_card", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_record_card_site_id")
        batch_op.drop_index("ix_decoration_record_card_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_record_card_branch_id"))

    op.drop_table("decoration_record_card")
    with op.batch_alter_table("decoration_pause", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_pause_site_id")
        batch_op.drop_index("ix_decoration_pause_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_pause_branch_id"))

    op.drop_table("decoration_pause")
    with op.batch_alter_table("decoration_handover", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_handover_site_id")
        batch_op.drop_index("ix_decoration_handover_planned_on")
        batch_op.drop_index("ix_decoration_handover_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_handover_branch_id"))

    op.drop_table("decoration_handover")
    with op.batch_alter_table("decoration_handbook_return", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_handbook_return_state")
        batch_op.drop_index("ix_decoration_handbook_return_site_id")
        batch_op.drop_index("ix_decoration_handbook_return_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_handbook_return_branch_id"))

    op.drop_table("decoration_handbook_return")
    with op.batch_alter_table("decoration_contract", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_contract_state")
        batch_op.drop_index("ix_decoration_contract_site_id")
        batch_op.drop_index("ix_decoration_contract_signed_on")
        batch_op.drop_index("ix_decoration_contract_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_contract_branch_id"))

    op.drop_table("decoration_contract")
    with op.batch_alter_table("decoration_completion_notice", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_completion_notice_state")
        batch_op.drop_index("ix_decoration_completion_notice_site_id")
        batch_op.drop_index("ix_decoration_completion_notice_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_completion_notice_branch_id"))

    op.drop_table("decoration_completion_notice")
    with op.batch_alter_table("decoration_change_order", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_change_order_state")
        batch_op.drop_index("ix_decoration_change_order_site_id")
        batch_op.drop_index("ix_decoration_change_order_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_change_order_branch_id"))

    op.drop_table("decoration_change_order")
    with op.batch_alter_table("decoration_acceptance", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_acceptance_state")
        batch_op.drop_index("ix_decoration_acceptance_site_id")
        batch_op.drop_index("ix_decoration_acceptance_previous_id")
        batch_op.drop_index("ix_decoration_acceptance_planned_on")
        batch_op.drop_index("ix_decoration_acceptance_held_on")
        batch_op.drop_index("ix_decoration_acceptance_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_acceptance_branch_id"))

    op.drop_table("decoration_acceptance")
