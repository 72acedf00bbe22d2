"""The forms of the upload page, built from a kind's parameters."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import Field, SelectField, StringField
from wtforms.validators import InputRequired

from core.entities.form_fields import ReferenceField
from core.exchange.kinds import ImportKind, Param
from core.ui.day_field import DayInput
from core.ui.shell_form import ShellForm, options

MONTHS = r"\s*([0-9\uff10-\uff19]{4}[\-\/.年\s\uff0d-\uff0f]*)?[0-9\uff10-\uff19]{1,2}月?\s*|t|T"  # zh-ok: as typed
"""What the browser lets through; `core.data.days.read_month` judges it."""


def upload_form(kind: ImportKind, formdata: Any = None) -> ShellForm:
    """Parameters and the file."""
    attributes = (
        {each.name: _field(each) for each in kind.params() if each.name != "file" and not each.only_download}
        if kind.params
        else {}
    )
    attributes["file"] = FileField(lazy_gettext("File"))
    form: ShellForm = type("UploadForm", (ShellForm,), attributes)(formdata=formdata)
    return form


def template_form(kind: ImportKind) -> ShellForm | None:
    """The parameters of the download, or None when there are none."""
    if not kind.params:
        return None
    attributes = {each.name: _field(each) for each in kind.params()}
    form: ShellForm = type("TemplateForm", (ShellForm,), attributes)(
        formdata=None, prefix="", meta={"csrf": False}
    )
    return form


def _field(each: Param) -> Field:
    common: dict[str, Any] = {"description": each.help, "default": each.default}
    common["validators"] = [InputRequired()] if each.required else []
    if each.entity:
        return ReferenceField(
            each.label, target=each.entity, render_kw={"data-placeholder": each.blank}, **common
        )
    if each.choices is not None:
        blank = [] if each.required else [("", each.blank)]
        return SelectField(each.label, choices=options([*blank, *each.choices()]), **common)
    if each.kind == "date":
        common["widget"] = DayInput()
    if each.kind == "month":
        common["render_kw"] = {
            "inputmode": "numeric",
            "autocomplete": "off",
            "pattern": MONTHS,
            "title": gettext("Enter a month, for example 2026-11."),
        }
    return StringField(each.label, **common)
