"""A list as a schedule: the records of a page with what was planned and what came of it as bars over days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext

from core.entities.cells import text_for_reader
from core.entities.lists.asked import Asked
from core.entities.lists.month import today_here
from core.entities.query import titles
from core.entities.reading import readable, title_for_reader
from core.entities.spec import Entity
from core.installation import installation
from core.ui.schedule import Track, schedule

LINES = 2
"""How many further fields stand below a title."""


def has_schedule(entity: Entity) -> bool:
    """Whether the entity says when its records were planned and came."""
    return entity.schedule is not None


def schedule_context(asked: Asked, records: Sequence[Any]) -> dict[str, Any]:
    """The drawing of a page's records, in the statements that the description's own function needs."""
    entity, session = asked.entity, installation().database.session()
    tracks = entity.schedule(session, records) if entity.schedule is not None and records else {}
    names = _names(asked)
    found = titles(session, entity, records, names)
    rows = [(_told(entity, each, names, found), tracks.get(each.id, Track())) for each in records]
    label = gettext("%(things)s as a schedule", things=entity.label_plural)
    return schedule(rows, today_here(), label)


def _names(asked: Asked) -> list[str]:
    """The first columns of the list but for the title and the state, which stand beside the name."""
    entity = asked.entity
    return [name for name in asked.columns if name not in (entity.title, entity.state)][:LINES]


def _told(entity: Entity, record: Any, names: Sequence[str], found: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": title_for_reader(entity, record),
        "url": f"{entity.path}{record.id}",
        "lines": [_line(entity, record, name, found) for name in names],
    }
    if entity.state and readable(entity, entity.state):
        each = entity.field(entity.state)
        code = str(getattr(record, entity.state))
        told["state"], told["tone"] = str(dict(each.options).get(code, code)), each.tones.get(code, "neutral")
    return told


def _line(entity: Entity, record: Any, name: str, found: Any) -> str:
    each = entity.field(name)
    value = each.value(record) if each.value is not None else getattr(record, name)
    return str(text_for_reader(entity, each, value, found))
