"""The history, which only grows: triggers refuse every change but the seal, once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "core_0003"
down_revision = "core_0002"

_SAME = " OR ".join(
    f'NEW."{name}" IS NOT OLD."{name}"'
    for name in (
        "id", "branch_id", "at", "user_id", "for_user_id", "origin", "act", "action", "table_name", "record_id",
        "changes", "details",
    )
)  # fmt: skip

SQLITE = (
    f"""CREATE TRIGGER core_history_stays BEFORE UPDATE ON core_history
        WHEN OLD.seal IS NOT NULL OR NEW.seal IS NULL OR NEW.sealed_as IS NULL OR {_SAME}
        BEGIN SELECT RAISE(ABORT, 'the history cannot be changed'); END""",
    """CREATE TRIGGER core_history_kept BEFORE DELETE ON core_history
        BEGIN SELECT RAISE(ABORT, 'the history cannot be changed'); END""",
    """CREATE TRIGGER core_history_head_grows BEFORE UPDATE ON core_history_head
        WHEN NEW.chain <> OLD.chain OR NEW.length <= OLD.length
        BEGIN SELECT RAISE(ABORT, 'the history cannot be changed'); END""",
    """CREATE TRIGGER core_history_head_kept BEFORE DELETE ON core_history_head
        BEGIN SELECT RAISE(ABORT, 'the history cannot be changed'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION core_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.seal IS NULL AND NEW.seal IS NOT NULL AND NEW.sealed_as IS NOT NULL
         AND to_jsonb(NEW) - 'seal' - 'sealed_as' = to_jsonb(OLD) - 'seal' - 'sealed_as' THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'the history cannot be changed';
    END $$""",
    """CREATE FUNCTION core_history_head_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.chain = OLD.chain AND NEW.length > OLD.length THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'the history cannot be changed';
    END $$""",
    """CREATE FUNCTION core_history_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the history cannot be changed';
    END $$""",
    """CREATE TRIGGER core_history_stays BEFORE UPDATE ON core_history
       FOR EACH ROW EXECUTE FUNCTION core_history_stays()""",
    """CREATE TRIGGER core_history_kept BEFORE DELETE OR TRUNCATE ON core_history
       FOR EACH STATEMENT EXECUTE FUNCTION core_history_kept()""",
    """CREATE TRIGGER core_history_head_grows BEFORE UPDATE ON core_history_head
       FOR EACH ROW EXECUTE FUNCTION core_history_head_grows()""",
    """CREATE TRIGGER core_history_head_kept BEFORE DELETE OR TRUNCATE ON core_history_head
       FOR EACH STATEMENT EXECUTE FUNCTION core_history_kept()""",
)


def upgrade() -> None:
    op.create_table(
        "core_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("for_user_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("table_name", sa.String(length=80), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("sealed_as", sa.BigInteger(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["core_branch.id"], name=op.f("fk_core_history_branch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["ab_user.id"], name=op.f("fk_core_history_user_id")),
        sa.ForeignKeyConstraint(["for_user_id"], ["ab_user.id"], name=op.f("fk_core_history_for_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_history")),
        sa.UniqueConstraint("branch_id", "sealed_as", name=op.f("uq_core_history_branch_id_sealed_as")),
    )
    op.create_index("ix_core_history_at", "core_history", ["at"])
    op.create_index("ix_core_history_user_id", "core_history", ["user_id"])
    op.create_index("ix_core_history_record", "core_history", ["table_name", "record_id"])
    unsealed = sa.text("seal IS NULL")
    op.create_index(
        "ix_core_history_unsealed", "core_history", ["id"], sqlite_where=unsealed, postgresql_where=unsealed
    )
    op.create_table(
        "core_history_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_history_head")),
        sa.UniqueConstraint("chain", name=op.f("uq_core_history_head_chain")),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("core_history_head")
    op.drop_table("core_history")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("core_history_stays", "core_history_head_grows", "core_history_kept"):
            op.execute(f"DROP FUNCTION {name}()")
