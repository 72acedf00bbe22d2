"""The list of everything, for administrators: who did what where, narrowed by person, branch, kind and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _
from markupsafe import Markup
from wtforms import SelectField

from core.data import Base
from core.entities.form_fields import ReferenceField, identifier
from core.entities.query import titles_of
from core.entities.reading import is_shown
from core.entities.registry import allowed, entity_by_id
from core.entities.spec import Entity
from core.history.models import HistoryEntry
from core.history.screens import words
from core.history.screens.reading import Read, Wanted, everything
from core.history.values import is_secret, model_of
from core.installation import installation
from core.people.access import current_person
from core.people.rights.offering import MOST
from core.people.rights.snapshot import Node
from core.ui import format as shown
from core.ui.day_field import DayField, typed_day
from core.ui.marked import code, data, filled, listed
from core.ui.shell_form import ShellForm, options

ENTITY = "core.history"
SIZE = 50
MAX_PAGE = 200
MOST_NAMED = 4


def list_context(arguments: Mapping[str, str]) -> dict[str, Any]:
    """The context of `entities/list.html` for one page of the history."""
    asked = _Asked(arguments)
    form = asked.form()
    session = installation().database.session()
    reads = everything(session, asked.wanted(), limit=SIZE + 1, offset=asked.page * SIZE)
    columns = (
        _("When"),
        _("Who"),
        _("What was done"),
        _("To what"),
        _("Changed fields"),
        _("Branch"),
        _("From where"),
    )
    return {
        "entity": entity_by_id(ENTITY),
        "columns": [{"label": label} for label in columns],
        "rows": [_row(each) for each in reads[:SIZE]],
        "page": asked.pager(len(reads) > SIZE),
        "search": "",
        "searchable": False,
        "filters": list(form),
        "chips": asked.chips(form),
        "actions": (),
        "list_url": "/core/history/",
        "empty_hint": gettext("What is done from now on appears here."),
    }


@dataclass(frozen=True)
class _Asked:
    """What the address asks for; anything in it that makes no sense is passed over."""

    arguments: Mapping[str, str]

    @property
    def page(self) -> int:
        number = identifier(self.arguments.get("page")) or 1
        return min(max(number, 1), MAX_PAGE) - 1

    def wanted(self) -> Wanted:
        person = current_person()
        zone = {"time_zone": person.branch.time_zone} if person and person.branch else {}
        entity = installation().entities.get(self.arguments.get("thing", ""))
        return Wanted(
            user_id=identifier(self.arguments.get("person")),
            branch_id=identifier(self.arguments.get("branch")),
            table_names=(entity.model.__table__.name,) if entity is not None else (),
            action=self.arguments["action"] if self.arguments.get("action") in dict(words.ACTIONS) else "",
            first_day=_day(self.arguments.get("from")),
            last_day=_day(self.arguments.get("to")),
            **zone,
        )

    def form(self) -> ShellForm:
        """The controls of the filters."""
        every = ("", gettext("All"))
        fields: dict[str, Any] = {}
        if allowed(entity_by_id("core.person"), "see"):
            fields["person"] = ReferenceField(_("Who"), target="core.person")
        fields |= {
            "thing": SelectField(_("To what"), choices=options([every, *_things()])),
            "action": SelectField(_("What was done"), choices=options([every, *words.ACTIONS])),
            "branch": _branch_filter(every),
            "from": DayField(_("From")),
            "to": DayField(_("To")),
        }
        form: ShellForm = type("HistoryFilters", (ShellForm,), fields)(
            formdata=_Values(self.arguments), meta={"csrf": False}
        )
        for each in form:
            if isinstance(each, ReferenceField):
                each.offer_current()
        return form

    def chips(self, form: ShellForm) -> list[dict[str, Any]]:
        """What the list is narrowed to, each with the way to take it away."""
        wanted = self.wanted()
        names = {each.value: each.label for each in form["person"].choices} if "person" in form else {}
        place = _place(wanted.branch_id)
        entity = installation().entities.get(self.arguments.get("thing", ""))
        number = str(wanted.user_id or "")
        found = [
            ("person", _("Who"), number and str(names.get(number, number))),
            ("thing", _("To what"), str(entity.label_plural) if entity and wanted.table_names else ""),
            ("action", _("What was done"), words.action_label(wanted.action) if wanted.action else ""),
            ("branch", _("Branch"), place.name(_locale()) if place is not None else ""),
            ("from", _("From"), shown.date(wanted.first_day) if wanted.first_day else ""),
            ("to", _("To"), shown.date(wanted.last_day) if wanted.last_day else ""),
        ]
        return [
            {"label": label, "value": value, "remove_url": self.address(**{name: "", "page": ""})}
            for name, label, value in found
            if value
        ]

    def pager(self, more: bool) -> dict[str, Any]:
        number = self.page + 1
        return {
            "number": number,
            "total_text": "",
            "prev_url": self.address(page=str(number - 1)) if number > 1 else None,
            "next_url": self.address(page=str(number + 1)) if more and number < MAX_PAGE else None,
        }

    def address(self, **changes: str) -> str:
        names = ("person", "thing", "action", "branch", "from", "to", "page")
        given = {name: self.arguments.get(name, "") for name in names} | changes
        kept = {name: value for name, value in given.items() if value}
        return "/core/history/" + (f"?{urlencode(kept)}" if kept else "")


class _Values(dict[str, str]):
    """An address' arguments as form data."""

    def getlist(self, name: str) -> list[str]:
        return [self[name]] if name in self else []


def _day(text: str | None) -> date | None:
    try:
        return typed_day(text) if text and text.strip() else None
    except ValueError:
        return None


def _things() -> list[tuple[str, str]]:
    """The entities that the reader may see, each table once."""
    seen: dict[str, tuple[str, str]] = {}
    for each in installation().entities.values():
        if each.id != ENTITY and allowed(each, "see"):
            seen.setdefault(each.model.__table__.name, (each.id, str(each.label_plural)))
    return list(seen.values())


def _branch_filter(every: tuple[str, str]) -> Any:
    """A drop-down of the branches that one may act in; where they are many, a control that searches."""
    person = current_person()
    found = person.branches if person is not None else ()
    if len(found) > MOST and allowed(entity_by_id("core.branch"), "see"):
        return ReferenceField(_("Branch"), target="core.branch")
    offered = [(str(each.id), each.name(_locale())) for each in found]
    return SelectField(_("Branch"), choices=options([every, *offered]))


def _place(branch_id: int | None) -> Node | None:
    person = current_person()
    return person.place(branch_id) if person is not None else None


def _locale() -> str:
    return str(get_locale() or "en")


def _row(read: Read) -> dict[str, Any]:
    entry, head = read.entry, words.head(read)
    who = head["who"]
    if head["on_behalf_of"]:
        who = gettext("%(who)s, acting for %(other)s", who=who, other=head["on_behalf_of"])
    cells = [
        {"value": head["when"]},
        {"value": who},
        {"value": head["what"], "badge": head["tone"]},
        _thing(entry),
        {"value": _fields(entry) or _shortened(head["notes"])},
        {"value": _branch_name(entry.branch_id)},
        {"value": _origin(entry.origin)},
    ]
    return {"id": entry.id, "url": url_for("HistoryView.entry", id=entry.id), "cells": cells}


def _thing(entry: HistoryEntry) -> dict[str, Any]:
    """What it was done to: `Account 12`, with a link for whoever may see the record."""
    if not entry.table_name:
        return {"value": entry.details.get("username", "")}
    entity = _described(entry)
    label = entity.label if entity else code(entry.table_name)
    if entry.record_id is None:
        return {"value": words.table_label(entry.table_name)}
    cell: dict[str, Any] = {
        "value": filled(gettext("%(thing)s no. %(number)s"), thing=label, number=entry.record_id)
    }
    here = current_person()
    is_here = entry.branch_id is None or (here and here.branch and here.branch.id == entry.branch_id)
    if entity is not None and allowed(entity, "see") and is_here:
        cell["url"] = f"{entity.path}{entry.record_id}"
    return cell


def _described(entry: HistoryEntry) -> Entity | None:
    return next(iter(words.entities_of(entry.table_name)), None)


def _fields(entry: HistoryEntry) -> Markup:
    """The names of the fields that changed; their values are on the entry's page."""
    entity = _described(entry)
    if entity is None:
        names: Sequence[Any] = [code(name) for name in entry.changes]
    else:
        names = [each.label for each in entity.fields if each.name in entry.changes]
    return _shortened(names, MOST_NAMED)


def _shortened(names: Sequence[Any], most: int = 2) -> Markup:
    named = listed(names[:most])
    return filled(gettext("%(names)s and more"), names=named) if len(names) > most else named


def _branch_name(branch_id: int | None) -> str:
    branch = _place(branch_id)
    return branch.name(_locale()) if branch is not None else shown.DASH


def _origin(origin: str) -> str:
    if origin == "command":
        return gettext("Command line")
    if origin.startswith("job"):
        return gettext("Background job %(number)s", number=origin.removeprefix("job").strip())
    return origin


# ---------------------------------------------------------------- one entry


def entry_context(read: Read) -> dict[str, Any]:
    """The context of `entities/page.html` for one entry."""
    entry, head = read.entry, words.head(read)
    thing = _thing(entry)
    facts = [
        {"label": _("When"), "value": head["when"]},
        {"label": _("Who"), "value": head["who"]},
        {"label": _("Acting for"), "value": head["on_behalf_of"]},
        {"label": _("From where"), "value": _origin(entry.origin)},
        {"label": _("Branch"), "value": _branch_name(entry.branch_id)},
        {"label": _("To what"), "value": thing["value"], "url": thing.get("url", "")},
        {"label": _("Sealed"), "value": _seal(entry)},
    ]
    notes = [*head["notes"], *_details(entry)]
    return {
        "entity": entity_by_id(ENTITY),
        "title": head["what"],
        "subtitle": "",
        "state": None,
        "facts": [each for each in facts if each["value"]],
        "sections": [
            {"label": _("Notes"), "fields": [{"label": "", "value": each, "wide": True} for each in notes]}
        ]
        if notes
        else [],
        "related": [_change_table(entry)] if entry.changes else [],
        "actions": (),
        "list_url": "/core/history/",
    }


def _seal(entry: HistoryEntry) -> str:
    if entry.seal is None:
        return gettext("Not yet")
    return filled(gettext("No. %(number)s, %(seal)s"), number=entry.sealed_as, seal=code(entry.seal[:12]))


def _details(entry: HistoryEntry) -> list[str]:
    told = {"counts", "checksum", "count", "version"}
    return [
        filled(
            gettext("%(label)s: %(value)s"),
            label=_DETAILS[name] if name in _DETAILS else code(name),
            value=_detail(value),
        )
        for name, value in entry.details.items()
        if name not in told and value not in ("", {}, [])
    ]


_DETAILS = {
    "reason": _("Reason"),
    "file": _("File"),
    "search": _("Search"),
    "filters": _("Filters"),
    "sheet": _("Sheet"),
    "example_data": _("Example data"),
}
"""What details are called; the others are the program's own words, for whoever looks closely."""


def _detail(value: Any) -> str:
    if isinstance(value, bool):
        return shown.yes_no(value)
    if isinstance(value, dict):
        return listed(
            filled("%(name)s = %(value)s", name=code(name), value=data(each)) for name, each in value.items()
        )
    return data(value)


def _change_table(entry: HistoryEntry) -> dict[str, Any]:
    entity = _described(entry)
    rows = _described_rows(entity, entry) if entity is not None else []
    rows += _other_rows(entity, entry)
    columns = (_("Field"), _("Before"), _("After"))
    return {
        "label": _("Changes"),
        "columns": [{"label": each} for each in columns],
        "rows": [{"cells": [{"value": value} for value in row]} for row in rows],
    }


def _described_rows(entity: Entity, entry: HistoryEntry) -> list[tuple[Any, str, str]]:
    titles: dict[str, dict[int, str]] = {}
    session = installation().database.session()
    for each in entity.fields:
        values = [value for value in entry.changes.get(each.name, ()) if isinstance(value, int)]
        target = installation().entities.get(each.target) if each.target else None
        if values and target is not None:
            titles[each.name] = titles_of(session, target, values)
    return [
        (each.label, *_both(entity, each, entry.changes[each.name], titles))
        for each in entity.fields
        if each.name in entry.changes and is_shown(entity, each.name)
    ]


def _both(entity: Entity, each: Any, change: Sequence[Any], titles: Any) -> tuple[str, str]:
    old = words.text(entity, each, change[0], titles) if len(change) == 2 else words.NOT_KNOWN
    return old, words.text(entity, each, change[-1], titles)


def _other_rows(entity: Entity | None, entry: HistoryEntry) -> list[tuple[str, str, str]]:
    """Columns that no description names, under their own names: for those who administer everything."""
    person = current_person()
    if person is None or not person.everything:
        return []
    model = model_of(Base.metadata.tables.get(entry.table_name))
    secret = {column.name for column in model.__table__.columns if is_secret(column)} if model else set()
    known = set(entity.by_name) if entity is not None else set()
    return [
        (
            code(name),
            str(shown.shown(change[0])) if len(change) == 2 else words.NOT_KNOWN,
            str(shown.shown(change[-1])),
        )
        for name, change in entry.changes.items()
        if name not in known and name not in secret
    ]
