"""Every word that Flask-AppBuilder and WTForms can show has one Chinese translation."""

from __future__ import annotations

import pytest

from core.languages import Catalogues, Owner, check_catalogue, libraries, shell
from core.languages.extract import extract_messages

CATALOGUES = Catalogues([shell(), *libraries()])


@pytest.mark.parametrize("library", libraries(), ids=lambda library: library.id)
def test_every_text_of_the_library_is_translated(library: Owner) -> None:
    texts = extract_messages(library.sources)
    assert len(texts) > 30
    assert [text for key, text in texts.items() if key not in CATALOGUES.keys("zh")] == []


@pytest.mark.parametrize("library", libraries(), ids=lambda library: library.id)
def test_without_the_shells_entries_some_would_be_missing(library: Owner) -> None:
    alone = Catalogues([library]).keys("zh")
    assert [key for key in extract_messages(library.sources) if key not in alone]


@pytest.mark.parametrize("library", libraries(), ids=lambda library: library.id)
def test_the_shells_entries_fit_the_library(library: Owner) -> None:
    ours = Owner(library.id, library.sources, shell().translations)
    assert ours.po("zh").exists()
    assert check_catalogue(ours, known=CATALOGUES.keys("zh")) == []


def test_shell_and_libraries_agree() -> None:
    assert [str(clash) for clash in CATALOGUES.clashes] == []
