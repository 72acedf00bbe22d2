"""Which language a request gets."""

from __future__ import annotations

import pytest

from core.languages import choose_locale, html_lang


@pytest.mark.parametrize(
    ("explicit", "saved", "accept", "branch", "expected"),
    [
        ("zh", "en", "en", "en", "zh"),
        (None, "zh", "en", "en", "zh"),
        (None, None, "zh-CN,en;q=0.8", "en", "zh"),
        (None, None, "zh-Hans-CN, en;q=0.9", None, "zh"),
        (None, None, "en-GB,zh;q=0.9", "zh", "en"),
        (None, None, "en;q=0.5, zh;q=0.9", None, "zh"),
        (None, None, "fr,de;q=0.9", "zh", "zh"),
        (None, None, "zh;q=0", None, "en"),
        (None, None, "*", "zh", "zh"),
        (None, None, None, "zh_CN", "zh"),
        (None, None, ";;,=q", None, "en"),
        (None, None, None, None, "en"),
        ("de", "xx-removed", "", "", "en"),
        ("", "zh_Hant", None, None, "zh"),
    ],
)
def test_the_first_supported_choice_wins(
    explicit: str | None, saved: str | None, accept: str | None, branch: str | None, expected: str
) -> None:
    assert choose_locale(explicit, saved, accept, branch) == expected


def test_the_page_names_simplified_chinese() -> None:
    assert (html_lang("zh"), html_lang("en"), html_lang()) == ("zh-CN", "en", "en")
