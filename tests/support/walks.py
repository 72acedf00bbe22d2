"""In which settings the browser walks are walked."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import pytest

import databases

DESK, PHONE = 1440, 390


@dataclass(frozen=True)
class Setting:
    """The language of the reader, the width of the window in pixels, and the database below it all.

    The theme is none of it: see `visitor.WALKED_IN`.
    """

    backend: str
    lang: str
    width: int

    def __str__(self) -> str:
        return f"{self.backend}-{self.lang}-{self.width}"


def settings(widths: tuple[int, ...] = (DESK, PHONE)) -> list[Any]:
    """Every language in every width, the databases in turn, so that a walk meets both; all but one are `long`."""
    short = {Setting("sqlite", "zh", widths[0])}
    every = (
        Setting(databases.BACKENDS[(of_lang + of_width) % len(databases.BACKENDS)], lang, width)
        for (of_lang, lang), (of_width, width) in itertools.product(
            enumerate(("zh", "en")), enumerate(widths)
        )
    )
    return [
        pytest.param(each, marks=[] if each in short else [pytest.mark.long], id=str(each)) for each in every
    ]
