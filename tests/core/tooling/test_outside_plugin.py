"""A plugin from outside the tree: pip installs it, `zhidu migrate` makes its tables, and it may go again."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from sqlalchemy import create_engine, inspect

import servers
from commands import Office

SOURCE = servers.ROOT / "tests" / "outside_plugin"
REGISTERED = """\
from core.app import create_app
from core.installation import EXTENSION

installed = create_app().extensions[EXTENSION]
print(installed.entities["notes.note"].path, installed.entities["notes.note"].label_plural._args[0])
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder that pip really installed the plugin into, from a copy, because building leaves files behind."""
    folder = tmp_path_factory.mktemp("outside")
    shutil.copytree(SOURCE, folder / "source")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "--quiet"]
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        *options,
        "--target",
        folder / "site",
        folder / "source",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


def tables(office):
    engine = create_engine(office.url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found


@pytest.mark.long
def test_installing_and_migrating_is_all_it_takes_and_removing_breaks_nothing(tmp_path, site):
    office = Office(tmp_path / "home", environment={"PYTHONPATH": str(site)})
    assert "notes_0001 done" in office.done("migrate")
    notes = office.plugins()["notes"]
    assert (notes["state"], notes["version"], notes["title"]["zh"]) == ("active", "2.1.0", "便笺")
    assert notes["requires"] == {"core": ">=0.1"}
    assert office.statuses()["notes"]["current"] == "notes_0001"
    assert "notes_note" in tables(office)

    program = [sys.executable, "-c", REGISTERED]
    settings = {"ZHIDU_HOME": str(office.home), "ZHIDU_DATABASE_URL": office.url, "PYTHONPATH": str(site)}
    shown = subprocess.run(program, env=settings, capture_output=True, text=True, check=False)
    assert shown.stdout.split(maxsplit=1) == ["/notes/note/", "Sticky notes\n"], shown.stderr

    office.environment.clear()
    assert "notes" not in office.plugins()
    assert "notes" not in office.statuses()
    assert office.done("migrate") == "Everything is in place already.\n"
    assert "Administrator: chief" in office.done("admin", "create", "--username", "chief")
    assert "notes_note" in tables(office)

    office.environment["PYTHONPATH"] = str(site)
    assert office.plugins()["notes"]["state"] == "active"
    assert office.done("migrate") == "Everything is in place already.\n"


@pytest.mark.long
def test_the_installed_plugin_passes_the_check(tmp_path, site):
    office = Office(tmp_path / "home", environment={"PYTHONPATH": str(site)})
    assert office.done("plugin", "check", str(site / "zhidu_notes")) == "No problems.\n"
