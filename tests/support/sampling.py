"""Cases that are alike and cost seconds each: `make test` tries some of them, `make test-full` all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

long = pytest.mark.long


def some_of(cases: Sequence[Any], step: int = 4) -> list[Any]:
    """The cases, each a value or a tuple of them, of which one in `step` is not left to `make test-full`."""
    return [
        pytest.param(*(each if isinstance(each, tuple) else (each,)), marks=long if number % step else ())
        for number, each in enumerate(cases)
    ]
