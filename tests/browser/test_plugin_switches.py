"""The administrator switches plugins on and off for branches, while others are at work."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import rest_client
import servers
from rest_client import RestClient
from visitor import Visitor
from walks import Setting

FOR_TESTS = servers.ROOT / "tests" / "plugins_for_tests"
BRANCHES = 6
AT_ONCE, CALLS = 8, 32


@pytest.fixture
def site(setting: Setting, standing: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    """With the plugins `alpha` and `beta`, which requires alpha, beside those of the tree."""
    return standing(setting.backend, ZHIDU_PLUGIN_FOLDERS=str(FOR_TESTS))


@pytest.fixture
def admin(visitor: Callable[..., Visitor]) -> Visitor:
    person = visitor()
    person.log_in("admin", "not the password", status=401)
    person.sees("User name or password is wrong. Check both and try again.")
    person.log_in("admin")
    person.follow("Plugins")
    return person


def test_gas_comes_and_goes_at_the_next_request(
    admin: Visitor, visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    gas, deco = title(servers.ROOT / "plugins" / "gas", admin), branch_name("deco", admin)
    listed = [row[admin.words("Plugin")] for row in admin.rows("Plugins")]
    assert f"{gas} gas {manifest(servers.ROOT / 'plugins' / 'gas')['version']}" in listed
    assert len(switches(admin, gas)) == BRANCHES

    # Somebody else acts in the decoration branch, where gas is off; and so does a program.
    other = visitor()
    other.log_in("admin")
    other.go_to_branch("deco")
    program = rest_client.log_in(site, "admin", branch="deco")
    assert not sees_gas(other)
    assert answers_of(program) == {404}

    press_switch(admin, gas, deco)
    admin.sees("%(plugin)s is on in %(branch)s now.", plugin=gas, branch=deco)
    assert sees_gas(other)
    assert answers_of(program) == {200}
    code = f"D{1 + program.count('/gas/route/')}"
    route = program.add("/gas/route/", code=code, name="River side")
    other.data = ("River side", *(f"D{number}" for number in range(1, 9)))
    other.follow("Reading routes")
    other.open_row(code)

    press_switch(admin, gas, deco)
    admin.sees("%(plugin)s is off in %(branch)s now. Its data stays.", plugin=gas, branch=deco)
    assert not sees_gas(other)
    other.open(f"/gas/route/{route}", status=404)
    other.open("/gas/billing/start", status=404)
    assert answers_of(program) == {404}

    press_switch(admin, gas, deco)
    other.open(f"/gas/route/{route}")
    other.reads("River side")
    press_switch(admin, gas, deco)


def test_what_a_plugin_requires_comes_first(admin: Visitor) -> None:
    alpha, beta = title(FOR_TESTS / "alpha", admin), title(FOR_TESTS / "beta", admin)
    soft = branch_name("soft", admin)

    press_switch(admin, beta, soft)
    admin.sees("Switch on %(missing)s in this branch first: %(plugin)s needs it.", missing=alpha, plugin=beta)
    assert not is_on(admin, beta, soft)

    press_switch(admin, alpha, soft)
    press_switch(admin, beta, soft)
    assert is_on(admin, beta, soft)

    press_switch(admin, alpha, soft)
    admin.sees(
        "Switch off %(dependents)s in this branch first: it needs %(plugin)s.", dependents=beta, plugin=alpha
    )
    assert is_on(admin, alpha, soft)

    press_switch(admin, beta, soft)
    press_switch(admin, alpha, soft)
    assert not is_on(admin, alpha, soft)


def manifest(folder: Path) -> dict[str, str]:
    return tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))


def title(folder: Path, person: Visitor) -> str:
    titles: dict[str, str] = tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))["title"]
    return titles[person.words.lang]


def branch_name(code: str, person: Visitor) -> str:
    names = {"deco": ("装饰设计分公司", "Decoration"), "soft": ("软件服务分公司", "Software")}
    return names[code][0 if person.words.lang == "zh" else 1]


def switches(person: Visitor, plugin: str) -> Iterator[str]:
    labels = [each.get_attribute("aria-label") or "" for each in person.browser.shown("[role=switch]")]
    return [label for label in labels if label.startswith(plugin) or label.endswith(plugin)]


def press_switch(person: Visitor, plugin: str, branch: str) -> None:
    person.press("%(plugin)s in %(branch)s", plugin=plugin, branch=branch)


def is_on(person: Visitor, plugin: str, branch: str) -> bool:
    switch = person.button("%(plugin)s in %(branch)s", plugin=plugin, branch=branch)
    return switch.get_attribute("aria-checked") == "true"


def sees_gas(person: Visitor) -> bool:
    """Whether the gas office's pages are there for a person: in the menu, and by typed address."""
    person.open("/")
    listed = person.words("Accounts") in person.menu()
    person.open("/gas/account/", status=200 if listed else 404)
    return listed


def answers_of(program: RestClient) -> set[int]:
    """Every status that is answered to many calls at once, so that all web processes are asked."""
    with ThreadPoolExecutor(AT_ONCE) as callers:
        return set(callers.map(program.status, ["/gas/account/"] * CALLS))
