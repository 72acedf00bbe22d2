"""A refusal as forms and notices show it: where a rule says it, with the way to its reason."""

from __future__ import annotations

from flask_babel import gettext
from markupsafe import Markup

from core.data import UserError


def told_refusal(error: UserError) -> str:
    """The text, with a link where the refusal has an address of its own."""
    url = getattr(error, "why", "")
    if not url:
        return str(error)
    return Markup('{} <a href="{}">{}</a>').format(str(error), url, gettext("Why?"))
