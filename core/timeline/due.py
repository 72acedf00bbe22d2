"""What of a record waits for a day: it stands in front of what has happened, the first day in front."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.entities.reading import is_shown, readable, title_for_reader
from core.entities.registry import allowed
from core.entities.spanning import across, is_own
from core.entities.spec import Due, Entity
from core.installation import installation
from core.people.access import oversees
from core.ui import format as shown
from core.work.groups import today

MOST = 10
"""So many days of one kind are told; the list of the records has them all."""


def asked_for(entity: Entity, record: Any) -> list[tuple[Due, Entity]]:
    """What may be due of the record, with the entity of its rows, as far as the reader may see them."""
    known = installation().entities
    found = [(each, known[each.entity]) for each in entity.due if each.entity in known]
    return [(each, target) for each, target in found if _may_see(each, target, record)]


def due_items(session: Session, entity: Entity, record: Any) -> tuple[list[dict[str, Any]], bool]:
    """What is due, as the time line shows it, and whether there is more; two statements for each kind at most."""
    day, items, more = today(), [], False
    for each, target in asked_for(entity, record):
        rows = _rows(session, each, target, record)
        more = more or len(rows) > MOST
        items += _told(session, each, target, rows[:MOST], day)
    return sorted(items, key=lambda item: item["day"]), more


def _may_see(each: Due, target: Entity, record: Any) -> bool:
    if not allowed(target, "see") or not readable(target, each.on):
        return False
    if each.via and not readable(target, each.via):
        return False
    return is_own(record) or oversees(target.id, "see")


def _rows(session: Session, each: Due, target: Entity, record: Any) -> Sequence[Any]:
    model, day = target.model, getattr(target.model, each.on)
    of_record = getattr(model, each.via) if each.via else model.id
    wanted = select(model).where(of_record == record.id, day.is_not(None), *each.open(), *across(target))
    if target.criteria is not None:
        wanted = wanted.where(*target.criteria())
    return session.scalars(wanted.order_by(day, model.id).limit(MOST + 1)).all()


def _told(
    session: Session, each: Due, target: Entity, rows: Sequence[Any], day: date
) -> list[dict[str, Any]]:
    knows = all(readable(target, name) for name in each.rests_on)
    notes = each.note(session, rows) if each.note is not None and rows and knows else {}
    found = []
    for row in rows:
        due = getattr(row, each.on)
        what, tone = _standing(due, day)
        item = {
            "what": what,
            "tone": tone,
            "day": due,
            "when": shown.date(due),
            "note": notes.get(row.id, ""),
        }
        item |= {"label": str(target.label), "title": "", "url": ""}
        if each.via and is_shown(target, target.title):
            item |= {"title": title_for_reader(target, row), "url": f"{target.path}{row.id}"}
        found.append(item)
    return found


def _standing(due: date, day: date) -> tuple[str, str]:
    if due < day:
        return gettext("Overdue"), "danger"
    return (gettext("Due today"), "warning") if due == day else (gettext("Due"), "info")
