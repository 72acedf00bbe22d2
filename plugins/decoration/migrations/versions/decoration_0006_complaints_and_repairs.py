"""Complaints and repairs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0006"
down_revision = "decoration_0005"


def upgrade() -> None:
    op.create_table(
        "decoration_complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("received_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("respond_until", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("responded_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("responded_by", sa.Integer(), nullable=True),
        sa.Column("justified", sa.Boolean(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("crew_id", sa.Integer(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("handle_until", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("reopened_why", sa.String(length=200), nullable=True),
        sa.Column("call_back_said", sa.Text(), nullable=True),
        sa.Column("called_back_on", sa.Date(), nullable=True),
        sa.Column("called_back_by", sa.Integer(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("repeat_of_id", sa.Integer(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Boolean(), nullable=False),
        sa.Column("common", sa.Boolean(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_complaint_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["called_back_by"], ["ab_user.id"], name=op.f("fk_decoration_complaint_called_back_by")
        ),
        sa.ForeignKeyConstraint(
            ["crew_id"], ["decoration_crew.id"], name=op.f("fk_decoration_complaint_crew_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_complaint_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["ab_user.id"], name=op.f("fk_decoration_complaint_handler_id")
        ),
        sa.ForeignKeyConstraint(
            ["house_id"], ["decoration_house.id"], name=op.f("fk_decoration_complaint_house_id")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["ab_user.id"], name=op.f("fk_decoration_complaint_received_by")
        ),
        sa.ForeignKeyConstraint(
            ["repeat_of_id"], ["decoration_complaint.id"], name=op.f("fk_decoration_complaint_repeat_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["responded_by"], ["ab_user.id"], name=op.f("fk_decoration_complaint_responded_by")
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["ab_user.id"], name=op.f("fk_decoration_complaint_responsible_id")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_complaint_site_id")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["ab_user.id"], name=op.f("fk_decoration_complaint_verified_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_complaint")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_complaint_branch_id_number")),
    )
    with op.batch_alter_table("decoration_complaint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_complaint_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_complaint_closed", ["branch_id", "closed", "respond_until", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_complaint_crew_id", ["branch_id", "crew_id", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_complaint_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_complaint_handle_until", ["branch_id", "handle_until", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_complaint_handler_id", ["branch_id", "handler_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_complaint_house_id", ["branch_id", "house_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_complaint_kind", ["branch_id", "kind", "received_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_complaint_received_on", ["branch_id", "received_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_complaint_repeat_of_id", ["branch_id", "repeat_of_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_complaint_responsible_id", ["branch_id", "responsible_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_complaint_site_id", ["branch_id", "site_id", "id"], unique=False)
        batch_op.create_index("ix_decoration_complaint_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_repair_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("general_until", sa.Date(), nullable=False),
        sa.Column("waterproof_until", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("card_given_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_repair_file_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_repair_file_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["ab_user.id"], name=op.f("fk_decoration_repair_file_opened_by")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_repair_file_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_repair_file")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_repair_file_branch_id_number")),
        sa.UniqueConstraint("branch_id", "site_id", name=op.f("uq_decoration_repair_file_branch_id_site_id")),
    )
    with op.batch_alter_table("decoration_repair_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_repair_file_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_repair_file_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_repair_file_general_until", ["branch_id", "general_until", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_repair_file_opened_on", ["branch_id", "opened_on", "id"], unique=False
        )

    op.create_table(
        "decoration_involved",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_involved_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["decoration_complaint.id"], name=op.f("fk_decoration_involved_complaint_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name=op.f("fk_decoration_involved_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_involved")),
    )
    with op.batch_alter_table("decoration_involved", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_involved_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_involved_complaint_id", ["branch_id", "complaint_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_involved_person_id", ["branch_id", "person_id", "id"], unique=False
        )

    op.create_table(
        "decoration_penalty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("crew_id", sa.Integer(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=True),
        sa.Column("amount", core.data.types.Money(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("emergency_reason", sa.String(length=200), nullable=True),
        sa.Column("declined_why", sa.String(length=200), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("slip", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_penalty_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["decoration_complaint.id"], name=op.f("fk_decoration_penalty_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["crew_id"], ["decoration_crew.id"], name=op.f("fk_decoration_penalty_crew_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["ab_user.id"], name=op.f("fk_decoration_penalty_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["ab_user.id"], name=op.f("fk_decoration_penalty_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["decoration_site.id"], name=op.f("fk_decoration_penalty_site_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["ab_user.id"], name=op.f("fk_decoration_penalty_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_penalty")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_penalty_branch_id_number")),
    )
    with op.batch_alter_table("decoration_penalty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_penalty_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_penalty_complaint_id", ["branch_id", "complaint_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_penalty_crew_id", ["branch_id", "crew_id", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_penalty_proposed_on", ["branch_id", "proposed_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_penalty_site_id", ["branch_id", "site_id", "id"], unique=False)
        batch_op.create_index("ix_decoration_penalty_state", ["branch_id", "state", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_penalty_subject_id", ["branch_id", "subject_id", "id"], unique=False
        )

    op.create_table(
        "decoration_repair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("warranty_until", sa.Date(), nullable=True),
        sa.Column("in_warranty", sa.Boolean(), nullable=False),
        sa.Column("charge", core.data.types.Money(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=True),
        sa.Column("slot", sa.String(length=20), nullable=True),
        sa.Column("crew_id", sa.Integer(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("work_done", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("customer_accepted_on", sa.Date(), nullable=True),
        sa.Column("card_filed_on", sa.Date(), nullable=True),
        sa.Column("call_back_said", sa.Text(), nullable=True),
        sa.Column("called_back_on", sa.Date(), nullable=True),
        sa.Column("called_back_by", sa.Integer(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("cancelled_why", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_repair_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["called_back_by"], ["ab_user.id"], name=op.f("fk_decoration_repair_called_back_by")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["decoration_complaint.id"], name=op.f("fk_decoration_repair_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["crew_id"], ["decoration_crew.id"], name=op.f("fk_decoration_repair_crew_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_repair_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["decoration_repair_file.id"], name=op.f("fk_decoration_repair_file_id")
        ),
        sa.ForeignKeyConstraint(["handler_id"], ["ab_user.id"], name=op.f("fk_decoration_repair_handler_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_repair")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_repair_branch_id_number")),
    )
    with op.batch_alter_table("decoration_repair", schema=None) as batch_op:
        batch_op.create_index(
            "ix_decoration_repair_appointed_on", ["branch_id", "appointed_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decoration_repair_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_repair_complaint_id", ["branch_id", "complaint_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_repair_crew_id", ["branch_id", "crew_id", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_repair_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_repair_file_id", ["branch_id", "file_id", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_repair_handler_id", ["branch_id", "handler_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_repair_kind", ["branch_id", "kind", "reported_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_repair_reported_on", ["branch_id", "reported_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_repair_state", ["branch_id", "state", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("decoration_repair", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_repair_state")
        batch_op.drop_index("ix_decoration_repair_reported_on")
        batch_op.drop_index("ix_decoration_repair_kind")
        batch_op.drop_index("ix_decoration_repair_handler_id")
        batch_op.drop_index("ix_decoration_repair_file_id")
        batch_op.drop_index("ix_decoration_repair_customer_id")
        batch_op.drop_index("ix_decoration_repair_crew_id")
        batch_op.drop_index("ix_decoration_repair_complaint_id")
        batch_op.drop_index(batch_op.f("ix_decoration_repair_branch_id"))
        batch_op.drop_index("ix_decoration_repair_appointed_on")

    op.drop_table("decoration_repair")
    with op.batch_alter_table("decoration_penalty", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_penalty_subject_id")
        batch_op.drop_index("ix_decoration_penalty_state")
        batch_op.drop_index("ix_decoration_penalty_site_id")
        batch_op.drop_index("ix_decoration_penalty_proposed_on")
        batch_op.drop_index("ix_decoration_penalty_crew_id")
        batch_op.drop_index("ix_decoration_penalty_complaint_id")
        batch_op.drop_index(batch_op.f("ix_decoration_penalty_branch_id"))

    op.drop_table("decoration_penalty")
    with op.batch_alter_table("decoration_involved", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_involved_person_id")
        batch_op.drop_index("ix_decoration_involved_complaint_id")
        batch_op.drop_index(batch_op.f("ix_decoration_involved_branch_id"))

    op.drop_table("decoration_involved")
    with op.batch_alter_table("decoration_repair_file", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_repair_file_opened_on")
        batch_op.drop_index("ix_decoration_repair_file_general_until")
        batch_op.drop_index("ix_decoration_repair_file_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_repair_file_branch_id"))

    op.drop_table("decoration_repair_file")
    with op.batch_alter_table("decoration_complaint", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_complaint_state")
        batch_op.drop_index("ix_decoration_complaint_site_id")
        batch_op.drop_index("ix_decoration_complaint_responsible_id")
        batch_op.drop_index("ix_decoration_complaint_repeat_of_id")
        batch_op.drop_index("ix_decoration_complaint_received_on")
        batch_op.drop_index("ix_decoration_complaint_kind")
        batch_op.drop_index("ix_decoration_complaint_house_id")
        batch_op.drop_index("ix_decoration_complaint_handler_id")
        batch_op.drop_index("ix_decoration_complaint_handle_until")
        batch_op.drop_index("ix_decoration_complaint_customer_id")
        batch_op.drop_index("ix_decoration_complaint_crew_id")
        batch_op.drop_index("ix_decoration_complaint_closed")
        batch_op.drop_index(batch_op.f("ix_decoration_complaint_branch_id"))

    op.drop_table("decoration_complaint")
