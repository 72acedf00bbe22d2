"""The first tables of conduct."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "conduct_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "conduct_employee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("job", sa.String(length=60), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_conduct_employee_branch_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_conduct_employee_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_employee")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_conduct_employee_branch_id_number")),
        sa.UniqueConstraint("branch_id", "user_id", name=op.f("uq_conduct_employee_branch_id_user_id")),
    )
    with op.batch_alter_table("conduct_employee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_employee_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_employee_user_id"), ["user_id"], unique=False)

    op.create_table(
        "conduct_tariff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("signed_by_head", sa.Integer(), nullable=True),
        sa.Column("signed_by_approver", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_conduct_tariff_branch_id")),
        sa.ForeignKeyConstraint(
            ["signed_by_head"], ["ab_user.id"], name=op.f("fk_conduct_tariff_signed_by_head")
        ),
        sa.ForeignKeyConstraint(
            ["signed_by_approver"], ["ab_user.id"], name=op.f("fk_conduct_tariff_signed_by_approver")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_tariff")),
        sa.UniqueConstraint("branch_id", "name", name=op.f("uq_conduct_tariff_branch_id_name")),
    )
    with op.batch_alter_table("conduct_tariff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_tariff_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "conduct_offence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("tariff_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("says", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_conduct_offence_branch_id")),
        sa.ForeignKeyConstraint(
            ["tariff_id"], ["conduct_tariff.id"], name=op.f("fk_conduct_offence_tariff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_offence")),
        sa.UniqueConstraint(
            "branch_id", "tariff_id", "number", name=op.f("uq_conduct_offence_branch_id_tariff_id_number")
        ),
    )
    with op.batch_alter_table("conduct_offence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_offence_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_offence_tariff_id"), ["tariff_id"], unique=False)

    op.create_table(
        "conduct_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("offence_id", sa.Integer(), nullable=True),
        sa.Column("consequence", sa.String(length=20), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("fine", core.data.types.Money(), nullable=True),
        sa.Column("educated_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("bad_attitude", sa.Boolean(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("appeal_until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=80), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_conduct_slip_branch_id")),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["conduct_employee.id"], name=op.f("fk_conduct_slip_employee_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["ab_user.id"], name=op.f("fk_conduct_slip_subject_id")),
        sa.ForeignKeyConstraint(
            ["offence_id"], ["conduct_offence.id"], name=op.f("fk_conduct_slip_offence_id")
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["ab_user.id"], name=op.f("fk_conduct_slip_issued_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_slip")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_conduct_slip_branch_id_number")),
        sa.UniqueConstraint("branch_id", "source", name=op.f("uq_conduct_slip_branch_id_source")),
    )
    with op.batch_alter_table("conduct_slip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_slip_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_slip_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_slip_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_slip_offence_id"), ["offence_id"], unique=False)
        batch_op.create_index("ix_conduct_slip_occurred_on", ["branch_id", "occurred_on", "id"], unique=False)

    op.create_table(
        "conduct_witness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("statement", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_conduct_witness_branch_id")),
        sa.ForeignKeyConstraint(["slip_id"], ["conduct_slip.id"], name=op.f("fk_conduct_witness_slip_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_conduct_witness_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_witness")),
        sa.UniqueConstraint(
            "branch_id", "slip_id", "user_id", name=op.f("uq_conduct_witness_branch_id_slip_id_user_id")
        ),
    )
    with op.batch_alter_table("conduct_witness", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_witness_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_witness_slip_id"), ["slip_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_witness_user_id"), ["user_id"], unique=False)

    op.create_table(
        "conduct_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("answer_until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("new_fine", core.data.types.Money(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_conduct_appeal_branch_id")),
        sa.ForeignKeyConstraint(["slip_id"], ["conduct_slip.id"], name=op.f("fk_conduct_appeal_slip_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["ab_user.id"], name=op.f("fk_conduct_appeal_subject_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["ab_user.id"], name=op.f("fk_conduct_appeal_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_appeal")),
        sa.UniqueConstraint("branch_id", "slip_id", name=op.f("uq_conduct_appeal_branch_id_slip_id")),
    )
    with op.batch_alter_table("conduct_appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_appeal_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_appeal_slip_id"), ["slip_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_appeal_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "conduct_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("ground", sa.String(length=300), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_conduct_measure_branch_id")),
        sa.ForeignKeyConstraint(["slip_id"], ["conduct_slip.id"], name=op.f("fk_conduct_measure_slip_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["ab_user.id"], name=op.f("fk_conduct_measure_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_measure")),
    )
    with op.batch_alter_table("conduct_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_measure_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_measure_slip_id"), ["slip_id"], unique=False)

    op.create_table(
        "conduct_deduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("wage_month", sa.String(length=7), nullable=False),
        sa.Column("wage", core.data.types.Money(), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=False),
        sa.Column("fund", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("booked_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_conduct_deduction_branch_id")
        ),
        sa.ForeignKeyConstraint(["slip_id"], ["conduct_slip.id"], name=op.f("fk_conduct_deduction_slip_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conduct_deduction")),
        sa.UniqueConstraint("branch_id", "slip_id", name=op.f("uq_conduct_deduction_branch_id_slip_id")),
    )
    with op.batch_alter_table("conduct_deduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conduct_deduction_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conduct_deduction_slip_id"), ["slip_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("conduct_deduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conduct_deduction_slip_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_deduction_branch_id"))

    op.drop_table("conduct_deduction")
    with op.batch_alter_table("conduct_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conduct_measure_slip_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_measure_branch_id"))

    op.drop_table("conduct_measure")
    with op.batch_alter_table("conduct_appeal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conduct_appeal_subject_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_appeal_slip_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_appeal_branch_id"))

    op.drop_table("conduct_appeal")
    with op.batch_alter_table("conduct_witness", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conduct_witness_user_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_witness_slip_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_witness_branch_id"))

    op.drop_table("conduct_witness")
    with op.batch_alter_table("conduct_slip", schema=None) as batch_op:
        batch_op.drop_index("ix_conduct_slip_occurred_on")
        batch_op.drop_index(batch_op.f("ix_conduct_slip_offence_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_slip_subject_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_slip_employee_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_slip_branch_id"))

    op.drop_table("conduct_slip")
    with op.batch_alter_table("conduct_offence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conduct_offence_tariff_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_offence_branch_id"))

    op.drop_table("conduct_offence")
    with op.batch_alter_table("conduct_tariff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conduct_tariff_branch_id"))

    op.drop_table("conduct_tariff")
    with op.batch_alter_table("conduct_employee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conduct_employee_user_id"))
        batch_op.drop_index(batch_op.f("ix_conduct_employee_branch_id"))

    op.drop_table("conduct_employee")
