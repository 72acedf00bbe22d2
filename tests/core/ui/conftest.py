"""The face by itself: templates, formats and assets with real catalogues, without a database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from jinja2 import FileSystemLoader, StrictUndefined

from core import languages, ui
from repository import ROOT

Reading = Callable[[str], AbstractContextManager[object]]


def make_app(node_modules: Path) -> Flask:
    app = Flask("face", static_folder=None, template_folder=None)
    app.config.update(SECRET_KEY="for tests only", ZHIDU_NODE_MODULES=str(node_modules), TESTING=True)
    Babel(app)
    catalogues = languages.Catalogues([*languages.libraries(), languages.shell()])
    languages.install(app, catalogues)
    ui.init_ui(app)
    app.jinja_env.loader = FileSystemLoader(ui.TEMPLATES)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    return app


@pytest.fixture(scope="session")
def face() -> Flask:
    """With the front-end packages that set-up installed."""
    return make_app(ROOT / "node_modules")


@pytest.fixture
def bare_face(tmp_path: Path) -> Flask:
    """Before set-up: no front-end packages."""
    return make_app(tmp_path / "node_modules")


@pytest.fixture
def reading(face: Flask) -> Reading:
    """`with reading("zh"):` is a request of somebody who reads Chinese."""

    def begin(language: str) -> AbstractContextManager[object]:
        return face.test_request_context(headers={"Accept-Language": language})

    return begin
