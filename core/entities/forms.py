"""The form of an entity, built per request from its description; REST calls are judged by the same form."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy import String, select
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import (
    Field as FormField,
)
from wtforms.fields import IntegerField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from core.data.types import FEN_PER_YUAN, PARTS_PER_UNIT
from core.entities.query import titles_of
from core.entities.registry import entity_by_id
from core.entities.spec import Entity, Field
from core.installation import installation
from core.ui.shell_form import ShellForm

SCALES = {"money": FEN_PER_YUAN, "quantity": PARTS_PER_UNIT}
LARGEST = Decimal("90000000000000")


class ExactField(StringField):
    """An exact decimal figure; thousands separators are allowed."""

    scale = PARTS_PER_UNIT

    def process_formdata(self, valuelist: list[str]) -> None:
        self.raw = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not self.raw:
            return
        try:
            figure = Decimal(self.raw.replace(",", "").replace("，", ""))
        except InvalidOperation:
            raise ValueError(gettext("Enter a number, for example 12.5.")) from None
        if not figure.is_finite() or abs(figure) * self.scale > LARGEST:
            raise ValueError(gettext("This number is too large."))
        if figure * self.scale != int(figure * self.scale):
            places = len(str(self.scale)) - 1
            raise ValueError(gettext("Use at most %(places)s decimal places.", places=places))
        self.data = figure

    def _value(self) -> str:
        if getattr(self, "raw", ""):
            return str(self.raw)
        return "" if self.data is None else format(self.data.normalize(), "f")


class MoneyField(ExactField):
    scale = FEN_PER_YUAN

    def _value(self) -> str:
        return self.raw if getattr(self, "raw", "") else ("" if self.data is None else f"{self.data:.2f}")


class ReferenceField(SelectField):
    """A picker: it searches the target's records and never loads them all."""

    def __init__(self, *args: Any, target: str, **kwargs: Any) -> None:
        super().__init__(*args, coerce=_identifier, validate_choice=False, **kwargs)
        self.target = target
        picker = url_for("EntityView.picker", plugin=target.partition(".")[0], name=target.partition(".")[2])
        self.render_kw = {"data-picker-url": picker}

    def offer_current(self) -> None:
        """Let the control show the record that is chosen now."""
        chosen = {self.data: ""} if self.data else {}
        if self.data:
            chosen = titles_of(installation().database.session(), entity_by_id(self.target), [self.data])
        self.choices = [("", "")] + [(str(key), title) for key, title in chosen.items()]

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        model = entity_by_id(self.target).model
        if installation().database.session().scalar(select(model.id).where(model.id == self.data)) is None:
            raise ValidationError(gettext("Choose one from the list; this one is not there."))


def _identifier(value: Any) -> int | None:
    text = str(value).strip() if value is not None else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def form_for(entity: Entity, record: Any = None, formdata: Any = None, csrf: bool = True) -> ShellForm:
    """The form to add (`record` None) or edit a record. Fields that may not be written are left out."""
    attributes: dict[str, Any] = {
        each.name: _form_field(entity, each) for each in entity.fields if is_written(entity, each, record)
    }
    attributes["row_version"] = HiddenField()
    attributes["once"] = HiddenField()
    form_class = type("EntityForm", (ShellForm,), attributes)
    defaults = (
        {} if record is not None else {each.name: each.default() for each in entity.fields if each.default}
    )
    form: ShellForm = form_class(formdata=formdata, obj=record, data=defaults, meta={"csrf": csrf})
    for each in form:
        if isinstance(each, ReferenceField):
            each.offer_current()
    return form


def is_written(entity: Entity, each: Field, record: Any) -> bool:
    """Whether a form writes the field: it has a column, is not read-only, and not fixed after the first save."""
    return entity.writable(each) and not (each.only_new and record is not None)


def _form_field(entity: Entity, each: Field) -> FormField:
    kind = entity.kind(each)
    common: dict[str, Any] = {"description": each.help, "validators": _validators(entity, each, kind)}
    if kind == "reference":
        return ReferenceField(each.label, target=each.target, **common)
    if kind == "choice":
        blank = [] if entity.is_required(each) else [("", "")]
        return SelectField(each.label, choices=[*blank, *each.options], **common)
    if kind == "yes_no":
        return BooleanField(each.label, description=each.help)
    if kind == "integer":
        return IntegerField(each.label, **common)
    fields: dict[str, Any] = {
        "money": MoneyField,
        "quantity": ExactField,
        "date": DateField,
        "long_text": TextAreaField,
    }
    return fields.get(kind, StringField)(each.label, **common)


def _validators(entity: Entity, each: Field, kind: str) -> list[Any]:
    found: list[Any] = []
    if entity.is_required(each):
        message = lazy_gettext("Fill in this field.")
        found.append(
            DataRequired(message) if kind in ("text", "long_text", "reference") else InputRequired(message)
        )
    else:
        found.append(Optional())
    column = entity.column(each.name)
    if kind == "text" and column is not None and isinstance(column.type, String) and column.type.length:
        found.append(Length(max=column.type.length, message=lazy_gettext("Use at most %(max)d characters.")))
    if each.pattern:
        found.append(
            Regexp(each.pattern, message=each.help or lazy_gettext("This does not have the right form."))
        )
    return found
