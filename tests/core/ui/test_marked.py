"""Data between words, marked as such."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from core.ui.marked import unbroken


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Billing 2026-11", ["2026-11"]),
        ("QB-990-1 of A-7, then", ["QB-990-1", "A-7"]),
        ("账单 2026-11", ["2026-11"]),
        ("a - b, -1, 2026", []),
    ],
)
def test_numbers_with_hyphens_stay_on_one_line(text: str, whole: list[str]):
    expected = text
    for each in whole:
        expected = expected.replace(each, f'<span class="unbroken">{each}</span>')
    assert str(unbroken(text)) == expected


def test_what_somebody_typed_stays_text():
    assert unbroken("<b>1-2</b>") == '&lt;b&gt;<span class="unbroken">1-2</span>&lt;/b&gt;'
    assert unbroken(Markup("a &amp; 1-2")) == 'a &amp; <span class="unbroken">1-2</span>'
