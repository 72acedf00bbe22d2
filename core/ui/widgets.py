"""WTForms fields as Bootstrap controls: classes, labels for assistive technology, keyboards for figures."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from wtforms import Field, fields

_FIGURES = (fields.DecimalField, fields.IntegerField, fields.FloatField)
_CLASSES = {"check": "form-check-input", "select": "form-select"}


def kind(field: Field) -> str:
    """How the form macro lays a field out: hidden, submit, check, choices, select, file, long, date, figure or text."""
    kinds: tuple[tuple[Any, str], ...] = (
        (fields.HiddenField, "hidden"),
        (fields.SubmitField, "submit"),
        (fields.BooleanField, "check"),
        (fields.RadioField, "choices"),
        (fields.SelectFieldBase, "select"),
        (fields.FileField, "file"),
        (fields.TextAreaField, "long"),
        (fields.DateTimeField, "date"),
        (fields.DateField, "date"),
        (_FIGURES, "figure"),
    )
    return next((name for types, name in kinds if isinstance(field, types)), "text")


def described_by(field: Field) -> str:
    """The ids of the help and the error under a field, as `aria-describedby` wants them."""
    ids = [f"{field.id}-help"] if field.description else []
    return " ".join([*ids, f"{field.id}-error"] if field.errors else ids)


def control(field: Field, **attributes: Any) -> Markup:
    """The input itself. Figures are text fields with a figures keyboard: a mouse wheel must never change an amount."""
    what = kind(field)
    given = dict(field.render_kw or {})
    wanted = (_figure_attributes(given) if what == "figure" else {}) | attributes
    wanted["class"] = _classes(field, what, str(given.get("class", "")), str(attributes.get("class", "")))
    if field.errors:
        wanted["aria-invalid"] = "true"
    if described_by(field):
        wanted["aria-describedby"] = described_by(field)
    if what == "select" and "data-picker-url" in given:
        wanted["autocomplete"] = "off"
    return Markup(field(**wanted))  # noqa: S704 - WTForms escapes what it renders


def _classes(field: Field, what: str, *more: str) -> str:
    words = [_CLASSES.get(what, "form-control"), *more]
    words += ["num"] if what == "figure" else []
    words += ["is-invalid"] if field.errors else []
    return " ".join(word for word in words if word)


def _figure_attributes(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "text",
        "inputmode": given.get("inputmode", "decimal"),
        "autocomplete": "off",
        "step": False,
        "min": False,
        "max": False,
    }
