"""The program's own words in one language, so that walks ask for what a reader of that language sees."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from core.languages import Catalogues, libraries, plugin, shell
from core.languages.pseudo import pseudo

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = {
    "conduct": ROOT / "plugins" / "conduct",
    "decoration": ROOT / "plugins" / "decoration",
    "gas": ROOT / "plugins" / "gas",
    "alpha": ROOT / "tests" / "plugins_for_tests" / "alpha",
    "beta": ROOT / "tests" / "plugins_for_tests" / "beta",
}


PSEUDO = "pseudo"


class Words:
    """`words("Take payment")` is the text itself for `en`, its Chinese for `zh`, bracketed for `PSEUDO`."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, text: str, **params: Any) -> str:
        """The wording of an English text, its parameters filled in. AssertionError when the program has none."""
        assert ("", text) in _catalogues().keys("zh"), f"the program has no text {text!r}"
        return self._in_language(text) % params if params else self._in_language(text)

    def _in_language(self, text: str) -> str:
        if self.lang == PSEUDO:
            return pseudo(text)
        return str(_catalogues().translations(self.lang).ugettext(text))


@functools.cache
def _catalogues() -> Catalogues:
    return Catalogues([*libraries(), shell(), *(plugin(each, folder) for each, folder in PLUGINS.items())])
