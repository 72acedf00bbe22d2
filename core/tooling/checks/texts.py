"""Both languages are complete, and no two catalogues say the same thing differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from core import languages
from core.data.errors import SetupError
from core.languages import Catalogues
from core.tooling.checks.problem import Problem

LOCALE = "zh"


def check_texts(owner: languages.Owner) -> Iterator[Problem]:
    """What is wrong with the texts of a plugin (or of the shell) and their Chinese."""
    before = [*languages.libraries(), *([] if owner == languages.shell() else [languages.shell()])]
    try:
        known = Catalogues(before).keys(LOCALE)
        for each in languages.check_owner(owner, known, LOCALE):
            folder = owner.folder(LOCALE) if ".po:" in each.place else owner.sources
            yield Problem(f"{folder / each.place}", f"{each.text!r} {each.advice}")
    except SetupError as error:
        yield Problem(str(owner.translations), str(error))


def check_clashes(plugins: Sequence[tuple[str, Path]]) -> Iterator[Problem]:
    """Texts that two owners translate differently. `plugins` are (id, folder)."""
    owners = [languages.shell(), *(languages.plugin(*each) for each in plugins)]
    try:
        for clash in Catalogues([*languages.libraries(), *owners]).clashes:
            yield Problem("translations", str(clash))
    except SetupError as error:
        yield Problem("translations", str(error))
