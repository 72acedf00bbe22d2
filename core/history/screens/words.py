"""Entries in words, in the reader's language: what was done, and each field from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from core.entities.cells import text_for_reader
from core.entities.query import titles_of
from core.entities.reading import is_shown, shown_to_reader
from core.entities.registry import allowed
from core.entities.spec import Entity, Field
from core.history import models
from core.history.actor import COMMAND
from core.history.models import HistoryEntry
from core.history.screens.reading import Read
from core.history.values import SECRET_VALUE, typed
from core.installation import installation
from core.people.access import current_person
from core.people.doors.events import LABELS as DOOR_EVENTS
from core.ui import format as shown
from core.ui.marked import code, data, filled
from core.workflow.texts import told as told_label

ACTIONS: tuple[tuple[str, Any], ...] = (
    (models.ADD, _("Created")),
    (models.EDIT, _("Changed")),
    (models.DELETE, _("Deleted")),
    (models.RESTORE, _("Earlier version restored")),
    (models.BRING_BACK, _("Brought back")),
    (models.CHUNK, _("Worked out together")),
    (models.LOG_IN, _("Logged in")),
    (models.LOG_IN_FAILED, _("Log-in refused")),
    (models.LOG_IN_HELD_OFF, _("Log-in held off")),
    (models.LOG_OUT, _("Logged out")),
    (models.EXPORT, _("Exported")),
    (models.PRINT, _("Printed")),
    ("message_again", _("Sent again")),
    ("message_called", _("Called")),
    (models.MOVE, _("Moved on")),
    (models.MOVE_ASKED, _("Approval asked for")),
    (models.MOVE_APPROVED, _("Approved")),
    (models.MOVE_DECLINED, _("Approval refused")),
    *DOOR_EVENTS,
)
TONES = {
    models.ADD: "success",
    models.DELETE: "danger",
    models.LOG_IN_FAILED: "warning",
    models.LOG_IN_HELD_OFF: "warning",
}
NOT_KNOWN = "…"
Titles = Mapping[str, Mapping[int, str]]


def action_label(action: str) -> str:
    """What was done, as a word; what only a plugin's own screens do has its own name."""
    return str(dict(ACTIONS).get(action, action))


def entities_of(table_name: str) -> list[Entity]:
    """The entities that describe the rows of a table."""
    return [each for each in installation().entities.values() if each.model.__table__.name == table_name]


def told(session: Session, entity: Entity, reads: Sequence[Read]) -> list[dict[str, Any]]:
    """Entries about records of one entity as the templates show them; one statement an entity that they refer to."""
    titles = _titles(session, entity, [each.entry for each in reads])
    return [{**head(each), "lines": lines(entity, each.entry, titles)} for each in reads]


def head(read: Read) -> dict[str, Any]:
    """Who did what, when and from where."""
    entry, person = read.entry, current_person()
    zone = person.branch.time_zone if person and person.branch else None
    return {
        "id": entry.id,
        "action": entry.action,
        "what": action_label(entry.action),
        "tone": TONES.get(entry.action, "neutral"),
        "when": shown.datetime(entry.at, zone),
        "who": read.who or _nobody(entry),
        "on_behalf_of": read.on_behalf_of,
        "notes": list(_notes(entry)),
    }


def _nobody(entry: HistoryEntry) -> str:
    if entry.origin == COMMAND or entry.origin.startswith("job"):
        return gettext("The program")
    return gettext("Nobody known")


def _notes(entry: HistoryEntry) -> Iterable[str]:
    """What the entry tells beside values of fields."""
    details = entry.details
    counts = details.get("counts")
    if isinstance(counts, dict):
        for table, done in counts.items():
            for action, number in done.items():
                yield filled(
                    gettext("%(things)s: %(what)s, %(count)s"),
                    things=table_label(table),
                    what=action_label(action),
                    count=shown.number(number),
                )
    if "checksum" in details:
        yield filled(gettext("Checksum %(checksum)s"), checksum=code(details["checksum"]))
    if isinstance(details.get("count"), int):
        yield ngettext("%(num)s record", "%(count)s records", details["count"], count=details["count"])
    if "transition" in details:
        yield _move(entry.table_name, str(details["transition"]))
    if details.get("why"):
        yield filled(gettext("Because: %(why)s"), why=data(str(details["why"])))
    if entry.action == models.RESTORE and details.get("version"):
        yield gettext("As it stood after entry %(number)s", number=details["version"])


def _move(table_name: str, transition: str) -> str:
    """What a move is called; its id where the workflow has it no more."""
    for entity in entities_of(table_name):
        workflow = installation().workflows.get(entity.id)
        known = workflow.transition(transition) if workflow is not None else None
        if known is not None:
            return told_label(known.label)
    return code(transition)


def table_label(table_name: str) -> str:
    """What the rows of a table are called: its entity's plural, else the table's own name."""
    found = entities_of(table_name)
    return str(found[0].label_plural) if found else code(table_name)


def lines(entity: Entity, entry: HistoryEntry, titles: Titles) -> list[str]:
    """Each changed field that the reader may see, as a sentence, in the order of the description."""
    return [
        _line(entity, each, entry.changes[each.name], titles)
        for each in entity.fields
        if each.name in entry.changes and each.value is None and is_shown(entity, each.name)
    ]


def _line(entity: Entity, each: Field, change: list[Any], titles: Titles) -> str:
    label, new = each.label, data(text(entity, each, change[-1], titles))
    if len(change) < 2:
        return filled(gettext("%(field)s: set to %(new)s"), field=label, new=new)
    old = data(text(entity, each, change[0], titles))
    if change[0] in (None, ""):
        return filled(gettext("%(field)s: %(new)s"), field=label, new=new)
    if change[-1] in (None, ""):
        return filled(gettext("%(field)s: %(old)s taken away"), field=label, old=old)
    return filled(gettext("%(field)s: from %(old)s to %(new)s"), field=label, old=old, new=new)


def text(entity: Entity, each: Field, value: Any, titles: Titles) -> str:
    """A kept value as the page shows it."""
    if value in (SECRET_VALUE, NOT_KNOWN):
        return str(value)
    column = entity.column(each.name)
    if column is not None:
        try:
            value = typed(column, value)
        except (ValueError, TypeError, ArithmeticError):
            return str(shown_to_reader(entity, each.name, value) or shown.DASH)
    return text_for_reader(entity, each, value, titles)


def _titles(session: Session, entity: Entity, entries: Sequence[HistoryEntry]) -> Titles:
    """The titles of the records that references pointed to, as far as the reader may see them."""
    wanted: dict[str, set[int]] = {}
    for each in entity.fields:
        if entity.kind(each) == "reference" and is_shown(entity, each.name):
            values = [value for entry in entries for value in entry.changes.get(each.name, ())]
            wanted.setdefault(each.target, set()).update(v for v in values if isinstance(v, int))
    known: dict[str, dict[int, str]] = {}
    for target_id, ids in wanted.items():
        target = installation().entities.get(target_id)
        if target is not None and ids:
            known[target_id] = titles_of(session, target, ids)
    return {each.name: known.get(each.target, {}) for each in entity.fields if each.target}


def may_see(entity: Entity) -> bool:
    """Whether the reader sees records of an entity at all."""
    return allowed(entity, "see")
