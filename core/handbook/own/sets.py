"""Own checks of what a program writes by the thousand: asked of rows in the database, there already or about to be."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import fetch, insert_rows
from core.handbook import stored
from core.handbook.basis import basis_of
from core.handbook.conditions import as_sql, named_in, value_in_sql
from core.handbook.findings import is_silent
from core.handbook.judging import kept_refusal
from core.handbook.kinds import Check, Refusal
from core.handbook.models import REFUSED, WARNED, Finding
from core.handbook.own.expression import as_conditions, of_plain
from core.handbook.own.rules import Term, published, terms
from core.installation import installation
from core.people.access import current_user_id

SAVE = "save"
Broken = tuple[Any, dict[str, Any]]
"""What names a row, and the facts that a rule looked at."""


@dataclass(frozen=True)
class SetChecks:
    """The administrators' checks of what is saved that are in force in a branch on a day."""

    refusing: tuple[Term, ...]
    doubting: tuple[Term, ...]


def set_checks(session: Session, entity_id: str, day: date) -> SetChecks:
    """Those of the active branch; one statement."""
    every = terms(session, published(session, entity_id, SAVE), current_branch_id())
    found = [(each, each.rule.warns) for each in every if isinstance(each.rule, Check) and each.has(day)]
    return SetChecks(
        tuple(each for each, warns in found if not warns), tuple(each for each, warns in found if warns)
    )


def broken(session: Session, term: Term, rows: Any, name: Any, *among: ColumnElement[bool]) -> list[Broken]:
    """Which of `rows` (a table, or a select of the same columns as a subquery) a check finds fault with, by their
    column `name`."""
    entities = installation().entities
    entity = entities[term.row.entity]
    conditions = as_conditions(entity, of_plain(term.row.conditions), term.row.all_of)
    paths = list(dict.fromkeys(named_in(conditions)))
    facts = [
        value_in_sql(entity, path, entities, rows).label(f"fact_{place}") for place, path in enumerate(paths)
    ]
    asked = select(name, *facts).where(as_sql(entity, conditions, entities, rows), *among)
    return [(row[0], dict(zip(paths, row[1:], strict=True))) for row in fetch(session, asked)]


def keep_broken(
    session: Session, term: Term, day: date, found: Sequence[Broken], *, is_there: bool = True
) -> None:
    """Keep a finding of each; `is_there` says that what names a row is its id, else it was never written."""
    if not found or not isinstance(term.rule, Check) or is_silent(session):
        return
    common = {
        "basis_id": basis_of(session, term.rule, {}).id,
        "rule": term.rule.id,
        "entity": term.row.entity,
        "day": day,
        "outcome": WARNED if term.rule.warns else REFUSED,
        "result": kept_refusal(Refusal(term.row.says)),
        "user_id": current_user_id(),
    }
    rows = [
        {
            "key": str(uuid.uuid4()),
            "subject_id": name if is_there else None,
            "inputs": stored.plain_map(facts),
        }
        for name, facts in found
    ]
    insert_rows(session, Finding, [{**common, **each} for each in rows])
