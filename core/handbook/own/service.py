"""Drafting, publishing and retiring own rules; as a file, out and in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.data import UserError, clock
from core.data.marks import N_
from core.handbook.own.demands import NO_OBJECT, judged
from core.handbook.own.expression import coded, expression_of, of_plain
from core.handbook.own.models import ABOUT_ALL, DRAFT, PUBLISHED, RETIRED, OwnRule
from core.handbook.own.written import DETAIL, FURTHER, NO_FILE, TEXTS, Written

__all__ = [
    "NO_FILE",
    "NO_OBJECT",
    "Written",
    "as_file",
    "draft",
    "from_file",
    "publish",
    "retire",
    "written_of",
]

FORMAT = "zhidu own rules 1"
MOST_IN_A_FILE = 200
NOT_A_DRAFT = N_("This rule was published and stays as it is. Write a new version of it instead.")
NOT_PUBLISHED = N_("This rule is not in force.")


def draft(
    session: Session, wanted: Written, branch_id: int, user_id: int | None, row: OwnRule | None = None
) -> OwnRule:
    """Keep a draft; of a rule that was published, a new version of it. UserError for what cannot be."""
    entity = judged(wanted)
    conditions = coded(entity, wanted.conditions)
    number, version = _numbered(session, row)
    made = row if row is not None and row.state == DRAFT else OwnRule(number=number, version=version)
    made.branch_id = branch_id
    for name in (*TEXTS, "all_of"):
        setattr(made, name, getattr(wanted, name))
    made.conditions = [each.plain() for each in conditions]
    made.expression = expression_of(entity, conditions, wanted.all_of, may_lack=wanted.effect in ABOUT_ALL)
    made.detail = wanted.detail
    made.made_by = made.made_by or user_id
    session.add(made)
    session.flush()
    return made


def _numbered(session: Session, row: OwnRule | None) -> tuple[int, int]:
    if row is None:
        return (session.scalar(select(func.max(OwnRule.number))) or 0) + 1, 1
    latest = session.scalar(select(func.max(OwnRule.version)).where(OwnRule.number == row.number)) or 0
    return row.number, latest + 1


def publish(session: Session, row: OwnRule, day: date, user_id: int | None) -> None:
    """Put a draft in force from today; an earlier version of it is retired in the same moment."""
    if row.state != DRAFT:
        raise UserError(NOT_A_DRAFT, status=409)
    before = select(OwnRule).where(OwnRule.number == row.number, OwnRule.state == PUBLISHED)
    for each in session.scalars(before):
        _retired(each, user_id)
    row.state, row.from_on = PUBLISHED, day
    row.published_by, row.published_at = user_id, clock.now()
    session.flush()


def retire(session: Session, row: OwnRule, user_id: int | None) -> None:
    """Take a rule out of force; what it decided stays explained."""
    if row.state != PUBLISHED:
        raise UserError(NOT_PUBLISHED, status=409)
    _retired(row, user_id)
    session.flush()


def _retired(row: OwnRule, user_id: int | None) -> None:
    row.state, row.retired_by, row.retired_at = RETIRED, user_id, clock.now()


def written_of(row: OwnRule) -> Written:
    """What an administrator wrote, from its row."""
    texts = {name: getattr(row, name) for name in TEXTS}
    detail = {name: row.detail[name] for name in (*DETAIL, *FURTHER) if name in row.detail}
    return Written(**texts, conditions=tuple(of_plain(row.conditions)), all_of=row.all_of, **detail)


def as_file(rows: Sequence[OwnRule]) -> dict[str, Any]:
    """Rules as a file that another installation takes."""
    return {"format": FORMAT, "rules": [written_of(each).plain() for each in rows]}


def from_file(session: Session, content: Any, branch_id: int, user_id: int | None) -> list[OwnRule]:
    """Every rule of a file as a draft. Expressions are made anew of the conditions, never taken from a file."""
    rows = content.get("rules") if isinstance(content, dict) and content.get("format") == FORMAT else None
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise UserError(NO_FILE)
    if len(rows) > MOST_IN_A_FILE:
        raise UserError(NO_FILE)
    return [draft(session, Written.of_plain(each), branch_id, user_id) for each in rows]
