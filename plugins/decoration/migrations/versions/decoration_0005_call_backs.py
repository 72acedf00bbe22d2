"""Call-backs, tries, questionnaires and scores."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

import core.data.types

revision = "decoration_0005"
down_revision = "decoration_0004"

INDEXES = {
    "decoration_call_back": (
        ("customer_id", "state"),
        ("site_id", "state"),
        ("commission_id", "state"),
        ("state", "due_on"),
        ("kind",),
        ("due_on",),
        ("done_on",),
        ("satisfied",),
    ),
    "decoration_call_try": (("call_back_id",),),
    "decoration_call_score": (("customer_id",), ("person_id",), ("crew_id",), ("given_on",)),
}
"""By table, the columns by which its rows are found in a branch; the first gives the index its name."""


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _versions() -> tuple[Any, ...]:
    """What is changed counts its versions."""
    return (
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", core.data.types.UtcDateTime(), nullable=False),
        sa.Column("changed_at", core.data.types.UtcDateTime(), nullable=False),
    )


def _table(name: str, *parts: Any, versioned: bool = True) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        *parts,
        *(_versions() if versioned else ()),
        _key(name, "branch_id", "core_branch.id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_branch_id"), ["branch_id"], unique=False)
        for columns in INDEXES.get(name, ()):
            batch_op.create_index(f"ix_{name}_{columns[0]}", ["branch_id", *columns, "id"], unique=False)


def upgrade() -> None:
    _table(
        "decoration_call_back",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("house_id", sa.Integer(), nullable=True),
        sa.Column("commission_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("caller_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("problems", sa.Text(), nullable=True),
        sa.Column("passed_to", sa.String(length=20), nullable=True),
        sa.Column("follow_up", sa.String(length=200), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("lowest", sa.Integer(), nullable=True),
        sa.Column("satisfied", sa.Boolean(), nullable=True),
        sa.Column("called_off_why", sa.String(length=200), nullable=True),
        _key("decoration_call_back", "customer_id", "decoration_customer.id"),
        _key("decoration_call_back", "house_id", "decoration_house.id"),
        _key("decoration_call_back", "commission_id", "decoration_commission.id"),
        _key("decoration_call_back", "site_id", "decoration_site.id"),
        _key("decoration_call_back", "person_id", "ab_user.id"),
        _key("decoration_call_back", "caller_id", "ab_user.id"),
        sa.UniqueConstraint("branch_id", "number", name=op.f("uq_decoration_call_back_branch_id_number")),
    )
    _table(
        "decoration_questionnaire",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.UniqueConstraint(
            "branch_id", "version", name=op.f("uq_decoration_questionnaire_branch_id_version")
        ),
    )
    _table(
        "decoration_question",
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("scored", sa.Boolean(), nullable=False),
        _key("decoration_question", "questionnaire_id", "decoration_questionnaire.id"),
        sa.UniqueConstraint(
            "branch_id",
            "questionnaire_id",
            "place",
            name=op.f("uq_decoration_question_branch_id_questionnaire_id_place"),
        ),
    )
    with op.batch_alter_table("decoration_question", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decoration_question_questionnaire_id"), ["questionnaire_id"], unique=False
        )
    _table(
        "decoration_call_try",
        sa.Column("call_back_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("tried_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=True),
        _key("decoration_call_try", "call_back_id", "decoration_call_back.id"),
        _key("decoration_call_try", "customer_id", "decoration_customer.id"),
        _key("decoration_call_try", "tried_by", "ab_user.id"),
        versioned=False,
    )
    _table(
        "decoration_call_score",
        "decoration_call_try",
        sa.Column("call_back_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("crew_id", sa.Integer(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        _key("decoration_call_score", "call_back_id", "decoration_call_back.id"),
        _key("decoration_call_score", "customer_id", "decoration_customer.id"),
        _key("decoration_call_score", "question_id", "decoration_question.id"),
        _key("decoration_call_score", "person_id", "ab_user.id"),
        _key("decoration_call_score", "crew_id", "decoration_crew.id"),
        sa.UniqueConstraint(
            "branch_id",
            "call_back_id",
            "question_id",
            name=op.f("uq_decoration_call_score_branch_id_call_back_id_question_id"),
        ),
        versioned=False,
    )


def downgrade() -> None:
    for table in (
        "decoration_call_score",
        "decoration_call_try",
        "decoration_question",
        "decoration_questionnaire",
        "decoration_call_back",
    ):
        op.drop_table(table)
