"""Every page that the program has is known to the tests that look at pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

import databases
import page_kinds
from company import settings_for
from core.app import create_app

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    with databases.empty("sqlite", tmp_path / "home") as url:
        return create_app(settings_for(url, tmp_path / "home", ()))


def test_every_page_is_walked_to_or_looked_at_elsewhere(app: Flask) -> None:
    """A page that is new has to be put into one of the lists, one that is gone taken out."""
    answering = {each.rule for each in app.url_map.iter_rules() if "GET" in (each.methods or ())}
    known = page_kinds.WALKED | set(page_kinds.ELSEWHERE) | page_kinds.NO_PAGE
    assert {each for each in answering if not each.startswith("/api/v1/")} == known


def test_what_is_looked_at_elsewhere_is_looked_at_there() -> None:
    for route, file in page_kinds.ELSEWHERE.items():
        assert (TESTS / file).is_file(), f"{route}: there is no {file}"
