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
LONG_ON = {
    TESTS / "attack": "sqlite",
    TESTS / "core" / "commands": "postgresql",
    TESTS / "core" / "doors": "postgresql",
    TESTS / "core" / "entities" / "test_alike.py": "postgresql",
    TESTS / "core" / "entities" / "test_filters_at_once.py": "sqlite",
    TESTS / "core" / "entities" / "test_seeking.py": "sqlite",
    TESTS / "core" / "exchange": "postgresql",
    TESTS / "core" / "files": "postgresql",
    TESTS / "core" / "handbook" / "test_own.py": "postgresql",
    TESTS / "core" / "handbook" / "test_own_access.py": "sqlite",
    TESTS / "core" / "handbook" / "test_own_events.py": "postgresql",
    TESTS / "core" / "handbook" / "test_own_figures.py": "postgresql",
    TESTS / "core" / "handbook" / "test_screens.py": "postgresql",
    TESTS / "core" / "handbook" / "test_why.py": "postgresql",
    TESTS / "core" / "history": "postgresql",
    TESTS / "core" / "inspections": "sqlite",
    TESTS / "core" / "jobs" / "test_kills.py": "sqlite",
    TESTS / "core" / "jobs" / "test_runs.py": "sqlite",
    TESTS / "core" / "jobs" / "test_steps.py": "sqlite",
    TESTS / "core" / "jobs" / "test_views.py": "sqlite",
    TESTS / "core" / "jobs" / "test_whole.py": "sqlite",
    TESTS / "core" / "keeping": "postgresql",
    TESTS / "core" / "measures" / "test_own_counts.py": "postgresql",
    TESTS / "core" / "messages" / "test_kills.py": "postgresql",
    TESTS / "core" / "people": "postgresql",
    TESTS / "core" / "reports": "sqlite",
    TESTS / "core" / "rights": "postgresql",
    TESTS / "core" / "timeline": "sqlite",
    TESTS / "core" / "visits": "sqlite",
    TESTS / "core" / "web": "postgresql",
    TESTS / "core" / "work": "sqlite",
    TESTS / "core" / "workdays": "postgresql",
    TESTS / "core" / "worklist" / "test_cadences.py": "sqlite",
    TESTS / "core" / "worklist" / "test_corrections.py": "sqlite",
    TESTS / "core" / "worklist" / "test_deadlines.py": "postgresql",
    TESTS / "core" / "worklist" / "test_kills.py": "sqlite",
    TESTS / "core" / "worklist" / "test_replaying_days.py": "postgresql",
    TESTS / "core" / "worklist" / "test_screens.py": "postgresql",
    TESTS / "core" / "worklist" / "test_told_ahead.py": "postgresql",
    TESTS / "core" / "workflow": "postgresql",
    TESTS / "plugins" / "conduct" / "test_demo.py": "postgresql",
    TESTS / "plugins" / "conduct" / "test_walk.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_construction_papers.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_construction_rights.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_construction_stages.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_complaints.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_complaints_papers.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_care.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_care_events.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_care_pages.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_callback_series.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_callbacks.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_customers.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_customers_duties.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_customers_files.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_customers_members.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_customers_merging.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_customers_morning.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_demo.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_design_appointments.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_design_demo.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_design_duties.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_design_fees.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_design_figures.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_design_papers.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_design_rights.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_penalties.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_repairs.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_rights.py": "postgresql",
    TESTS / "plugins" / "decoration" / "test_vip.py": "sqlite",
    TESTS / "plugins" / "decoration" / "test_vip_secrecy.py": "postgresql",
    TESTS / "plugins" / "gas" / "test_billing_at_once.py": "sqlite",
    TESTS / "plugins" / "gas" / "test_billing_killed.py": "sqlite",
    TESTS / "plugins" / "gas" / "test_billing_properties.py": "sqlite",
    TESTS / "plugins" / "gas" / "test_cut_off.py": "sqlite",
    TESTS / "plugins" / "gas" / "test_cut_off_holds.py": "postgresql",
    TESTS / "plugins" / "gas" / "test_cut_off_lists.py": "postgresql",
    TESTS / "plugins" / "gas" / "test_demo.py": "sqlite",
    TESTS / "plugins" / "gas" / "test_handing_over.py": "postgresql",
    TESTS / "plugins" / "gas" / "test_overseeing.py": "postgresql",
    TESTS / "plugins" / "gas" / "test_particulars.py": "postgresql",
    TESTS / "plugins" / "gas" / "test_payable_until.py": "postgresql",
    TESTS / "plugins" / "gas" / "test_reminders.py": "postgresql",
    TESTS / "plugins" / "gas" / "test_reports.py": "sqlite",
    TESTS / "plugins" / "gas" / "test_round.py": "sqlite",
    TESTS / "plugins" / "gas" / "test_rule_duties.py": "sqlite",
    TESTS / "plugins" / "gas" / "test_rule_rounds.py": "postgresql",
    TESTS / "plugins" / "gas" / "test_screens.py": "postgresql",
    TESTS / "stories": "postgresql",
}
"""What `make test` tries on the other database alone. Where databases differ most, such as in which rows a statement
reaches (core/branches), it takes both."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=place_in_the_run)
    if IS_FULL:
        return
    long = [item for item in items if is_long(item)]
    if long:
        items[:] = [item for item in items if not is_long(item)]
        config.hook.pytest_deselected(items=long)


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


def is_long(item: pytest.Item) -> bool:
    if item.get_closest_marker("long"):
        return True
    spec = getattr(item, "callspec", None)
    backend = spec.params.get("backend") if spec is not None else None
    return any(item.path.is_relative_to(each) and backend == slow for each, slow in LONG_ON.items())


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
