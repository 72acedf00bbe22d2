"""VIP archives with what belongs to them, news of the house, care messages, and birthdays as an index finds them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0007"
down_revision = "decoration_0006"


def upgrade() -> None:
    op.create_table(
        "decoration_care_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_care_day_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_care_day")),
        sa.UniqueConstraint("branch_id", name=op.f("uq_decoration_care_day_branch_id")),
    )
    with op.batch_alter_table("decoration_care_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_care_day_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "decoration_house_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.Column("takes_part", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("vips_told_on", sa.Date(), nullable=True),
        sa.Column("all_told_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_house_event_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_house_event")),
    )
    with op.batch_alter_table("decoration_house_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_house_event_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_house_event_held_on", ["branch_id", "held_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_house_event_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_vip_area_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("visited_by", sa.Integer(), nullable=True),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("shortcomings", sa.Text(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_vip_area_visit_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["visited_by"], ["ab_user.id"], name=op.f("fk_decoration_vip_area_visit_visited_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_vip_area_visit")),
    )
    with op.batch_alter_table("decoration_vip_area_visit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decoration_vip_area_visit_branch_id"), ["branch_id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_vip_area_visit_visited_on", ["branch_id", "visited_on", "id"], unique=False
        )

    op.create_table(
        "decoration_vip_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_vip_channel_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["ab_user.id"], name=op.f("fk_decoration_vip_channel_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_vip_channel")),
    )
    with op.batch_alter_table("decoration_vip_channel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_vip_channel_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "decoration_care_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=60), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("to_class", sa.String(length=20), nullable=True),
        sa.Column("to_phase", sa.String(length=20), nullable=True),
        sa.Column("to_category", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["ab_user.id"], name=op.f("fk_decoration_care_batch_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_care_batch_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["decoration_house_event.id"], name=op.f("fk_decoration_care_batch_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_care_batch")),
    )
    with op.batch_alter_table("decoration_care_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_care_batch_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_decoration_care_batch_cause", ["branch_id", "cause", "id"], unique=False)
        batch_op.create_index("ix_decoration_care_batch_due_on", ["branch_id", "due_on", "id"], unique=False)
        batch_op.create_index(
            "ix_decoration_care_batch_event_id", ["branch_id", "event_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_care_batch_state", ["branch_id", "state", "due_on", "id"], unique=False
        )

    op.create_table(
        "decoration_vip_archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("customer_class", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("handed_over_why", sa.String(length=200), nullable=True),
        sa.Column("original_place", sa.String(length=120), nullable=True),
        sa.Column("developments", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("last_reviewed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_why", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_vip_archive_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_vip_archive_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["ab_user.id"], name=op.f("fk_decoration_vip_archive_granted_by")
        ),
        sa.ForeignKeyConstraint(
            ["keeper_id"], ["ab_user.id"], name=op.f("fk_decoration_vip_archive_keeper_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_vip_archive")),
        sa.UniqueConstraint(
            "branch_id", "customer_id", name=op.f("uq_decoration_vip_archive_branch_id_customer_id")
        ),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_vip_archive_branch_id_number")),
    )
    with op.batch_alter_table("decoration_vip_archive", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decoration_vip_archive_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_vip_archive_customer_class", ["branch_id", "customer_class", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_vip_archive_keeper_id", ["branch_id", "keeper_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_vip_archive_last_reviewed_on",
            ["branch_id", "last_reviewed_on", "id"],
            unique=False,
        )
        batch_op.create_index("ix_decoration_vip_archive_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_care_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.String(length=100), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("worded", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["decoration_care_batch.id"], name=op.f("fk_decoration_care_message_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_care_message_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["decoration_contact.id"], name=op.f("fk_decoration_care_message_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["decoration_customer.id"], name=op.f("fk_decoration_care_message_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_care_message")),
        sa.UniqueConstraint("branch_id", "cause", name=op.f("uq_decoration_care_message_branch_id_cause")),
    )
    with op.batch_alter_table("decoration_care_message", schema=None) as batch_op:
        batch_op.create_index(
            "ix_decoration_care_message_batch_id", ["branch_id", "batch_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decoration_care_message_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            "ix_decoration_care_message_customer_id", ["branch_id", "customer_id", "id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_care_message_due_on", ["branch_id", "state", "due_on", "id"], unique=False
        )

    op.create_table(
        "decoration_vip_purchase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("archive_id", sa.Integer(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("price", core.data.types.Money(), nullable=False),
        sa.Column("benefit", core.data.types.Money(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["archive_id"], ["decoration_vip_archive.id"], name=op.f("fk_decoration_vip_purchase_archive_id")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_vip_purchase_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_vip_purchase")),
    )
    with op.batch_alter_table("decoration_vip_purchase", schema=None) as batch_op:
        batch_op.create_index(
            "ix_decoration_vip_purchase_archive_id", ["branch_id", "archive_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decoration_vip_purchase_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "decoration_vip_reception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("archive_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=200), nullable=False),
        sa.Column("course", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("summed_up_on", sa.Date(), nullable=True),
        sa.Column("for_manager", sa.Boolean(), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=True),
        sa.Column("contacted_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["archive_id"], ["decoration_vip_archive.id"], name=op.f("fk_decoration_vip_reception_archive_id")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_vip_reception_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["contacted_by"], ["ab_user.id"], name=op.f("fk_decoration_vip_reception_contacted_by")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["ab_user.id"], name=op.f("fk_decoration_vip_reception_received_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_vip_reception")),
    )
    with op.batch_alter_table("decoration_vip_reception", schema=None) as batch_op:
        batch_op.create_index(
            "ix_decoration_vip_reception_archive_id", ["branch_id", "archive_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_decoration_vip_reception_branch_id"), ["branch_id"], unique=False
        )
        batch_op.create_index(
            "ix_decoration_vip_reception_received_on", ["branch_id", "received_on", "id"], unique=False
        )
        batch_op.create_index("ix_decoration_vip_reception_state", ["branch_id", "state", "id"], unique=False)

    op.create_table(
        "decoration_vip_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("archive_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("developments", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["archive_id"], ["decoration_vip_archive.id"], name=op.f("fk_decoration_vip_review_archive_id")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_decoration_vip_review_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["ab_user.id"], name=op.f("fk_decoration_vip_review_reviewed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decoration_vip_review")),
    )
    with op.batch_alter_table("decoration_vip_review", schema=None) as batch_op:
        batch_op.create_index(
            "ix_decoration_vip_review_archive_id", ["branch_id", "archive_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decoration_vip_review_branch_id"), ["branch_id"], unique=False)

    with op.batch_alter_table("decoration_contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("birthday_key", sa.Integer(), nullable=True))
        batch_op.create_index(
            "ix_decoration_contact_birthday_key", ["branch_id", "birthday_key", "id"], unique=False
        )

    with op.batch_alter_table("decoration_customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("birthday_key", sa.Integer(), nullable=True))
        batch_op.create_index(
            "ix_decoration_customer_birthday_key", ["branch_id", "birthday_key", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("decoration_customer", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_customer_birthday_key")
        batch_op.drop_column("birthday_key")

    with op.batch_alter_table("decoration_contact", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_contact_birthday_key")
        batch_op.drop_column("birthday_key")

    with op.batch_alter_table("decoration_vip_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decoration_vip_review_branch_id"))
        batch_op.drop_index("ix_decoration_vip_review_archive_id")

    op.drop_table("decoration_vip_review")
    with op.batch_alter_table("decoration_vip_reception", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_vip_reception_state")
        batch_op.drop_index("ix_decoration_vip_reception_received_on")
        batch_op.drop_index(batch_op.f("ix_decoration_vip_reception_branch_id"))
        batch_op.drop_index("ix_decoration_vip_reception_archive_id")

    op.drop_table("decoration_vip_reception")
    with op.batch_alter_table("decoration_vip_purchase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decoration_vip_purchase_branch_id"))
        batch_op.drop_index("ix_decoration_vip_purchase_archive_id")

    op.drop_table("decoration_vip_purchase")
    with op.batch_alter_table("decoration_care_message", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_care_message_due_on")
        batch_op.drop_index("ix_decoration_care_message_customer_id")
        batch_op.drop_index(batch_op.f("ix_decoration_care_message_branch_id"))
        batch_op.drop_index("ix_decoration_care_message_batch_id")

    op.drop_table("decoration_care_message")
    with op.batch_alter_table("decoration_vip_archive", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_vip_archive_state")
        batch_op.drop_index("ix_decoration_vip_archive_last_reviewed_on")
        batch_op.drop_index("ix_decoration_vip_archive_keeper_id")
        batch_op.drop_index("ix_decoration_vip_archive_customer_class")
        batch_op.drop_index(batch_op.f("ix_decoration_vip_archive_branch_id"))

    op.drop_table("decoration_vip_archive")
    with op.batch_alter_table("decoration_care_batch", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_care_batch_state")
        batch_op.drop_index("ix_decoration_care_batch_event_id")
        batch_op.drop_index("ix_decoration_care_batch_due_on")
        batch_op.drop_index("ix_decoration_care_batch_cause")
        batch_op.drop_index(batch_op.f("ix_decoration_care_batch_branch_id"))

    op.drop_table("decoration_care_batch")
    with op.batch_alter_table("decoration_vip_channel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decoration_vip_channel_branch_id"))

    op.drop_table("decoration_vip_channel")
    with op.batch_alter_table("decoration_vip_area_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_vip_area_visit_visited_on")
        batch_op.drop_index(batch_op.f("ix_decoration_vip_area_visit_branch_id"))

    op.drop_table("decoration_vip_area_visit")
    with op.batch_alter_table("decoration_house_event", schema=None) as batch_op:
        batch_op.drop_index("ix_decoration_house_event_state")
        batch_op.drop_index("ix_decoration_house_event_held_on")
        batch_op.drop_index(batch_op.f("ix_decoration_house_event_branch_id"))

    op.drop_table("decoration_house_event")
    with op.batch_alter_table("decoration_care_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decoration_care_day_branch_id"))

    op.drop_table("decoration_care_day")
