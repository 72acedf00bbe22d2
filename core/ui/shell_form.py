"""The base of every form of the shell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import g
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from core.data import UserError
from core.languages import FormTexts
from core.ui.form_token import FormToken
from core.ui.refused import told_refusal


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """(code, label) pairs as the options of a drop-down."""
    return [SelectChoice(value=code, label=label) for code, label in pairs]


class ShellForm(FlaskForm):
    """A form with a CSRF token whose own messages speak the reader's language."""

    class Meta(FlaskForm.Meta):
        csrf_class = FormToken

        def get_translations(self, form: Any) -> FormTexts:
            """The merged catalogues, in which nothing of WTForms is missing."""
            return FormTexts()


def refuse(form: ShellForm, error: UserError) -> None:
    """Say a refusal beside the field that it concerns, or on top of the form, which keeps what was typed."""
    if error.field and error.field in form:
        form[error.field].errors = [*form[error.field].errors, told_refusal(error)]
    else:
        form.form_errors.append(told_refusal(error))
    g.zhidu_form_status = 409 if error.status == 409 and not error.field else 422


def status_of(form: ShellForm) -> int:
    """What the page of a form is answered with: 200, 422 for wrong entries, 409 where somebody was faster."""
    refused: int | None = g.get("zhidu_form_status")
    return refused or (422 if form.errors else 200)
