"""The demo company, which its own people attack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from attackers import installation_of
from company import demo_app
from core.branches import Branch, system_scope


@pytest.fixture(scope="module")
def app(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with demo_app(backend, tmp_path_factory.mktemp("attacked")) as made:
        yield made


@pytest.fixture(scope="module")
def branches(app: Flask) -> dict[str, int]:
    with app.app_context(), system_scope("an attack looks around"):
        return {each.code: each.id for each in installation_of(app).database.session().query(Branch)}
