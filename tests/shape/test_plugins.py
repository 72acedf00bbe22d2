"""Every plugin of the tree, and those that tests use, pass `zhidu plugin check` on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import databases
import postgres_server
import servers
from commands import TEST_PLUGINS, Office

FOLDERS = sorted(
    file.parent
    for parent in (servers.ROOT / "plugins", TEST_PLUGINS, servers.ROOT / "tests" / "outside_plugin")
    for file in parent.glob("*/manifest.toml")
)


def test_there_are_plugins_to_check():
    assert {folder.name for folder in FOLDERS} >= {"gas", "alpha", "beta", "zhidu_notes"}


def checked() -> list[Any]:
    """Those of the tests are the checks' own, which `make test-full` looks at."""
    own = [pytest.mark.long]
    return [
        pytest.param(each, id=each.name, marks=[] if each.parent.name == "plugins" else own)
        for each in FOLDERS
    ]


@pytest.mark.parametrize("folder", checked())
def test_a_plugin_passes_the_check(folder: Path, postgres: postgres_server.PostgresServer, tmp_path: Path):
    with databases.empty("postgresql", tmp_path) as url:
        settings = {"ZHIDU_CHECK_POSTGRESQL": url, "ZHIDU_PLUGIN_FOLDERS": str(TEST_PLUGINS)}
        office = Office(tmp_path / "home", environment=settings)
        checked = office.run("plugin", "check", str(folder))
    assert (checked.returncode, checked.stdout) == (0, "No problems.\n"), checked.stderr


@pytest.mark.long  # `make check` asks the same each time, without PostgreSQL; each plugin is asked with it above
def test_the_whole_program_passes_the_check(postgres: postgres_server.PostgresServer, tmp_path: Path):
    with databases.empty("postgresql", tmp_path) as url:
        office = Office(tmp_path / "home", environment={"ZHIDU_CHECK_POSTGRESQL": url})
        checked = office.run("check")
    assert (checked.returncode, checked.stdout) == (0, "No problems.\n"), checked.stderr
