"""`zhidu plugin new` writes a plugin that passes `zhidu plugin check` and works after `zhidu migrate`."""

from __future__ import annotations

import subprocess
import sys

import pytest

import servers
from commands import Office
from core.data import SetupError
from core.settings import Settings
from core.tooling.scaffold import write_plugin

WORKS = """\
from datetime import date

from core.app import create_app
from core.branches import Branch, BranchPlugin, system_scope
from core.installation import EXTENSION
from core.people.service import add_person, appoint

app = create_app()
database = app.extensions[EXTENSION].database
with app.app_context(), system_scope("the test itself"), database.sessions.begin() as session:
    branch = Branch(code="east", name_zh="x", name_en="East")
    session.add(branch)
    session.flush()
    session.add(BranchPlugin(branch_id=branch.id, plugin="letters"))
    for name in ("clerk", "manager"):
        person = add_person(session, name, name, "long enough word")
        appoint(session, person.id, branch.id, f"letters.{name}", date(2020, 1, 1))


def api_of(name):
    client = app.test_client()
    body = {"username": name, "password": "long enough word", "provider": "db"}
    token = client.post("/api/v1/security/login", json=body).json["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    return lambda method, path, **more: client.open(path, method=method, headers=headers, **more)


clerk = api_of("clerk")
path = "/api/v1/letters/matter/"
refused = clerk("POST", path, json={"subject": "abc", "received_on": "2026-11-01"})
assert refused.status_code in (400, 422), refused.text
assert refused.json["message"] == "请至少用4个字说明事由。", refused.text
made = clerk("POST", path, json={"subject": "A letter came", "received_on": "2026-11-01"})
assert made.status_code == 201, made.text
(found,) = clerk("GET", path).json["result"]
assert (found["due_on"], found["state"]) == ("2026-11-08", "open"), found
assert clerk("DELETE", f"{path}{found['id']}").status_code in (403, 405)

settle = f"/letters/matters/{found['id']}/settle"
browser = app.test_client()
page = browser.get("/login/").text
token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
form = {"username": "clerk", "password": "long enough word", "csrf_token": token}
assert browser.post("/login/", data=form).status_code == 302
page = browser.get(f"/letters/matter/{found['id']}").text
assert "A letter came" in page and settle in page, page
token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
assert browser.post(settle, data={"csrf_token": token}).status_code == 302
assert clerk("GET", f"{path}{found['id']}").json["result"]["state"] == "settled"
assert browser.post(settle, data={"csrf_token": token}).status_code == 409
print("works")
"""


@pytest.fixture
def office(tmp_path):
    folder = tmp_path / "departments"
    folder.mkdir()
    return Office(tmp_path / "home", environment={"ZHIDU_PLUGIN_FOLDERS": str(folder)})


def folder_of(office):
    return office.environment["ZHIDU_PLUGIN_FOLDERS"]


def test_a_new_plugin_passes_the_check_and_works_after_migrate(office):
    folder = folder_of(office)
    assert "`zhidu plugin check" in office.done("plugin", "new", "letters", "--into", folder)
    assert office.done("plugin", "check", f"{folder}/letters") == "No problems.\n"
    assert office.plugins()["letters"]["state"] == "active"
    assert "letters_0001 done" in office.done("migrate")
    settings = {"ZHIDU_HOME": str(office.home), "ZHIDU_DATABASE_URL": office.url, **office.environment}
    done = subprocess.run(
        [sys.executable, "-c", WORKS], env=settings, capture_output=True, text=True, check=False
    )
    assert done.stdout == "works\n", done.stderr


def test_its_own_tests_pass_and_it_keeps_the_house_style(office):
    folder = folder_of(office)
    office.done("plugin", "new", "letters", "--into", folder)
    tests = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--import-mode=importlib",
        "letters",
    ]
    tested = subprocess.run(
        tests, cwd=folder, env={"PYTHONPATH": folder}, capture_output=True, text=True, check=False
    )
    assert "9 passed" in tested.stdout, tested.stdout
    style = ["--config", str(servers.ROOT / "pyproject.toml")]
    first_party = [
        "--config",
        'lint.isort.known-first-party=["core", "letters"]',
        "--extend-exclude",
        "tests",
    ]
    for command in (["check", *style, *first_party], ["format", "--check", "--diff", *style]):
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", "letters"]
        judged = subprocess.run(ruff, cwd=folder, capture_output=True, text=True, check=False)
        assert judged.returncode == 0, judged.stdout + judged.stderr


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Letters", "use up to 40 lowercase letters"),
        ("class", "a word of the Python language"),
        ("core", "the core uses this name"),
        ("gas", "the plugin gas is there already"),
        ("json", "Python has a package json"),
        ("taken", "is there already; choose another name"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_and_nothing_is_written(tmp_path, name, reason):
    (tmp_path / "taken").mkdir()
    settings = Settings(8080, "sqlite://", tmp_path, "a key", tmp_path)
    with pytest.raises(SetupError, match=reason):
        write_plugin(name, tmp_path, settings)
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


def test_every_further_name_gets_its_own_words(tmp_path):
    settings = Settings(8080, "sqlite://", tmp_path, "a key", tmp_path)
    folder = write_plugin("after_sales", tmp_path, settings)
    text = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*") if file.is_file())
    assert '__tablename__ = "after_sales_matter"' in text
    assert "class AfterSalesMatter(" in text
    assert "AFTER-SALES 1.1" in text
    assert "$" not in text
