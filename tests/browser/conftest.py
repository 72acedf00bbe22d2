"""The running program with the example company, and people at browsers, in one setting after the other."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import databases
import servers
from browsers import Chromium
from visitor import Visitor
from walks import Setting, settings

HERE = Path(__file__).parent


IN_FULL = frozenset({"test_first_installation.py", "test_gates.py", "test_plugin_switches.py"})
"""Minutes each: for `make test-full`. What they ask for is asked without a browser every time (core/web, core/commands,
core/branches, core/rights, core/doors, core/history); the walks through a department's month are in `make test` too."""


@pytest.hookimpl(tryfirst=True)  # before the long ones are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if item.path.name in IN_FULL:
                item.add_marker(pytest.mark.long)


@pytest.fixture(params=settings())
def setting(request: pytest.FixtureRequest) -> Setting:
    """For one width: `@pytest.mark.parametrize("setting", settings((PHONE,)), indirect=True)`."""
    found: Setting = request.param
    return found


@pytest.fixture
def company_url(setting: Setting, tmp_path: Path) -> Iterator[str]:
    """A database with the example company."""
    with databases.company(setting.backend, tmp_path / "home") as url:
        yield url


@pytest.fixture
def site(company_url: str, live_server: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    """`zhidu run` over the example company: two web processes and a worker."""
    return live_server(company_url)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., servers.LiveServer]]:
    """One program for each database, for all stories of a module that leave nothing behind.

    A module whose stories may share has a fixture `site` that answers `standing(setting.backend)`.
    """
    home = tmp_path_factory.mktemp("standing")
    with contextlib.ExitStack() as ending:
        start = ending.enter_context(servers.ending_all(home))

        @functools.cache
        def for_backend(backend: str, **environment: str) -> servers.LiveServer:
            url = ending.enter_context(databases.company(backend, home / backend))
            return start(url, home=home / backend, environment=environment)

        yield for_backend


@pytest.fixture
def visitor(
    setting: Setting, site: servers.LiveServer, chromium: Callable[..., Chromium]
) -> Callable[..., Visitor]:
    """Opens a browser of its own for one person: `visitor()`; `lang` when it is not the setting's."""

    def open_one(lang: str = setting.lang, **options: Any) -> Visitor:
        return Visitor(chromium(lang=lang, width=setting.width), site, lang, **options)

    return open_one
