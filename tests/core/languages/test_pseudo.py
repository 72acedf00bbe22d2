"""The made-up language in place of English: brackets and accents, with everything that is no word left alone."""

from __future__ import annotations

import pytest

from core.languages import Catalogues
from core.languages.pseudo import pseudo

ONE = 'msgid "Save"\nmsgstr "保存"\n\n'
MANY = 'msgid "%(num)d bill"\nmsgid_plural "%(num)d bills"\nmsgstr[0] "%(num)d 张账单"\n\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Save", "⟦Šàvé·⟧"),
        ("%(count)s records", "⟦%(count)s réçördš··⟧"),
        ("100%% of {name}", "⟦100%% öf {name}··⟧"),
        ("<b>Bold</b> &amp; rest", "⟦<b>Böld</b> &amp; réšt···⟧"),
        ("", "⟦⟧"),
    ],
)
def test_words_change_and_nothing_else(text: str, told: str) -> None:
    assert pseudo(text) == told


def test_it_stands_in_the_place_of_english(make_owner) -> None:
    catalogues = Catalogues([make_owner("gas", ONE + MANY)], made_up=True)
    english, chinese = catalogues.translations("en"), catalogues.translations("zh")
    assert english.ugettext("Save") == "⟦Šàvé·⟧"
    assert [english.ungettext("%(num)d bill", "%(num)d bills", n) % {"num": n} for n in (1, 2)] == [
        "⟦1 bîll·⟧",
        "⟦2 bîllš··⟧",
    ]
    assert chinese.ugettext("Save") == "保存"
    assert english.ugettext("Never translated") == "Never translated"
