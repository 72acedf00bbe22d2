"""Records that may be the same as what is being entered, told before it is entered a second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.entities.reading import title_for_reader
from core.entities.spanning import only_own
from core.entities.spec import Alike, Entity

MOST = 5
"""So many are named; of more it is said that there are."""


@dataclass(frozen=True)
class Known:
    """A record that the reader may see: how it is called, where it is, and by what it is alike."""

    title: str
    url: str
    why: str


def alike_box(
    session: Session, entity: Entity, values: Mapping[str, Any], own_id: int | None
) -> dict[str, Any]:
    """What the form says of records that may be the same: those that the reader may see, and how many others."""
    if entity.alike is None:
        return {"known": [], "more": ""}
    entered = {name: values[name] for name in entity.alike_by if values.get(name)}
    found = [each for each in entity.alike(session, [entered])[0] if each.id != own_id] if entered else []
    known = _seen(session, entity, found)
    rest = len(found) - len(known[:MOST])
    more = ngettext(
        "%(num)s further record may be the same.", "%(num)s further records may be the same.", rest
    )
    return {"known": known[:MOST], "more": more if rest else ""}


def _seen(session: Session, entity: Entity, found: Sequence[Alike]) -> list[Known]:
    """Those that the reader may see, in the same order; one statement."""
    if not found:
        return []
    wanted = select(entity.model).where(entity.model.id.in_([each.id for each in found]), *only_own(entity))
    if entity.criteria is not None:
        wanted = wanted.where(*entity.criteria())
    rows = {row.id: row for row in session.scalars(wanted)}
    return [
        Known(title_for_reader(entity, rows[each.id]), f"{entity.path}{each.id}", each.why)
        for each in found
        if each.id in rows
    ]


def doubts(session: Session, entity: Entity, entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """For each of several entries by what it is alike to a record, or nothing; faint likeness is passed over."""
    if entity.alike is None:
        return [""] * len(entries)
    found = entity.alike(session, entries)
    return [next((each.why for each in some if not each.faint), "") for some in found]
