"""Values of records as the reader sees them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from operator import attrgetter
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
    dials = each.dial and is_whole
    value_of, text = values_of(each), texts_of(entity, each, titles)
    path, known = _links(each, titles) if kind == "reference" and is_whole else ("", {})

    def made(record: Any) -> dict[str, Any]:
        value = value_of(record)
        found: dict[str, Any] = {"text": text(value), "numeric": is_number}
        if is_choice and value is not None and str(value) in each.tones:
            found["badge"] = each.tones[str(value)]
        if dials and value:
            found["url"] = f"tel:{''.join(str(value).split())}"
        if path and value in known:
            found["url"] = f"{path}{value}"
        return found

    return made


def values_of(each: Field) -> Callable[[Any], Any]:
    """What takes the value of a field from each record."""
    return each.value if each.value is not None else attrgetter(each.name)


def texts_of(entity: Entity, each: Field, titles: Titles) -> Callable[[Any], str]:
    """What gives each value of a field as this reader gets it: whole, masked, or a dash where it is hidden."""
    is_whole, words = readable(entity, each.name), _words_of(each, entity.kind(each), titles)
    if not is_whole and not is_shown(entity, each.name):
        return lambda _value: shown.DASH
    if is_whole:
        return lambda value: shown.DASH if value is None or value == "" else words(value)
    return lambda value: shown.DASH if value is None or value == "" else masked(each.mask, words(value))


def _links(each: Field, titles: Titles) -> tuple[str, Mapping[int, str]]:
    """Where records that a column points to stand, and which may be followed."""
    target = entity_by_id(each.target)
    return (target.path, titles.get(each.name, {})) if allowed(target, "see") else ("", {})


def text_for_reader(entity: Entity, each: Field, value: Any, titles: Titles) -> str:
    """The value as this reader gets it."""
    return texts_of(entity, each, titles)(value)


def text_of(each: Field, kind: str, value: Any, titles: Titles) -> str:
    """The value in the reader's language and form."""
    return shown.DASH if value is None or value == "" else _words_of(each, kind, titles)(value)


def _words_of(each: Field, kind: str, titles: Titles) -> Callable[[Any], str]:
    """What puts the values of a field, where there are any, into words."""
    if kind == "reference":
        known = titles.get(each.name, {})
        return lambda value: known.get(value, shown.DASH)
    if kind == "choice":
        labels = {str(code): str(label) for code, label in each.options}
        return lambda value: labels.get(str(value), str(value))
    if kind == "quantity":
        unit = str(each.unit)
        return lambda value: shown.quantity(value, unit)
    if kind == "instant":
        person = current_person()
        zone = person.branch.time_zone if person and person.branch else None
        return lambda value: shown.datetime(value, zone)
    if kind == "json":
        return lambda value: json.dumps(value, ensure_ascii=False)
    plain: dict[str, Callable[[Any], str]] = {
        "money": shown.money,
        "date": shown.date,
        "yes_no": shown.yes_no,
    }
    return plain.get(kind, str)
