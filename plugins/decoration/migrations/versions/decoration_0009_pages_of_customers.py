"""links to pages of customers, released photos, and what customers confirm of acceptances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0009"
down_revision = "decoration_0008"

LINKS, PHOTOS = "decoration_owner_link", "decoration_owner_photo"
LINK_KEYS = {
    "branch_id": "core_branch.id",
    "commission_id": "decoration_commission.id",
    "customer_id": "decoration_customer.id",
    "made_by": "ab_user.id",
    "revoked_by": "ab_user.id",
    "site_id": "decoration_site.id",
}
PHOTO_KEYS = {
    "branch_id": "core_branch.id",
    "file_id": "core_file.id",
    "released_by": "ab_user.id",
    "site_id": "decoration_site.id",
}
FOUND_BY = ("commission_id", "customer_id", "ends_on", "site_id")


def _keys(table: str, keys: dict[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{table}_{name}"))
        for name, target in keys.items()
    ]


def upgrade() -> None:
    op.create_table(
        LINKS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("commission_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=43), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=True),
        sa.Column("contact", sa.String(length=60), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("opened_at", core.data.types.UtcDateTime(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
        *_keys(LINKS, LINK_KEYS),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{LINKS}")),
        sa.UniqueConstraint("branch_id", "token_hash", name=op.f(f"uq_{LINKS}_branch_id_token_hash")),
    )
    with op.batch_alter_table(LINKS, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{LINKS}_branch_id"), ["branch_id"], unique=False)
        for name in FOUND_BY:
            batch_op.create_index(f"ix_{LINKS}_{name}", ["branch_id", name, "id"], unique=False)
    op.create_table(
        PHOTOS,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("released_at", core.data.types.UtcDateTime(), nullable=False),
        *_keys(PHOTOS, PHOTO_KEYS),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{PHOTOS}")),
        sa.UniqueConstraint(
            "branch_id", "site_id", "file_id", name=op.f(f"uq_{PHOTOS}_branch_id_site_id_file_id")
        ),
    )
    with op.batch_alter_table(PHOTOS, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{PHOTOS}_branch_id"), ["branch_id"], unique=False)
    with op.batch_alter_table("decoration_acceptance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("owner_confirmed_at", core.data.types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("owner_signed_at", core.data.types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("owner_name", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("owner_remark", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("decoration_acceptance", schema=None) as batch_op:
        for name in ("owner_remark", "owner_name", "owner_signed_at", "owner_confirmed_at", "owner_day"):
            batch_op.drop_column(name)
    with op.batch_alter_table(PHOTOS, schema=None) as batch_op:
        batch_op.drop_index(batch_op.f(f"ix_{PHOTOS}_branch_id"))
    op.drop_table(PHOTOS)
    with op.batch_alter_table(LINKS, schema=None) as batch_op:
        for name in FOUND_BY:
            batch_op.drop_index(f"ix_{LINKS}_{name}")
        batch_op.drop_index(batch_op.f(f"ix_{LINKS}_branch_id"))
    op.drop_table(LINKS)
