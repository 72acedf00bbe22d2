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


IN_FULL = frozenset(
    {
        "test_billing.py",
        "test_counter.py",
        "test_dashboard.py",
        "test_days.py",
        "test_first_installation.py",
        "test_gates.py",
        "test_inspections.py",
        "test_languages.py",
        "test_own_rule.py",
        "test_penalty_slip.py",
        "test_phone.py",
        "test_plugin_switches.py",
        "test_setting_ahead.py",
        "test_side_and_top.py",
        "test_timeline.py",
        "test_drafts.py::test_a_dead_network_says_so_where_the_button_is",
        "test_drafts.py::test_an_error_keeps_the_form_and_its_summary_leads_to_the_field",
        "test_lists.py::test_a_card_is_moved_by_its_button_and_by_drawing_it",
        "test_lists.py::test_columns_and_widths_are_kept_for_the_person",
        "test_lists.py::test_filters_stand_as_a_sentence_and_a_view_keeps_them",
        "test_lists.py::test_related_records_go_on_where_they_stand",
        "test_lists.py::test_single_letters_can_be_switched_off",
        "test_lists.py::test_what_cannot_be_fetched_says_so_and_is_tried_again",
        "test_mornings.py::test_the_morning_of_a_cashier",
        "test_round.py::test_two_tabs_send_by_themselves_when_the_connection_is_back",
        "test_round.py::test_what_is_wrong_or_odd_is_said_at_once",
    }
)
"""For `make test-full`, as `make test` has a quarter of an hour. What they ask of the server is asked without a browser
every time (core/web, core/commands, core/branches, core/rights, core/doors, core/entities, core/visits). `make test`
takes the days of a cashier, a reader and a manager, every kind of page, and what only a browser can do to data: drafts,
the round without a connection, rows selected over pages."""


@pytest.hookimpl(tryfirst=True)  # before the long ones are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            name = getattr(item, "originalname", item.name)
            if not IN_FULL.isdisjoint({item.path.name, f"{item.path.name}::{name}"}):
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
