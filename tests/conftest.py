"""Fixtures for every test; what they do is in tests/support, one file for each concern."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import browsers
import databases
import postgres_server
import run_folder
import servers
from run_folder import IS_FULL

# `make test` tries the same examples each time; `make test-full` looks for new ones, and for more.
settings.register_profile("fast", deadline=None, database=None, derandomize=True)
settings.register_profile(
    "full", deadline=None, database=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("full" if IS_FULL else "fast")


# ---------------------------------------------------------------- the run as a whole


def is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(
        20_000, 20, 20
    )  # applications and their mappings stay: no use looking through them so often
    if is_worker(config):
        return
    run_folder.begin()
    forget_settings()


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    browsers.close_resting()
    gc.collect()
    gc.freeze()  # pytest collects ten times more, which takes long where so much stays
    if is_worker(config):
        return
    postgres_server.end()
    run_folder.end()


def forget_settings() -> None:
    """No test may see, or change, the installation of whoever runs the tests."""
    keep = {run_folder.FOLDER, run_folder.OWNER, "ZHIDU_TEST_FULL"}
    for name in [name for name in os.environ if name.startswith("ZHIDU_") and name not in keep]:
        del os.environ[name]
    os.environ["ZHIDU_HOME"] = str(run_folder.path() / "home")
    os.environ["ZHIDU_CACHE"] = str(run_folder.cache())


TESTS = Path(__file__).parent
ON_BOTH = (
    "core/branches",
    "core/data",
    "core/entities/test_guards.py",
    "core/entities/test_lists.py",
    "core/entities/test_moments.py",
    "core/entities/test_reads.py",
    "core/handbook/test_conditions.py",
    "core/handbook/test_judging.py",
    "core/handbook/test_own_conditions.py",
    "core/handbook/test_settings.py",
    "core/handbook/test_whole.py",
    "core/jobs/test_queue.py",
    "core/messages/test_many.py",
    "core/migrations/test_runner.py",
    "core/migrations/test_trees_owners.py",
    "core/search/test_asking.py",
    "core/search/test_everywhere.py",
    "core/worklist/test_known_dates.py",
    "core/worklist/test_told.py",
    "plugins/decoration/test_care_many.py",
    "plugins/gas/test_list_plans.py",
    "plugins/gas/test_many_accounts.py",
    "plugins/gas/test_measures.py",
    "plugins/gas/test_posted.py",
    "plugins/gas/test_publishing.py",
    "shape/test_own_tools.py",
)
"""Where databases differ most, such as in which rows a statement reaches, `make test` tries both."""
ON_POSTGRESQL = (
    "attack",
    "core/entities/test_bulk.py",
    "core/entities/test_filters_at_once.py",
    "core/entities/test_seeking.py",
    "core/handbook/test_own_access.py",
    "core/inspections",
    "core/jobs/test_kills.py",
    "core/jobs/test_runs.py",
    "core/jobs/test_steps.py",
    "core/jobs/test_storage.py",
    "core/jobs/test_views.py",
    "core/jobs/test_whole.py",
    "core/measures/test_kept.py",
    "core/messages/test_sending.py",
    "core/migrations/test_together.py",
    "core/reports",
    "core/timeline",
    "core/visits",
    "core/work",
    "core/worklist/test_cadences.py",
    "core/worklist/test_corrections.py",
    "core/worklist/test_kills.py",
    "core/worklist/test_pausing.py",
    "plugins/decoration/test_callback_series.py",
    "plugins/decoration/test_care_events.py",
    "plugins/decoration/test_complaints.py",
    "plugins/decoration/test_construction_stages.py",
    "plugins/decoration/test_customers.py",
    "plugins/decoration/test_customers_duties.py",
    "plugins/decoration/test_customers_merging.py",
    "plugins/decoration/test_design_fees.py",
    "plugins/decoration/test_design_figures.py",
    "plugins/decoration/test_penalties.py",
    "plugins/decoration/test_vip.py",
    "plugins/gas/test_arrears.py",
    "plugins/gas/test_billing.py",
    "plugins/gas/test_billing_at_once.py",
    "plugins/gas/test_billing_job.py",
    "plugins/gas/test_billing_killed.py",
    "plugins/gas/test_billing_properties.py",
    "plugins/gas/test_billing_runs.py",
    "plugins/gas/test_counter.py",
    "plugins/gas/test_cut_off.py",
    "plugins/gas/test_demo.py",
    "plugins/gas/test_reports.py",
    "plugins/gas/test_round.py",
    "plugins/gas/test_rule_duties.py",
    "plugins/gas/test_taking_payments.py",
)
"""What is about many rows at once or several writers, `make test` tries where those are: in production. All else it
tries on SQLite, which is quicker; `make test-full` tries everything on both."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=place_in_the_run)
    if IS_FULL:
        return
    there = {item.nodeid for item in items}
    long = {
        item.nodeid for item in items if item.get_closest_marker("long") or is_tried_elsewhere(item, there)
    }
    if long:
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in long])
        items[:] = [item for item in items if item.nodeid not in long]


SLOW_FIRST = (
    "browser/test_first_installation.py",
    "attack",
    "browser",
    "core/keeping",
    "core/tooling",
    "core/commands",
    "core/web",
    "core/jobs",
    "shape",
    "core/migrations",
    "core/entities/test_filters_at_once.py",
)
"""A file is one worker's from beginning to end: those that take minutes begin first, so that all end together."""


def place_in_the_run(item: pytest.Item) -> int:
    places = (place for place, each in enumerate(SLOW_FIRST) if item.path.is_relative_to(TESTS / each))
    return next(places, len(SLOW_FIRST))


def is_tried_elsewhere(item: pytest.Item, there: set[str]) -> bool:
    """Whether the same test is `there` on the database that `make test` tries its file on."""
    spec = getattr(item, "callspec", None)
    backend = spec.params.get("backend") if spec is not None else None
    if backend is None or is_below(item, ON_BOTH):
        return False
    wanted = "postgresql" if is_below(item, ON_POSTGRESQL) else "sqlite"
    name, bracket, given = item.nodeid.partition("[")
    other = "-".join(wanted if each == backend else each for each in given.removesuffix("]").split("-"))
    return backend != wanted and f"{name}{bracket}{other}]" in there


def is_below(item: pytest.Item, places: tuple[str, ...]) -> bool:
    return any(item.path.is_relative_to(TESTS / each) for each in places)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A skipped test proves nothing, so it fails. A failing browser test leaves its screenshot."""
    report: Any = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which this suite does not accept: {report.longrepr}"
    if report.failed:
        for browser in browsers.open_in(item):
            report.sections.append(("browser", browser.describe()))
    return report


# ---------------------------------------------------------------- databases


@pytest.fixture(scope="session")
def postgres() -> postgres_server.PostgresServer:
    """The run's PostgreSQL, for tests that need databases or roles of their own making."""
    return postgres_server.shared()


@pytest.fixture(scope="module", params=databases.BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Both in turn; for one: `@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)`."""
    name: str = request.param
    return name


@pytest.fixture
def database_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """A fresh, empty database on each backend."""
    with databases.empty(backend, tmp_path / "home") as url:
        yield url


@pytest.fixture
def migrated_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database on each backend."""
    with databases.migrated(backend, tmp_path / "home") as url:
        yield url


@pytest.fixture(scope="module")
def module_home(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ZHIDU_HOME of the module's installation on this backend."""
    return tmp_path_factory.mktemp(f"{backend}-home")


@pytest.fixture(scope="module")
def module_migrated_url(backend: str, module_home: Path) -> Iterator[str]:
    """As `migrated_url`, one for all tests of a module: for reading, or for data that is dear to make."""
    with databases.migrated(backend, module_home) as url:
        yield url


# ---------------------------------------------------------------- programs


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[Callable[..., servers.LiveServer]]:
    """Starts the real program; see `servers.start`. Whatever a test started is ended with it."""
    with servers.ending_all(tmp_path / "home") as start:
        yield start


@pytest.fixture(scope="module")
def module_live_server(module_home: Path) -> Iterator[Callable[..., servers.LiveServer]]:
    """As `live_server`, for programs that all tests of a module share."""
    with servers.ending_all(module_home) as start:
        yield start


@pytest.fixture
def chromium(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., browsers.Chromium]]:
    """Opens a real browser; see `browsers.open_chromium`. It is closed with the test."""
    with browsers.closing_all(request.node, tmp_path) as open_one:
        yield open_one
