"""The first tables of the gas office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "gas_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "gas_billing_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("billed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("bills", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("finished_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_billing_run_branch_id")),
        sa.ForeignKeyConstraint(["started_by"], ["ab_user.id"], name=op.f("fk_gas_billing_run_started_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_billing_run")),
    )
    with op.batch_alter_table("gas_billing_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_billing_run_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_billing_run_job_id"), ["job_id"], unique=False)
        batch_op.create_index("ix_gas_billing_run_period", ["branch_id", "period"], unique=False)

    op.create_table(
        "gas_billing_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=True),
        sa.Column("problem_meter_id", sa.Integer(), nullable=True),
        sa.Column("read_from", sa.Date(), nullable=True),
        sa.Column("read_to", sa.Date(), nullable=True),
        sa.Column("usage", core.data.types.Quantity(), nullable=True),
        sa.Column("volume_before", core.data.types.Quantity(), nullable=True),
        sa.Column("pricing_year", sa.Date(), nullable=True),
        sa.Column("tariff_version_id", sa.Integer(), nullable=True),
        sa.Column("extra_allowance", core.data.types.Quantity(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("bound_months", sa.Integer(), nullable=True),
        sa.Column("rounding", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_gas_billing_stage_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_billing_stage")),
        sa.UniqueConstraint(
            "branch_id", "run_id", "account_id", name=op.f("uq_gas_billing_stage_branch_id_run_id_account_id")
        ),
    )
    with op.batch_alter_table("gas_billing_stage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_billing_stage_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_billing_stage_run_id"), ["run_id"], unique=False)

    op.create_table(
        "gas_billing_stage_meter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column("from_reading_id", sa.Integer(), nullable=True),
        sa.Column("to_reading_id", sa.Integer(), nullable=True),
        sa.Column("from_value", core.data.types.Quantity(), nullable=True),
        sa.Column("to_value", core.data.types.Quantity(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("from_period", sa.String(length=7), nullable=True),
        sa.Column("usage", core.data.types.Quantity(), nullable=True),
        sa.Column("rolled_over", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_gas_billing_stage_meter_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_billing_stage_meter")),
        sa.UniqueConstraint(
            "branch_id",
            "run_id",
            "meter_id",
            name=op.f("uq_gas_billing_stage_meter_branch_id_run_id_meter_id"),
        ),
    )
    with op.batch_alter_table("gas_billing_stage_meter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_billing_stage_meter_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_billing_stage_meter_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            "ix_gas_billing_stage_meter_account", ["branch_id", "run_id", "account_id"], unique=False
        )

    op.create_table(
        "gas_route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_route_branch_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["ab_user.id"], name=op.f("fk_gas_route_reader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_route")),
        sa.UniqueConstraint("branch_id", "code", name=op.f("uq_gas_route_branch_id_code")),
    )
    with op.batch_alter_table("gas_route", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_route_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "gas_tariff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("use_class", sa.String(length=20), nullable=False),
        sa.Column("household_rule", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_tariff_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_tariff")),
        sa.UniqueConstraint("branch_id", "code", name=op.f("uq_gas_tariff_branch_id_code")),
    )
    with op.batch_alter_table("gas_tariff", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_tariff_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "gas_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("use_class", sa.String(length=20), nullable=False),
        sa.Column("tariff_id", sa.Integer(), nullable=True),
        sa.Column("route_id", sa.Integer(), nullable=True),
        sa.Column("read_order", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("hold_reason", sa.String(length=200), nullable=True),
        sa.Column("pricing_year_month", sa.Integer(), nullable=False),
        sa.Column("pricing_year_day", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_account_branch_id")),
        sa.ForeignKeyConstraint(["route_id"], ["gas_route.id"], name=op.f("fk_gas_account_route_id")),
        sa.ForeignKeyConstraint(["tariff_id"], ["gas_tariff.id"], name=op.f("fk_gas_account_tariff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_account")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_gas_account_branch_id_number")),
    )
    with op.batch_alter_table("gas_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_account_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_gas_account_name", ["branch_id", "name"], unique=False)
        batch_op.create_index("ix_gas_account_phone", ["branch_id", "phone"], unique=False)
        batch_op.create_index("ix_gas_account_route", ["branch_id", "route_id", "read_order"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_account_tariff_id"), ["tariff_id"], unique=False)

    op.create_table(
        "gas_tariff_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("tariff_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("model", sa.String(length=30), nullable=False),
        sa.Column("rounding", sa.String(length=10), nullable=False),
        sa.Column("uppers", sa.String(length=200), nullable=False),
        sa.Column("prices", sa.String(length=200), nullable=False),
        sa.Column("seasons", sa.Text(), nullable=True),
        sa.Column("legal_basis", sa.String(length=300), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("published_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_gas_tariff_version_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["ab_user.id"], name=op.f("fk_gas_tariff_version_published_by")
        ),
        sa.ForeignKeyConstraint(
            ["tariff_id"], ["gas_tariff.id"], name=op.f("fk_gas_tariff_version_tariff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_tariff_version")),
        sa.UniqueConstraint(
            "branch_id",
            "tariff_id",
            "valid_from",
            name=op.f("uq_gas_tariff_version_branch_id_tariff_id_valid_from"),
        ),
    )
    with op.batch_alter_table("gas_tariff_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_tariff_version_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_tariff_version_tariff_id"), ["tariff_id"], unique=False)

    op.create_table(
        "gas_bill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=48), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("read_from", sa.Date(), nullable=False),
        sa.Column("read_to", sa.Date(), nullable=False),
        sa.Column("usage", core.data.types.Quantity(), nullable=False),
        sa.Column("volume_before", core.data.types.Quantity(), nullable=False),
        sa.Column("pricing_year", sa.Date(), nullable=False),
        sa.Column("tariff_version_id", sa.Integer(), nullable=True),
        sa.Column("extra_allowance", core.data.types.Quantity(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("rounding", sa.String(length=10), nullable=False),
        sa.Column("total", core.data.types.Money(), nullable=False),
        sa.Column("billed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("posted_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["gas_account.id"], name=op.f("fk_gas_bill_account_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_bill_branch_id")),
        sa.ForeignKeyConstraint(["run_id"], ["gas_billing_run.id"], name=op.f("fk_gas_bill_run_id")),
        sa.ForeignKeyConstraint(
            ["tariff_version_id"], ["gas_tariff_version.id"], name=op.f("fk_gas_bill_tariff_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_bill")),
        sa.UniqueConstraint(
            "branch_id",
            "account_id",
            "period",
            "kind",
            name=op.f("uq_gas_bill_branch_id_account_id_period_kind"),
        ),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_gas_bill_branch_id_number")),
    )
    with op.batch_alter_table("gas_bill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_bill_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_bill_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_gas_bill_due", ["branch_id", "due_on"], unique=False)
        batch_op.create_index("ix_gas_bill_period", ["branch_id", "period"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_bill_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gas_bill_tariff_version_id"), ["tariff_version_id"], unique=False
        )

    op.create_table(
        "gas_household",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("extra_allowance", core.data.types.Quantity(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=200), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["gas_account.id"], name=op.f("fk_gas_household_account_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_household_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_household")),
        sa.UniqueConstraint(
            "branch_id",
            "account_id",
            "valid_from",
            name=op.f("uq_gas_household_branch_id_account_id_valid_from"),
        ),
    )
    with op.batch_alter_table("gas_household", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_household_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_household_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "gas_meter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("inlet_side", sa.String(length=10), nullable=False),
        sa.Column("mounting", sa.String(length=10), nullable=False),
        sa.Column("service_years", sa.Integer(), nullable=False),
        sa.Column("installed_on", sa.Date(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["gas_account.id"], name=op.f("fk_gas_meter_account_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_meter_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_meter")),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_gas_meter_branch_id_number")),
    )
    with op.batch_alter_table("gas_meter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_meter_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_meter_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "gas_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("receipt_number", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("notes_checked", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("cashier_id", sa.Integer(), nullable=True),
        sa.Column("request_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["gas_account.id"], name=op.f("fk_gas_payment_account_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_payment_branch_id")),
        sa.ForeignKeyConstraint(["cashier_id"], ["ab_user.id"], name=op.f("fk_gas_payment_cashier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_payment")),
        sa.UniqueConstraint(
            "branch_id", "receipt_number", name=op.f("uq_gas_payment_branch_id_receipt_number")
        ),
        sa.UniqueConstraint("branch_id", "request_key", name=op.f("uq_gas_payment_branch_id_request_key")),
    )
    with op.batch_alter_table("gas_payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_payment_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_payment_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_gas_payment_received", ["branch_id", "received_on"], unique=False)

    op.create_table(
        "gas_tariff_bound",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("end_month", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("lower", core.data.types.Quantity(), nullable=False),
        sa.Column("upper", core.data.types.Quantity(), nullable=True),
        sa.Column("price", core.data.types.Quantity(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_gas_tariff_bound_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["gas_tariff_version.id"], name=op.f("fk_gas_tariff_bound_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_tariff_bound")),
        sa.UniqueConstraint(
            "branch_id",
            "version_id",
            "end_month",
            "months",
            "tier",
            name=op.f("uq_gas_tariff_bound_branch_id_version_id_end_month_months_tier"),
        ),
    )
    with op.batch_alter_table("gas_tariff_bound", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_tariff_bound_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_tariff_bound_version_id"), ["version_id"], unique=False)

    op.create_table(
        "gas_bill_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("lower", core.data.types.Quantity(), nullable=False),
        sa.Column("upper", core.data.types.Quantity(), nullable=True),
        sa.Column("volume", core.data.types.Quantity(), nullable=False),
        sa.Column("price", core.data.types.Quantity(), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["gas_bill.id"], name=op.f("fk_gas_bill_line_bill_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_bill_line_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_bill_line")),
        sa.UniqueConstraint(
            "branch_id", "bill_id", "tier", name=op.f("uq_gas_bill_line_branch_id_bill_id_tier")
        ),
    )
    with op.batch_alter_table("gas_bill_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_bill_line_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_bill_line_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "gas_billing_skip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=True),
        sa.Column("from_value", core.data.types.Quantity(), nullable=True),
        sa.Column("to_value", core.data.types.Quantity(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["gas_account.id"], name=op.f("fk_gas_billing_skip_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_gas_billing_skip_branch_id")
        ),
        sa.ForeignKeyConstraint(["meter_id"], ["gas_meter.id"], name=op.f("fk_gas_billing_skip_meter_id")),
        sa.ForeignKeyConstraint(["run_id"], ["gas_billing_run.id"], name=op.f("fk_gas_billing_skip_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_billing_skip")),
        sa.UniqueConstraint(
            "branch_id", "run_id", "account_id", name=op.f("uq_gas_billing_skip_branch_id_run_id_account_id")
        ),
    )
    with op.batch_alter_table("gas_billing_skip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_billing_skip_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_billing_skip_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_billing_skip_run_id"), ["run_id"], unique=False)

    op.create_table(
        "gas_payment_allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("amount", core.data.types.Money(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["gas_bill.id"], name=op.f("fk_gas_payment_allocation_bill_id")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_gas_payment_allocation_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["gas_payment.id"], name=op.f("fk_gas_payment_allocation_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_payment_allocation")),
        sa.UniqueConstraint(
            "branch_id",
            "payment_id",
            "bill_id",
            name=op.f("uq_gas_payment_allocation_branch_id_payment_id_bill_id"),
        ),
    )
    with op.batch_alter_table("gas_payment_allocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_payment_allocation_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_payment_allocation_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gas_payment_allocation_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "gas_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("value", core.data.types.Quantity(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("rollover_confirmed", sa.Boolean(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["gas_account.id"], name=op.f("fk_gas_reading_account_id")),
        sa.ForeignKeyConstraint(["bill_id"], ["gas_bill.id"], name=op.f("fk_gas_reading_bill_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_gas_reading_branch_id")),
        sa.ForeignKeyConstraint(["meter_id"], ["gas_meter.id"], name=op.f("fk_gas_reading_meter_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["ab_user.id"], name=op.f("fk_gas_reading_reader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_reading")),
        sa.UniqueConstraint(
            "branch_id",
            "meter_id",
            "read_on",
            "kind",
            name=op.f("uq_gas_reading_branch_id_meter_id_read_on_kind"),
        ),
    )
    with op.batch_alter_table("gas_reading", schema=None) as batch_op:
        batch_op.create_index("ix_gas_reading_account", ["branch_id", "account_id", "period"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_reading_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_reading_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_reading_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_reading_meter_id"), ["meter_id"], unique=False)
        batch_op.create_index("ix_gas_reading_period", ["branch_id", "period"], unique=False)

    op.create_table(
        "gas_bill_segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("meter_id", sa.Integer(), nullable=False),
        sa.Column("from_reading_id", sa.Integer(), nullable=False),
        sa.Column("to_reading_id", sa.Integer(), nullable=False),
        sa.Column("from_value", core.data.types.Quantity(), nullable=False),
        sa.Column("to_value", core.data.types.Quantity(), nullable=False),
        sa.Column("usage", core.data.types.Quantity(), nullable=False),
        sa.Column("rolled_over", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["gas_bill.id"], name=op.f("fk_gas_bill_segment_bill_id")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["core_branch.id"], name=op.f("fk_gas_bill_segment_branch_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_reading_id"], ["gas_reading.id"], name=op.f("fk_gas_bill_segment_from_reading_id")
        ),
        sa.ForeignKeyConstraint(["meter_id"], ["gas_meter.id"], name=op.f("fk_gas_bill_segment_meter_id")),
        sa.ForeignKeyConstraint(
            ["to_reading_id"], ["gas_reading.id"], name=op.f("fk_gas_bill_segment_to_reading_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gas_bill_segment")),
        sa.UniqueConstraint(
            "branch_id", "to_reading_id", name=op.f("uq_gas_bill_segment_branch_id_to_reading_id")
        ),
    )
    with op.batch_alter_table("gas_bill_segment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gas_bill_segment_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gas_bill_segment_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gas_bill_segment_from_reading_id"), ["from_reading_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_gas_bill_segment_meter_id"), ["meter_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gas_bill_segment_to_reading_id"), ["to_reading_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("gas_bill_segment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_bill_segment_to_reading_id"))
        batch_op.drop_index(batch_op.f("ix_gas_bill_segment_meter_id"))
        batch_op.drop_index(batch_op.f("ix_gas_bill_segment_from_reading_id"))
        batch_op.drop_index(batch_op.f("ix_gas_bill_segment_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_bill_segment_bill_id"))

    op.drop_table("gas_bill_segment")
    with op.batch_alter_table("gas_reading", schema=None) as batch_op:
        batch_op.drop_index("ix_gas_reading_period")
        batch_op.drop_index(batch_op.f("ix_gas_reading_meter_id"))
        batch_op.drop_index(batch_op.f("ix_gas_reading_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_reading_bill_id"))
        batch_op.drop_index(batch_op.f("ix_gas_reading_account_id"))
        batch_op.drop_index("ix_gas_reading_account")

    op.drop_table("gas_reading")
    with op.batch_alter_table("gas_payment_allocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_payment_allocation_payment_id"))
        batch_op.drop_index(batch_op.f("ix_gas_payment_allocation_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_payment_allocation_bill_id"))

    op.drop_table("gas_payment_allocation")
    with op.batch_alter_table("gas_billing_skip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_billing_skip_run_id"))
        batch_op.drop_index(batch_op.f("ix_gas_billing_skip_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_billing_skip_account_id"))

    op.drop_table("gas_billing_skip")
    with op.batch_alter_table("gas_bill_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_bill_line_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_bill_line_bill_id"))

    op.drop_table("gas_bill_line")
    with op.batch_alter_table("gas_tariff_bound", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_tariff_bound_version_id"))
        batch_op.drop_index(batch_op.f("ix_gas_tariff_bound_branch_id"))

    op.drop_table("gas_tariff_bound")
    with op.batch_alter_table("gas_payment", schema=None) as batch_op:
        batch_op.drop_index("ix_gas_payment_received")
        batch_op.drop_index(batch_op.f("ix_gas_payment_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_payment_account_id"))

    op.drop_table("gas_payment")
    with op.batch_alter_table("gas_meter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_meter_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_meter_account_id"))

    op.drop_table("gas_meter")
    with op.batch_alter_table("gas_household", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_household_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_household_account_id"))

    op.drop_table("gas_household")
    with op.batch_alter_table("gas_bill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_bill_tariff_version_id"))
        batch_op.drop_index(batch_op.f("ix_gas_bill_run_id"))
        batch_op.drop_index("ix_gas_bill_period")
        batch_op.drop_index("ix_gas_bill_due")
        batch_op.drop_index(batch_op.f("ix_gas_bill_branch_id"))
        batch_op.drop_index(batch_op.f("ix_gas_bill_account_id"))

    op.drop_table("gas_bill")
    with op.batch_alter_table("gas_tariff_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_tariff_version_tariff_id"))
        batch_op.drop_index(batch_op.f("ix_gas_tariff_version_branch_id"))

    op.drop_table("gas_tariff_version")
    with op.batch_alter_table("gas_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_account_tariff_id"))
        batch_op.drop_index("ix_gas_account_route")
        batch_op.drop_index("ix_gas_account_phone")
        batch_op.drop_index("ix_gas_account_name")
        batch_op.drop_index(batch_op.f("ix_gas_account_branch_id"))

    op.drop_table("gas_account")
    with op.batch_alter_table("gas_tariff", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_tariff_branch_id"))

    op.drop_table("gas_tariff")
    with op.batch_alter_table("gas_route", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_route_branch_id"))

    op.drop_table("gas_route")
    with op.batch_alter_table("gas_billing_stage_meter", schema=None) as batch_op:
        batch_op.drop_index("ix_gas_billing_stage_meter_account")
        batch_op.drop_index(batch_op.f("ix_gas_billing_stage_meter_run_id"))
        batch_op.drop_index(batch_op.f("ix_gas_billing_stage_meter_branch_id"))

    op.drop_table("gas_billing_stage_meter")
    with op.batch_alter_table("gas_billing_stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gas_billing_stage_run_id"))
        batch_op.drop_index(batch_op.f("ix_gas_billing_stage_branch_id"))

    op.drop_table("gas_billing_stage")
    with op.batch_alter_table("gas_billing_run", schema=None) as batch_op:
        batch_op.drop_index("ix_gas_billing_run_period")
        batch_op.drop_index(batch_op.f("ix_gas_billing_run_job_id"))
        batch_op.drop_index(batch_op.f("ix_gas_billing_run_branch_id"))

    op.drop_table("gas_billing_run")
