"""Texts that are found in one language and read in another: labels in headings, findings that are kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import force_locale, get_locale, gettext
from flask_babel.speaklater import LazyString

from core.exchange.kinds import Finding
from core.languages.locales import SOURCE_LOCALE, SUPPORTED

Packed = dict[str, Any]
"""A finding as it is kept: message, params, level, column."""


def in_languages(text: Any) -> dict[str, str]:
    """A lazy text by locale."""
    found: dict[str, str] = {}
    for locale in SUPPORTED:
        with force_locale(locale):
            found[locale] = str(text)
    return found


def folded(text: str) -> str:
    """A heading or choice without what people vary: case, width, spaces, an asterisk for "required"."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().replace("*", "").split())


def pack(finding: Finding) -> Packed:
    """A finding as JSON; lazy texts among its parameters are kept in every language."""
    return {
        "message": finding.message,
        "params": {name: _plain(value) for name, value in finding.params.items()},
        "level": finding.level,
        "column": finding.column,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, LazyString):
        return in_languages(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def read_finding(packed: Packed) -> str:
    """The finding in the reader's language."""
    params = {name: _chosen(value) for name, value in packed["params"].items()}
    template: str = packed["message"]
    text = str(gettext(template))
    return text % params if params else text


def _chosen(value: Any) -> Any:
    if isinstance(value, Mapping):
        locale = str(get_locale() or SOURCE_LOCALE)
        return value.get(locale, value.get(SOURCE_LOCALE, ""))
    return value
