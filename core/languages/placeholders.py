"""Placeholders of a text (`%(name)s`, `{name}`) and whether a translation keeps them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_NAMED = re.compile(r"(?<!%)(?:%%)*%\((\w+)\)([#0\- +]*[\d.]*[a-zA-Z])?")
_BRACES = re.compile(r"\{(\w*)\}")
_ANONYMOUS = re.compile(r"(?<!%)(?:%%)*%[sdrif]\b")


def placeholders(text: str) -> set[str]:
    """Every placeholder as it is written; `%(name)` without its letter differs from a whole one."""
    named = {f"%({name}){kind}" for name, kind in _NAMED.findall(text)}
    return named | {f"{{{name}}}" for name in _BRACES.findall(text)}


def is_anonymous(text: str) -> bool:
    """Whether the text counts on the order of its values (`%s`), which another language may change."""
    return _ANONYMOUS.search(text) is not None


def difference(originals: Iterable[str], translation: str) -> str | None:
    """What is wrong with the placeholders of `translation`, or None. Of a plural, the last form counts."""
    expected = placeholders(list(originals)[-1])
    present = placeholders(translation)
    if missing := expected - present:
        return "lacks " + ", ".join(sorted(missing))
    if extra := present - expected:
        return "has " + ", ".join(sorted(extra)) + " that the English text does not have"
    if any(name.startswith("%") for name in expected) and not _can_be_filled(translation):
        return "has a % sign that is not doubled"
    return None


class _Anything(dict[str, Any]):
    def __missing__(self, key: str) -> int:
        return 0


def _can_be_filled(translation: str) -> bool:
    try:
        translation % _Anything()
    except (TypeError, ValueError):
        return False
    return True
