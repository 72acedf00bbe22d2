"""The records that somebody selected in a list: one by one over its pages, or all that it shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from core.data import UserError
from core.entities.form_fields import identifier
from core.entities.lists.asked import Asked
from core.entities.query import ListQuery, key_of, order_of, statement_of
from core.entities.spanning import only_own
from core.entities.spec import Entity

MOST_AT_ONCE = 1_000
AT_ONCE = 200


def selected_ids(session: Session, asked: Asked, texts: Sequence[str], everything: bool) -> list[int]:
    """The ids that were sent, or those of every record of the list. Raises UserError for none and for too many."""
    if everything:
        _demand_understood(asked)
        ids = list(session.scalars(_ids_of(asked)))
    else:
        given = (identifier(each) for text in texts for each in text.split(","))
        ids = list(dict.fromkeys(each for each in given if each is not None))
    if not ids:
        raise UserError("Select at least one record first.")
    if len(ids) > MOST_AT_ONCE:
        raise UserError("These are more than %(most)s records. Narrow the list first.", most=MOST_AT_ONCE)
    return ids


def _ids_of(asked: Asked) -> Any:
    statement = statement_of(asked.entity, asked.query).with_only_columns(asked.entity.model.id)
    return statement.order_by(*order_of(asked.entity, asked.query)).limit(MOST_AT_ONCE + 1)


def _demand_understood(asked: Asked) -> None:
    """Every word that narrowed the list has to hold here too: else more would be changed than was shown."""
    known = {key_of(each) for each in asked.query.filters}
    passed_over = [key for key in asked.stays if key.startswith("f_") and key not in known]
    if passed_over:
        raise UserError(
            "The list cannot be changed as a whole as it is narrowed now. Select the records one by one."
        )


def records_of(session: Session, entity: Entity, ids: Sequence[int]) -> list[Any]:
    """The records of these ids that the person sees and that belong to the active branch, in the given order."""
    found: dict[int, Any] = {}
    for some in chunks(ids):
        statement = statement_of(entity, ListQuery()).where(entity.model.id.in_(some), *only_own(entity))
        found.update({each.id: each for each in session.scalars(statement)})
    return [found[each] for each in ids if each in found]


def chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]


def fingerprint(records: Sequence[Any]) -> str:
    """What tells whether these are the same records, as they were shown."""
    said = ",".join(f"{each.id}:{getattr(each, 'row_version', '')}" for each in records)
    return hashlib.sha256(said.encode()).hexdigest()[:32]
