"""Figures are printed at once, whatever pytest captures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]):
    """Prints one figure as a line of JSON."""
    from figures import line_of

    def line(*figure, **more):
        with capsys.disabled():
            print("\n" + line_of(*figure, **more), end="")

    return line
