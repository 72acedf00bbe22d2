"""Values of records as the reader sees them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from core.entities.reading import is_shown, readable
from core.entities.registry import allowed, entity_by_id
from core.entities.spec import Entity, Field
from core.people.access import current_person
from core.people.rights.masks import masked
from core.ui import format as shown

NUMERIC = frozenset({"integer", "money", "quantity"})
Titles = Mapping[str, Mapping[int, str]]


def cell(entity: Entity, each: Field, record: Any, titles: Titles) -> dict[str, Any]:
    """A cell of a list or a value of a page: text, whether it is a figure, a badge or a link where it has one.

    A field that the reader may not see whole gives its masked text, or a dash, and nothing beside.
    """
    return cells_of(entity, each, titles)(record)


def cells_of(entity: Entity, each: Field, titles: Titles) -> Callable[[Any], dict[str, Any]]:
    """What makes the cell of each record of a list: rights and words are asked for once a column, not once a row."""
    kind, is_whole = entity.kind(each), readable(entity, each.name)
    is_number, is_choice = kind in NUMERIC, kind == "choice" and is_whole
    labels = {str(code): str(label) for code, label in each.options} if is_choice else {}
    path, known = _links(each, titles) if kind == "reference" and is_whole else ("", {})

    def made(record: Any) -> dict[str, Any]:
        value = each.value(record) if each.value is not None else getattr(record, each.name)
        if is_choice and value is not None and value != "":
            code = str(value)
            found: dict[str, Any] = {"text": labels.get(code, code), "numeric": False}
            if code in each.tones:
                found["badge"] = each.tones[code]
            return found
        found = {"text": text_for_reader(entity, each, value, titles, is_whole), "numeric": is_number}
        if path and value in known:
            found["url"] = f"{path}{value}"
        return found

    return made


def _links(each: Field, titles: Titles) -> tuple[str, Mapping[int, str]]:
    """Where records that a column points to stand, and which may be followed."""
    target = entity_by_id(each.target)
    return (target.path, titles.get(each.name, {})) if allowed(target, "see") else ("", {})


def text_for_reader(
    entity: Entity, each: Field, value: Any, titles: Titles, is_whole: bool | None = None
) -> str:
    """The value as this reader gets it: whole, masked, or a dash where it is hidden.

    `is_whole`: what `readable` says of the field, where it has been asked already.
    """
    is_whole = readable(entity, each.name) if is_whole is None else is_whole
    if value is None or value == "" or not (is_whole or is_shown(entity, each.name)):
        return shown.DASH
    text = text_of(each, entity.kind(each), value, titles)
    return text if is_whole else masked(each.mask, text)


def text_of(each: Field, kind: str, value: Any, titles: Titles) -> str:
    """The value in the reader's language and form."""
    if value is None or value == "":
        return shown.DASH
    if kind == "reference":
        return titles.get(each.name, {}).get(value, shown.DASH)
    if kind == "choice":
        return str(dict(each.options).get(str(value), value))
    if kind == "quantity":
        return shown.quantity(value, str(each.unit))
    if kind == "instant":
        person = current_person()
        return shown.datetime(value, person.branch.time_zone if person and person.branch else None)
    if kind == "json":
        return json.dumps(value, ensure_ascii=False)
    plain: dict[str, Callable[[Any], str]] = {
        "money": shown.money,
        "date": shown.date,
        "yes_no": shown.yes_no,
    }
    return plain.get(kind, str)(value)
