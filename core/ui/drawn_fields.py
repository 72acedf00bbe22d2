"""Fields of forms, drawn once for all forms that have the same one; what was entered is filled in each time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from markupsafe import Markup
from wtforms import Field
from wtforms.widgets import NumberInput, Select, TextArea, TextInput

from core.ui.day_field import DayInput, today_here
from core.ui.drawn import frozen, piece, place

TEMPLATE, MACRO = "macros/forms.html", "field_of"
_LINES = (TextInput, DayInput, NumberInput, TextArea)
"""What shows nothing of what was entered but the field's value."""
_VALUE = "value"


def drawn_field(field: Field) -> Markup:
    """A field with its label, help and error. One that has an error, or shows more than a value, is drawn anew."""
    kind = field.widget.__class__
    if (
        field.errors
        or getattr(field, "_datalist", None) is not None
        or field.__class__.__call__ is not Field.__call__
    ):
        return _anew(field)
    try:
        if kind in _LINES:
            return _line(field)
        if kind is Select and not field.has_groups():
            return _select(field)
    except TypeError:  # something of it can be known by nothing
        return _anew(field)
    return _anew(field)


def _anew(field: Field) -> Markup:
    return piece(TEMPLATE, MACRO, None, lambda: [field]).filled({})


def _line(field: Field) -> Markup:
    day = today_here().isoformat() if isinstance(field.widget, DayInput) else ""

    def bare() -> list[Field]:
        return [_with(field, _value=lambda: place(_VALUE))]

    return piece(TEMPLATE, MACRO, (_known(field), day), bare).filled({_VALUE: field._value()})


def _select(field: Field) -> Markup:
    """The options of one that searches are records: they are filled in, all others belong to the field."""
    options = list(field._iter_choices_normalized())
    values: dict[str, Any] = {}
    if "data-picker-url" in (field.render_kw or {}):
        options = [_placed(each, number, values) for number, each in enumerate(options)]
    shown = [(str(each.value), each.label, each.selected, each.render_kw) for each in options]

    def bare() -> list[Field]:
        return [_with(field, _iter_choices_normalized=lambda: options)]

    key: Hashable = (_known(field), frozen(shown))
    return piece(TEMPLATE, MACRO, key, bare).filled(values)


def _placed(option: Any, number: int, values: dict[str, Any]) -> Any:
    """An option with places for what it is and says; an empty one stays."""
    if option.value in ("", None):
        return option
    key, label = f"key{number}", f"label{number}"
    values[key], values[label] = option.value, option.label or option.value
    return option._replace(value=place(key), label=place(label))


def _with(field: Field, **attributes: Any) -> Field:
    """The same field with other attributes; a field's class alone would only describe one."""
    found: Field = object.__new__(field.__class__)
    vars(found).update(vars(field) | attributes)
    return found


def _known(field: Field) -> Hashable:
    """All that a field shows beside what was entered. Raises TypeError where that is nothing plain."""
    told: Iterable[Any] = (
        field.name,
        field.id,
        field.label.text,
        field.description,
        field.render_kw,
        vars(field.flags),
    )
    return (field.__class__, field.widget, *(frozen(each) for each in told))
