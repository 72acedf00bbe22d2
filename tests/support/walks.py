"""In which settings the browser walks are walked."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import pytest

import databases

DESK, PHONE = 1440, 390
LOOKS = tuple(itertools.product((DESK, PHONE), (False, True)))
"""Width in pixels, and whether the theme is dark; by width, since a page is loaded anew for another one."""


@dataclass(frozen=True)
class Setting:
    """The language of the reader, the width of the window in pixels, the theme, and the database below it all."""

    backend: str
    lang: str
    width: int
    dark: bool

    def __str__(self) -> str:
        return f"{self.backend}-{self.lang}-{self.width}-{'dark' if self.dark else 'light'}"


def settings(widths: tuple[int, ...] = (DESK, PHONE)) -> list[Any]:
    """Every setting; but for two, which cover both languages, databases and themes, they are `long`."""
    short = {Setting("sqlite", "zh", widths[0], False), Setting("postgresql", "en", widths[0], True)}
    every = (
        Setting(*each) for each in itertools.product(databases.BACKENDS, ("zh", "en"), widths, (False, True))
    )
    return [
        pytest.param(each, marks=[] if each in short else [pytest.mark.long], id=str(each)) for each in every
    ]


def readings() -> list[Any]:
    """Every database and language, for walks that look at each page in every width and theme: see `LOOKS`."""
    every = itertools.product(databases.BACKENDS, ("zh", "en"))
    return [pytest.param(Setting(*each, DESK, False), id="-".join(each)) for each in every]
