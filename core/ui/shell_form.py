"""The base of every form of the shell."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm

from core.languages import FormTexts


class ShellForm(FlaskForm):
    """A form with a CSRF token whose own messages speak the reader's language."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> FormTexts:
            """The merged catalogues, in which nothing of WTForms is missing."""
            return FormTexts()
