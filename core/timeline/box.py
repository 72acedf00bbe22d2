"""The time line of a record as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from core.data import once
from core.entities.spec import Entity
from core.history.screens.panel import told_with_ways_back
from core.installation import installation
from core.people.access import current_person
from core.timeline import story
from core.timeline.due import asked_for, due_items
from core.timeline.models import LONGEST
from core.timeline.reading import FILES, HISTORY, KINDS, MESSAGES, STORY, Event, Place, events
from core.timeline.rights import works_on
from core.ui import format as shown

DUE = "due"


def timeline_box(
    entity: Entity, record: Any, only: str = "", before: Place | None = None, fault: str = "", text: str = ""
) -> dict[str, Any]:
    """The context of the time line of a record that the reader was let see.

    `only` is one of `kinds_of`, `before` the event behind which a further part begins; `fault` and `text` are those of
    a message that was not taken.
    """
    kinds = kinds_of(entity, record)
    only = only if only in kinds else ""
    session = installation().database.session()
    wanted = [each for each in kinds if each != DUE and only in ("", each)]
    found, more = events(session, entity, record, wanted, before) if wanted else ([], False)
    due = before is None and DUE in kinds and only in ("", DUE)
    waiting, more_waits = due_items(session, entity, record) if due else ([], False)
    return {
        "due": waiting,
        "more_due": more_waits,
        "items": _told(entity, record, found, is_first=before is None, is_last=not more),
        "older_url": address(entity, record, only, found[-1].place) if more else "",
        "kinds": _choices(entity, record, kinds, only) if len(kinds) > 1 else [],
        "only": only,
        "form": _form(entity, record, fault, text) if MESSAGES in kinds else None,
    }


def kinds_of(entity: Entity, record: Any) -> tuple[str, ...]:
    """What the reader gets of a record: what is due, and the kinds of events."""
    wanted = {
        DUE: bool(asked_for(entity, record)),
        HISTORY: True,
        MESSAGES: works_on(entity, record),
        FILES: entity.files,
        STORY: entity.story,
    }
    return tuple(kind for kind in (DUE, *KINDS) if wanted[kind])


def address(entity: Entity, record: Any, only: str = "", before: Place | None = None) -> str:
    """Where a part of the time line is."""
    asked = {"only": only, "before": before.written() if before is not None else ""}
    given: dict[str, Any] = {name: value for name, value in asked.items() if value}
    return url_for("TimelineView.part", plugin=entity.plugin, name=entity.name, id=record.id, **given)


def _choices(entity: Entity, record: Any, kinds: Sequence[str], only: str) -> list[dict[str, Any]]:
    labels = {
        "": gettext("Everything"),
        DUE: gettext("Due"),
        HISTORY: gettext("Changes"),
        MESSAGES: gettext("Messages"),
        FILES: gettext("Files"),
        STORY: gettext("Story"),
    }
    return [
        {"label": labels[kind], "url": address(entity, record, kind), "chosen": kind == only}
        for kind in ("", *kinds)
    ]


def _form(entity: Entity, record: Any, fault: str, text: str) -> dict[str, Any]:
    return {
        "url": address(entity, record),
        "once": once.new_key(),
        "longest": LONGEST,
        "fault": fault,
        "text": text,
    }


def _told(
    entity: Entity, record: Any, found: Sequence[Event], *, is_first: bool, is_last: bool
) -> list[dict[str, Any]]:
    session = installation().database.session()
    reads = [each.row for each in found if each.kind == HISTORY]
    history = iter(
        told_with_ways_back(session, entity, record, reads, is_first=is_first, is_last=is_last)
        if reads
        else ()
    )
    return [
        {"kind": HISTORY, "iso": each.place.at.isoformat(), **next(history)}
        if each.kind == HISTORY
        else _told_one(entity, record, each)
        for each in found
    ]


def _told_one(entity: Entity, record: Any, each: Event) -> dict[str, Any]:
    """A message, a file, or a day of the story, of which nobody is named and no hour known."""
    if each.kind == STORY:
        day = story.shown_at(each.row)
        return {"kind": STORY, **_head(each), "who": "", "when": day, **story.told(each.row, record)}
    maker = {MESSAGES: _message, FILES: _file}[each.kind]
    return {"kind": each.kind, **_head(each), **maker(each.row), **_whose(entity, record, each.row)}


def _whose(entity: Entity, record: Any, row: Any) -> dict[str, str]:
    """Of which other record a message or file is, where it is not the one whose time line this is."""
    if (row.entity, row.record_id) == (entity.id, record.id):
        return {}
    source = installation().entities[row.entity]
    return {"of": str(source.label), "title": gettext("Open"), "url": f"{source.path}{row.record_id}"}


def _head(each: Event) -> dict[str, Any]:
    person = current_person()
    zone = person.branch.time_zone if person and person.branch else None
    return {
        "iso": each.place.at.isoformat(),
        "when": shown.datetime(each.place.at, zone),
        "who": each.who or gettext("Nobody known"),
        "on_behalf_of": "",
    }


def _message(row: Any) -> dict[str, Any]:
    return {"what": gettext("Message"), "tone": "info", "text": row.text}


def _file(row: Any) -> dict[str, Any]:
    return {
        "what": gettext("File added"),
        "tone": "neutral",
        "file": {"name": row.name, "url": url_for("FileView.download", file_id=row.id)},
        "about": shown.file_size(row.size),
    }
