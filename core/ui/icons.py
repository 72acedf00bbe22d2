"""Icons as inline SVG from Tabler's outline set, by name: `icon("home")`."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from flask import current_app
from markupsafe import Markup

FOLDER = "@tabler/icons/icons/outline"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_SHAPES = re.compile(r"<(?:path|circle|rect|line|polyline|ellipse|polygon)\b[^>]*/>")
_BOX = "M0 0h24v24H0z"


def icon(name: str, extra_class: str = "") -> Markup:
    """An icon that screen readers pass over; the text beside it (or aria-label around it) says what it means.

    An unknown name gives an empty box of the same size, so that a plugin's slip never breaks a page; `exists` finds it.
    """
    return _drawn(current_app.config["ZHIDU_NODE_MODULES"], name, extra_class)


def exists(name: str) -> bool:
    """Whether the set has an icon of that name."""
    return bool(_shapes(current_app.config["ZHIDU_NODE_MODULES"], name))


@lru_cache(maxsize=1024)
def _drawn(modules: str, name: str, extra_class: str) -> Markup:
    classes = f"icon {extra_class}".strip()
    return Markup('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>').format(
        classes, _shapes(modules, name)
    )


@lru_cache(maxsize=512)
def _shapes(modules: str, name: str) -> Markup:
    path = Path(modules) / FOLDER / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        return Markup("")
    shapes = (each for each in _SHAPES.findall(path.read_text("utf-8")) if _BOX not in each)
    return Markup("").join(Markup(each) for each in shapes)  # noqa: S704 - from the installed icon set, not from people
