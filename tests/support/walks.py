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

    The theme is none of it: every page that is reached is judged in both, see `visitor.Visitor.problems`.
    """

    backend: str
    lang: str
    width: int

    def __str__(self) -> str:
        return f"{self.backend}-{self.lang}-{self.width}"


def settings(widths: tuple[int, ...] = (DESK, PHONE)) -> list[Any]:
    """Every setting; but for one they are `long`."""
    short = {Setting("sqlite", "zh", widths[0])}
    every = (Setting(*each) for each in itertools.product(databases.BACKENDS, ("zh", "en"), widths))
    return [
        pytest.param(each, marks=[] if each in short else [pytest.mark.long], id=str(each)) for each in every
    ]
