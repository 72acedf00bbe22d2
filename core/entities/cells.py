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
    kind = entity.kind(each)
    value = each.value(record) if each.value is not None else getattr(record, each.name)
    found: dict[str, Any] = {"text": text_for_reader(entity, each, value, titles), "numeric": kind in NUMERIC}
    if not readable(entity, each.name):
        return found
    if kind == "choice" and str(value) in each.tones:
        found["badge"] = each.tones[str(value)]
    if kind == "reference" and value is not None:
        target = entity_by_id(each.target)
        if allowed(target, "see") and value in titles.get(each.name, {}):
            found["url"] = f"{target.path}{value}"
    return found


def text_for_reader(entity: Entity, each: Field, value: Any, titles: Titles) -> str:
    """The value as this reader gets it: whole, masked, or a dash where it is hidden."""
    if value is None or value == "" or not is_shown(entity, each.name):
        return shown.DASH
    text = text_of(each, entity.kind(each), value, titles)
    return text if readable(entity, each.name) else masked(each.mask, text)


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
