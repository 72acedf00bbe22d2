"""`zhidu migrate` and `zhidu plugin ...`, run as an operator runs them."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text

from commands import TEST_PLUGINS, Office


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path / "home", environment={"ZHIDU_PLUGIN_FOLDERS": str(TEST_PLUGINS)})


def switches(office):
    engine = create_engine(office.url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT plugin, enabled FROM core_branch_plugin ORDER BY id")).all()
    engine.dispose()
    return {plugin: bool(enabled) for plugin, enabled in rows}


def test_plugins_are_listed_with_what_they_require(office):
    found = office.plugins()
    order = list(found)
    assert order.index("alpha") < order.index("beta")  # though beta's own order is lower
    assert found["beta"] == {
        "id": "beta",
        "version": "0.3.0",
        "state": "active",
        "title": {"en": "Beta", "zh": "乙部门"},
        "requires": {"alpha": "<2,>=1.2"},
        "error": "",
    }
    assert "Alpha / 甲部门" in office.done("plugin", "list")


def test_a_plugin_is_switched_in_a_branch_only_with_what_it_requires(office):
    office.done("migrate")
    office.done("admin", "create")
    assert "Switch on Alpha in this branch first: Beta needs it." in office.refused(
        "plugin", "enable", "beta", "--branch", "hq"
    )
    assert office.done("plugin", "enable", "alpha", "--branch", "hq") == "alpha is on in hq.\n"
    assert office.done("plugin", "enable", "beta", "--branch", "hq") == "beta is on in hq.\n"
    assert "Switch off Beta in this branch first: it needs Alpha." in office.refused(
        "plugin", "disable", "alpha", "--branch", "hq"
    )
    assert office.done("plugin", "disable", "beta", "--branch", "hq") == "beta is off in hq.\n"
    assert switches(office) == {"alpha": True, "beta": False}
    assert "there is no branch moon" in office.refused("plugin", "enable", "alpha", "--branch", "moon")
    assert "There is no plugin gamma" in office.refused("plugin", "enable", "gamma", "--branch", "hq")


def test_a_server_does_not_start_before_the_migrations_have_run(office):
    for command in (["web"], ["worker"], ["plugin", "enable", "alpha", "--branch", "hq"]):
        assert "run `zhidu migrate`" in office.refused(*command)


@pytest.mark.long
def test_one_owner_is_taken_back_and_brought_up_again(office):
    office.done("migrate")
    assert office.done("migrate", "--down", "alpha", "base") == "alpha_0001 taken back\n"
    assert office.statuses()["alpha"] == {
        "owner": "alpha",
        "current": None,
        "head": "alpha_0001",
        "pending": ["alpha_0001"],
        "unknown": False,
    }
    assert office.done("migrate") == "alpha_0001 done\n"
    assert "gamma is no running plugin" in office.refused("migrate", "--down", "gamma", "base")


def test_a_plugin_whose_requirement_is_gone_waits(office, tmp_path):
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "beta").symlink_to(TEST_PLUGINS / "beta")
    office.environment["ZHIDU_PLUGIN_FOLDERS"] = str(alone)
    beta = office.plugins()["beta"]
    assert beta["state"] == "waiting"
    assert beta["error"] == "it requires alpha <2,>=1.2, which is not installed; install it"
