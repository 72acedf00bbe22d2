"""Filters as people read them: "State is Active", "Debt is over ¥100.00"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext, lazy_pgettext, pgettext
from flask_babel import lazy_gettext as _

from core.data import UserError
from core.entities.cells import text_of
from core.entities.filters import Filter, parse, values_of
from core.entities.query import titles
from core.entities.spec import Entity, Field
from core.installation import installation
from core.ui import format as shown

FIGURES = frozenset({"integer", "money", "quantity"})
DAYS = frozenset({"date", "instant"})
_OPERATORS: Mapping[str, tuple[str, ...]] = {
    "choice": ("in", "out", "none", "some"),
    "yes_no": ("eq",),
    "reference": ("eq", "none", "some"),
    "date": ("eq", "ge", "le", "gt", "lt", "none", "some"),
    "instant": ("eq", "ge", "le", "gt", "lt", "none", "some"),
    "integer": ("eq", "gt", "lt", "ge", "le", "none", "some"),
    "money": ("eq", "gt", "lt", "ge", "le", "none", "some"),
    "quantity": ("eq", "gt", "lt", "ge", "le", "none", "some"),
    "text": ("ct", "sw", "eq", "none", "some"),
    "long_text": ("ct", "sw", "none", "some"),
}
_WORDS = {
    "eq": _("is"),
    "neq": _("is not"),
    "in": _("is"),
    "out": _("is not"),
    "ct": _("contains"),
    "sw": _("begins with"),
    "none": _("is empty"),
    "some": _("is filled in"),
}
_OF_FIGURES = {
    "gt": lazy_pgettext("a figure", "is over"),
    "lt": lazy_pgettext("a figure", "is under"),
    "ge": _("is at least"),
    "le": _("is at most"),
}
_OF_DAYS = {"gt": _("is after"), "lt": _("is before"), "ge": _("is from"), "le": _("is until")}
_SENTENCES = {
    "eq": _("%(field)s is %(value)s"),
    "neq": _("%(field)s is not %(value)s"),
    "in": _("%(field)s is %(value)s"),
    "out": _("%(field)s is not %(value)s"),
    "ct": _("%(field)s contains “%(value)s”"),
    "sw": _("%(field)s begins with “%(value)s”"),
    "none": _("%(field)s is empty"),
    "some": _("%(field)s is filled in"),
    "gt": _("%(field)s is over %(value)s"),
    "lt": _("%(field)s is under %(value)s"),
    "ge": _("%(field)s is at least %(value)s"),
    "le": _("%(field)s is at most %(value)s"),
}
_SENTENCES_OF_DAYS = {
    "gt": _("%(field)s is after %(value)s"),
    "lt": _("%(field)s is before %(value)s"),
    "ge": _("%(field)s is from %(value)s on"),
    "le": _("%(field)s is until %(value)s"),
}


def operators(entity: Entity, each: Field) -> tuple[tuple[str, Any], ...]:
    """What a field can be asked for, with the words for it."""
    kind, column = entity.kind(each), entity.column(each.name)
    known = _OPERATORS.get(kind, ())
    asked = (
        known if getattr(column, "nullable", False) else tuple(k for k in known if k not in ("none", "some"))
    )
    special = _OF_DAYS if kind in DAYS else _OF_FIGURES
    return tuple((code, special.get(code) or _WORDS[code]) for code in asked)


def sentence(entity: Entity, each: Filter, named: Mapping[str, Mapping[int, str]]) -> str:
    """A filter in words. `named` are the titles of the records that filters point to."""
    described = entity.field(each.column)
    kind = entity.kind(described)
    known = {**_SENTENCES, **_SENTENCES_OF_DAYS} if kind in DAYS else _SENTENCES
    joined = pgettext("between the choices of a filter", " or ").join(
        _value(entity, described, kind, text, named) for text in values_of(each)
    )
    return str(known[each.operator]) % {"field": described.label, "value": joined}


def _value(entity: Entity, described: Field, kind: str, text: str, named: Any) -> str:
    if kind in ("text", "long_text"):
        return text
    if kind == "yes_no":
        return gettext("Yes") if parse(entity, described, text) else gettext("No")
    if kind == "instant":
        return _moment(text, described)
    try:
        return text_of(described, kind, parse(entity, described, text), named)
    except UserError:
        return text


def _moment(text: str, described: Field) -> str:
    try:
        return shown.date(date.fromisoformat(text))
    except ValueError:
        return text


def named_records(entity: Entity, filters: Sequence[Filter]) -> dict[str, dict[int, str]]:
    """The titles of the records that reference filters name; no statement where there are none."""
    pointing = [
        each
        for each in filters
        if entity.kind(entity.field(each.column)) == "reference"
        and each.operator in ("eq", "neq", "in", "out")
    ]
    found: dict[str, dict[int, str]] = {}
    for each in pointing:
        holders = [SimpleNamespace(**{each.column: int(text)}) for text in values_of(each)]
        session = installation().database.session()
        found.setdefault(each.column, {}).update(titles(session, entity, holders, [each.column])[each.column])
    return found
