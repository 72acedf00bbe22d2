"""Data between the program's own words, marked as data: a browser sets it by its own direction, and nothing in it
is taken for a translatable word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import pgettext
from markupsafe import Markup, escape

_HYPHENED = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)+")


def data(value: Any) -> Markup:
    """What a person typed or a record holds."""
    return Markup("<bdi>{}</bdi>").format(value)


def code(value: Any) -> Markup:
    """A name or number of the program's own, the same in every language: a table, a column, a checksum."""
    return Markup("<code>{}</code>").format(value)


def filled(message: str, **values: Any) -> Markup:
    """A translated text with its places `%(name)s` filled; values that are not marked are escaped."""
    return Markup(message) % values  # noqa: S704 - the message is the program's own text


def listed(items: Iterable[Any]) -> Markup:
    """As `core.ui.format.listed`, for marked items."""
    return Markup(pgettext("between the items of a list", ", ")).join(items)  # noqa: S704 - as above


def unbroken(text: Any) -> Markup:
    """A text whose numbers with hyphens, such as 2026-11, stay on one line."""
    plain = str(escape(text))  # of marked text, `sub` would escape what it puts in
    return Markup(_HYPHENED.sub(r'<span class="unbroken">\g<0></span>', plain))  # noqa: S704 - escaped above
