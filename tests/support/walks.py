"""In which settings the browser walks are walked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

import databases

DESK, PHONE = 1440, 390


@dataclass(frozen=True)
class Setting:
    """The language of the reader, the width of the window in pixels, and the database below it all.

    The theme is none of it: see `visitor.THEMES`.
    """

    backend: str
    lang: str
    width: int

    def __str__(self) -> str:
        return f"{self.backend}-{self.lang}-{self.width}"


def settings(widths: tuple[int, ...] = (DESK, PHONE)) -> list[Any]:
    """Each language, each width and each database, in two settings of which the second is `long`.

    Every kind of page is looked at in all combinations by `test_every_page`.
    """
    first = Setting(databases.BACKENDS[0], "zh", widths[0])
    second = Setting(databases.BACKENDS[-1], "en", widths[-1])
    return [pytest.param(first, id=str(first)), pytest.param(second, marks=pytest.mark.long, id=str(second))]
