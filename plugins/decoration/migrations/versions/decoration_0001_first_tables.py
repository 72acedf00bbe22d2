"""Customers with contacts and houses, design commissions, construction sites and crews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "decoration_crew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("foreman", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_crew_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_crew")),
        sa.UniqueConstraint("branch_id", "name", name=op.f("uq_decoration_crew_branch_id_name")),
    )
    with op.batch_alter_table("decoration_crew", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_crew_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "decoration_customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("second_phone", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("lunar_birthday", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("store_source", sa.String(length=60), nullable=True),
        sa.Column("referred_by_id", sa.Integer(), nullable=True),
        sa.Column("intent", sa.Boolean(), nullable=False),
        sa.Column("needs_designer", sa.Boolean(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=True),
        sa.Column("customer_class", sa.String(length=20), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("data_category", sa.String(length=60), nullable=True),
        sa.Column("call_back_on", sa.Date(), nullable=True),
        sa.Column("call_result", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("deposit_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("lost_why", sa.String(length=200), nullable=True),
        sa.Column("designer_id", sa.Integer(), nullable=True),
        sa.Column("consultant_id", sa.Integer(), nullable=True),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("impression", sa.Text(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("filed_by", sa.Integer(), nullable=True),
        sa.Column("archive_place", sa.String(length=120), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_customer_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["consultant_id"], ["ab_user.id"], name=op.f("fk_decoration_customer_consultant_id")
        ),
        sa.ForeignKeyConstraint(
            ["designer_id"], ["ab_user.id"], name=op.f("fk_decoration_customer_designer_id")
        ),
        sa.ForeignKeyConstraint(["filed_by"], ["ab_user.id"], name=op.f("fk_decoration_customer_filed_by")),
        sa.ForeignKeyConstraint(["keeper_id"], ["ab_user.id"], name=op.f("fk_decoration_customer_keeper_id")),
        sa.ForeignKeyConstraint(
            ["referred_by_id"], ["decoration_customer.id"], name=op.f("fk_decoration_customer_referred_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_customer")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_customer_branch_id_number")),
    )
    with op.batch_alter_table("decoration_customer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_customer_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_customer_call_back_on", ["branch_id", "call_back_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_customer_consultant_id", ["branch_id", "consultant_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_customer_customer_class", ["branch_id", "customer_class", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_customer_designer_id", ["branch_id", "designer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_customer_filed_on", ["branch_id", "filed_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_customer_name", ["branch_id", "name", "id"], unique=False)
        batch_op.create_index("ix_decoration_customer_phase", ["branch_id", "phase", "id"], unique=False)
        batch_op.create_index("ix_decoration_customer_phone", ["branch_id", "phone", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_customer_referred_by_id", ["branch_id", "referred_by_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_customer_second_phone", ["branch_id", "second_phone", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_customer_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("lunar_birthday", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_contact_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_contact_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_contact")),
    )
    with op.batch_alter_table("decoration_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_contact_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_contact_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_contact_phone", ["branch_id", "phone", "id"], unique=False)

    op.create_table(
        "decoration_house",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("area", core.data.types.Quantity(), nullable=True),
        sa.Column("layout", sa.String(length=60), nullable=True),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_house_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_house_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_house")),
    )
    with op.batch_alter_table("decoration_house", schema=None) as batch_op:
        batch_op.create_index("ix_decoration_house_address", ["branch_id", "address", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decoration_house_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_house_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )

    op.create_table(
        "decoration_commission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=True),
        sa.Column("entrusted_on", sa.Date(), nullable=False),
        sa.Column("designer_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("signing", sa.String(length=20), nullable=False),
        sa.Column("draft_on", sa.Date(), nullable=True),
        sa.Column("deposit_on", sa.Date(), nullable=True),
        sa.Column("fee_on", sa.Date(), nullable=True),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("entry_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_commission_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_commission_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["designer_id"], ["ab_user.id"], name=op.f("fk_decoration_commission_designer_id")
        ),
        sa.ForeignKeyConstraint(
            ["house_id"], ["decoration_house.id"], name=op.f("fk_decoration_commission_house_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_commission")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_commission_branch_id_number")),
    )
    with op.batch_alter_table("decoration_commission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_commission_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_commission_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_commission_designer_id", ["branch_id", "designer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_commission_entrusted_on", ["branch_id", "entrusted_on", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_commission_house_id", ["branch_id", "house_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_commission_signing", ["branch_id", "signing", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_commission_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=True),
        sa.Column("crew_id", sa.Integer(), nullable=True),
        sa.Column("inspector_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.Column("planned_until", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("pause_reason", sa.String(length=200), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_site_branch_id")),
        sa.ForeignKeyConstraint(
            ["commission_id"], ["decoration_commission.id"], name=op.f("fk_decoration_site_commission_id")
        ),
        sa.ForeignKeyConstraint(["crew_id"], ["decoration_crew.id"], name=op.f("fk_decoration_site_crew_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_site_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["house_id"], ["decoration_house.id"], name=op.f("fk_decoration_site_house_id")
        ),
        sa.ForeignKeyConstraint(
            ["inspector_id"], ["ab_user.id"], name=op.f("fk_decoration_site_inspector_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_site")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_site_branch_id_number")),
    )
    with op.batch_alter_table("decoration_site", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_site_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_site_commission_id", ["branch_id", "commission_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_site_completed_on", ["branch_id", "completed_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_site_crew_id", ["branch_id", "crew_id", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_site_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_site_house_id", ["branch_id", "house_id", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_site_inspector_id", ["branch_id", "inspector_id", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_site_stage", ["branch_id", "stage", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_site_started_on", ["branch_id", "started_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_site_state", ["branch_id", "state", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("decoration_site", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_site_state")
        batch_op.drop_index("ix_decoration_site_started_on")
        batch_op.drop_index("ix_decoration_site_stage")
        batch_op.drop_index("ix_decoration_site_inspector_id")
        batch_op.drop_index("ix_decoration_site_house_id")
        batch_op.drop_index("ix_decoration_site_customer_id")
        batch_op.drop_index("ix_decoration_site_crew_id")
        batch_op.drop_index("ix_decoration_site_completed_on")
        batch_op.drop_index("ix_decoration_site_commission_id")
        batch_op.drop_index(batch_op.f("ix_decoration_site_branch_id"))

    op.drop_table("decoration_site")
    with op.batch_alter_table("decoration_commission", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_commission_state")
        batch_op.drop_index("ix_decoration_commission_signing")
        batch_op.drop_index("ix_decoration_commission_house_id")
        batch_op.drop_index("ix_decoration_commission_entrusted_on")
        batch_op.drop_index("ix_decoration_commission_designer_id")
        batch_op.drop_index("ix_decoration_commission_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_commission_branch_id"))

    op.drop_table("decoration_commission")
    with op.batch_alter_table("decoration_house", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_house_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_house_branch_id"))
        batch_op.drop_index("ix_decoration_house_address")

    op.drop_table("decoration_house")
    with op.batch_alter_table("decoration_contact", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_contact_phone")
        batch_op.drop_index("ix_decoration_contact_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_contact_branch_id"))

    op.drop_table("decoration_contact")
    with op.batch_alter_table("decoration_customer", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_customer_state")
        batch_op.drop_index("ix_decoration_customer_second_phone")
        batch_op.drop_index("ix_decoration_customer_referred_by_id")
        batch_op.drop_index("ix_decoration_customer_phone")
        batch_op.drop_index("ix_decoration_customer_phase")
        batch_op.drop_index("ix_decoration_customer_name")
        batch_op.drop_index("ix_decoration_customer_filed_on")
        batch_op.drop_index("ix_decoration_customer_designer_id")
        batch_op.drop_index("ix_decoration_customer_customer_class")
        batch_op.drop_index("ix_decoration_customer_consultant_id")
        batch_op.drop_index("ix_decoration_customer_call_back_on")
        batch_op.drop_index(batch_op.f("ix_decoration_customer_branch_id"))

    op.drop_table("decoration_customer")
    with op.batch_alter_table("decoration_crew", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decoration_crew_branch_id"))

    op.drop_table("decoration_crew")
