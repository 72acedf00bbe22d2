"""Errors that are shown to people as they are: each says what happened and what to do next."""

from __future__ import annotations

from typing import Any


class UserError(Exception):
    """A refusal that the person can act on.

    `message` is an English template that is translated where it is shown; `params` fill its named placeholders.
    `status` is the HTTP status that a page or REST call answers with; `field` names the form field concerned.
    """

    def __init__(self, message: str, *, status: int = 400, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params
        self.status = status
        self.field = field

    def __str__(self) -> str:
        from flask_babel import gettext

        try:
            text = str(gettext(self.message))
        except RuntimeError:
            text = self.message
        return text % self.params if self.params else text


class Warned(UserError):  # noqa: N818 - a doubt, not an error
    """A finding that a person may confirm and go on."""


class SetupError(Exception):
    """The installation is not ready; the text says in one line what the operator has to do."""
