"""Own amounts, worked out of what was added or has become something, in sets: kept as findings, nothing is booked."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import fetch, insert_rows, table_of
from core.handbook import stored
from core.handbook.amounts import kept_span
from core.handbook.basis import basis_of
from core.handbook.conditions import as_sql, named_in, value_in_sql
from core.handbook.findings import is_silent
from core.handbook.kinds import Amount
from core.handbook.models import CAME_TO, Finding
from core.handbook.own.rules import Term
from core.handbook.settings import Shelf
from core.installation import installation
from core.people.access import current_user_id


def keep_figures(session: Session, term: Term, records: Select[Any], today: date) -> None:
    """Keep what a rule comes to for those of the active branch's records of which its conditions hold.

    `records` selects id, branch and day; of one that tells no day the figure is of `today`.
    """
    rule = term.rule
    if not isinstance(rule, Amount) or is_silent(session):
        return
    shelf = Shelf(session, (rule,))
    basis: dict[date, int] = {}
    rows: list[dict[str, Any]] = []
    for record_id, day, facts in _facts(session, rule, term.row.detail.get("of", ""), records):
        day = day or today
        settings = shelf.settings(rule, current_branch_id(), day)
        if day not in basis:
            basis[day] = basis_of(session, rule, settings).id
        span = rule.figure(facts, settings)
        if span is not None:
            rows.append(
                {
                    "key": str(uuid.uuid4()),
                    "basis_id": basis[day],
                    "rule": rule.id,
                    "entity": rule.entity,
                    "subject_id": record_id,
                    "day": day,
                    "outcome": CAME_TO,
                    "inputs": stored.plain_map(facts),
                    "result": kept_span(span),
                    "user_id": current_user_id(),
                }
            )
    if rows:
        insert_rows(session, Finding, rows)


def _facts(
    session: Session, rule: Amount, of: str, records: Select[Any]
) -> list[tuple[int, date | None, dict[str, Any]]]:
    """Which records the rule is about, with their day and the fields that it looks at; one statement."""
    entities = installation().entities
    entity, told = entities[rule.entity], records.subquery("told_of")
    rows: Any = table_of(entity.model).alias("figured")
    paths = list(dict.fromkeys((*named_in(rule.where), *((of,) if of else ()))))
    facts = [
        value_in_sql(entity, path, entities, rows).label(f"fact_{place}") for place, path in enumerate(paths)
    ]
    ids, _branch, days = told.c
    those = as_sql(entity, rule.where, entities, source=rows)
    asked = select(rows.c.id, days, *facts).join_from(rows, told, ids == rows.c.id).where(those)
    found = fetch(session, asked.order_by(rows.c.id))
    return [(row[0], row[1], dict(zip(paths, row[2:], strict=True))) for row in found]
