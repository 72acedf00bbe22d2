"""The base of every form of the shell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from core.languages import FormTexts
from core.ui.form_token import FormToken


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
