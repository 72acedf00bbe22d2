"""The form of an entity, made of its description and the reader's rights; REST calls are judged by the same form."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import String
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms import Field as FormField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from core.entities.form_fields import (
    ExactField,
    InstantField,
    MoneyField,
    ReferenceField,
    WholeField,
    storable,
)
from core.entities.reading import may_write
from core.entities.spec import Entity, Field
from core.people.alike import once_for_alike
from core.ui.day_field import DayField
from core.ui.drawn_fields import ALIKE
from core.ui.shell_form import ShellForm, options

MOST = 500
"""Forms that a process keeps."""
_classes: dict[Hashable, type[ShellForm]] = {}
NOTHING: Mapping[str, Any] = MappingProxyType({})
_FILLED_BY_THEMSELVES = ("text", "long_text", "yes_no")


def form_for(
    entity: Entity,
    record: Any = None,
    formdata: Any = None,
    csrf: bool = True,
    only: Collection[str] | None = None,
) -> ShellForm:
    """The form to add (`record` None) or edit a record. Fields that may not be written are left out.

    `formdata` is judged in place of what the request sent; `only` names the fields wanted (None: all).
    """
    names = written_names(entity, fresh=record is None)
    wanted = [each for each in entity.fields if each.name in names and (only is None or each.name in only)]
    defaults = {} if record is not None else {each.name: entity.default_of(each) for each in entity.fields}
    return form_of(entity, wanted, record, defaults, formdata, csrf)


def form_of(
    entity: Entity,
    wanted: Sequence[Field],
    record: Any = None,
    defaults: Mapping[str, Any] = NOTHING,
    formdata: Any = None,
    csrf: bool = True,
    more: Mapping[str, FormField] = NOTHING,
) -> ShellForm:
    """A form of just these fields and `more`, whoever may write them; whoever shows it judges that."""
    form_class, is_kept = _class_of(entity, wanted, more)
    sent = {} if formdata is None else {"formdata": formdata}
    form: ShellForm = form_class(**sent, obj=record, data=dict(defaults), meta={"csrf": csrf})
    for each in form:
        setattr(each, ALIKE, form_class if is_kept else None)
        if isinstance(each, ReferenceField):
            each.offer_current()
        if each.name in entity.by_name and entity.field(each.name).mask:
            each.render_kw = {**(each.render_kw or {}), "data-private": ""}  # a draft outlives no tab
    return form


def _class_of(
    entity: Entity, fields: Sequence[Field], more: Mapping[str, FormField]
) -> tuple[type[ShellForm], bool]:
    """The form of these fields, and whether it is kept: of fields as described, whose choices are always the same."""
    if more or any(each.choices_from is not None or each is not entity.field(each.name) for each in fields):
        return _made_of(entity, fields, more), False
    key = (entity.serial, tuple((each.name, _has_default(entity, each)) for each in fields))
    found = _classes.get(key)
    if found is None:
        if len(_classes) >= MOST:
            _classes.clear()
        found = _classes[key] = _made_of(entity, fields, more)
    return found, True


def _made_of(entity: Entity, fields: Sequence[Field], more: Mapping[str, FormField]) -> type[ShellForm]:
    attributes: dict[str, Any] = {**{each.name: _form_field(entity, each) for each in fields}, **more}
    return type(
        "EntityForm", (ShellForm,), {**attributes, "row_version": HiddenField(), "once": HiddenField()}
    )


def _has_default(entity: Entity, each: Field) -> bool:
    """Whether there is one now, where the description works it out: an empty entry may then be left empty."""
    return each.default is not None and entity.default_of(each) is not None


def is_written(entity: Entity, each: Field, record: Any) -> bool:
    """Whether a form of this reader writes the field: the description says so, and their position does."""
    return can_be_written(entity, each, record) and may_write(entity, each.name)


def written_names(entity: Entity, fresh: bool) -> frozenset[str]:
    """The fields that a form of this reader writes: of a new record, or of one that is there."""

    def made() -> frozenset[str]:
        record = None if fresh else entity
        return frozenset(each.name for each in entity.fields if is_written(entity, each, record))

    names: frozenset[str] = once_for_alike(("written", entity.serial, fresh), made)
    return names


def can_be_written(entity: Entity, each: Field, record: Any) -> bool:
    """Whether the field has a column, is not read-only, and not fixed after the first save."""
    return (
        entity.writable(each) and entity.kind(each) != "json" and not (each.only_new and record is not None)
    )


def must_be_filled(entity: Entity, each: Field) -> bool:
    """Whether an empty entry is refused: the field is required, or its column has no way to say "nothing"."""
    if stands_for_default(entity, each):
        return False
    column = entity.column(each.name)
    no_empty = column is not None and not column.nullable
    return entity.is_required(each) or (no_empty and entity.kind(each) not in _FILLED_BY_THEMSELVES)


def stands_for_default(entity: Entity, each: Field) -> bool:
    """Whether an empty entry means the default: the description does not require the field, its column knows no NULL.

    What the description says nothing of is refused when it is emptied, as a default stood there to be overwritten.
    """
    column = entity.column(each.name)
    if column is None or column.nullable or each.required is not False:
        return False
    return entity.kind(each) not in _FILLED_BY_THEMSELVES and entity.default_of(each) is not None


def _form_field(entity: Entity, each: Field) -> FormField:
    kind = entity.kind(each)
    common: dict[str, Any] = {"description": each.help, "validators": _validators(entity, each, kind)}
    if kind == "reference":
        return ReferenceField(each.label, target=each.target, **common)
    if kind == "choice":
        wrong = lazy_gettext("Choose one of the options.")
        return SelectField(each.label, choices=_choices(entity, each), invalid_choice_message=wrong, **common)
    if kind == "yes_no":
        return BooleanField(each.label, description=each.help)
    if kind == "integer":
        return WholeField(each.label, column=entity.column(each.name), render_kw=_unit(each), **common)
    if kind in ("money", "quantity"):
        figures = {"inputmode": "decimal", "class": "num", "autocomplete": "off", **_unit(each)}
        return (MoneyField if kind == "money" else ExactField)(each.label, render_kw=figures, **common)
    fields: dict[str, Any] = {"date": DayField, "instant": InstantField, "long_text": TextAreaField}
    return fields.get(kind, StringField)(each.label, **common)


def _choices(entity: Entity, each: Field) -> list[Any]:
    """With an empty one in front unless something is always chosen, so that nobody picks the first by accident."""
    always = must_be_filled(entity, each) and entity.default_of(each) is not None
    return options(each.options if always else [("", ""), *each.options])


def _unit(each: Field) -> dict[str, Any]:
    """In words of whoever reads: the form is made once for all languages."""
    return {"data-unit": each.unit} if each.unit else {}


def _validators(entity: Entity, each: Field, kind: str) -> list[Any]:
    found: list[Any] = []
    if must_be_filled(entity, each):
        message = lazy_gettext("Fill in this field.")
        found.append(
            DataRequired(message) if kind in ("text", "long_text", "reference") else InputRequired(message)
        )
    else:
        found.append(Optional())
    column = entity.column(each.name)
    if kind in ("text", "long_text"):
        found.append(storable)
    if kind == "text" and column is not None and isinstance(column.type, String) and column.type.length:
        found.append(Length(max=column.type.length, message=lazy_gettext("Use at most %(max)d characters.")))
    if each.pattern:
        found.append(
            Regexp(each.pattern, message=each.help or lazy_gettext("This does not have the right form."))
        )
    return found
