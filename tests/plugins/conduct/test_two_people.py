"""What two people decide on in the rule book is decided by two at the head office of the example company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from company import PASSWORD, Company, app_on
from conduct_company import PEOPLE
from core import demo
from core.branches import BranchPlugin, system_scope
from core.data import clock
from core.handbook.models import RuleSetting
from core.handbook.settings import settings_on
from core.people.service import hash_password
from facts_of_conduct import BY_ID

DEDUCTION = BY_ID["HR-R06"]
PAGE = "/core/handbook/rule/HR-R06"


@pytest.fixture(scope="module")
def example(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    """The people of the example company, without its data."""
    made = Company(app_on(module_migrated_url, module_home, plugin_folders=()))
    with made.session() as session, system_scope("a test makes the example company"):
        branches = demo._branches(session)
        on = {
            code: tuple(each for each in plugins if each == "conduct")
            for code, _z, _e, plugins in demo.BRANCHES
        }
        known = demo.DemoCompany(session, branches, on)
        names = demo._people(made.installation, session, known, hash_password(PASSWORD))
        session.add(BranchPlugin(branch_id=branches["gas-east"].id, plugin="conduct"))
        made.branches = {code: branch.id for code, branch in branches.items()}
        made.people = {each: known.user_id(each) or 0 for each in names}
    yield made
    made.database.dispose()


def deducts(example: Company, day: date) -> Any:
    with example.session() as session:
        return settings_on(session, DEDUCTION, example.branches["gas-east"], day)["deduct"]


def test_the_head_office_has_somebody_for_each_half(example: Company) -> None:
    kept = {each for each in example.people if each.startswith("hq.")}
    assert kept == {"hq.rule-keeper", "hq.rule-approver"}
    assert {f"gas-east.{position.partition('.')[2]}" for _name, position in PEOPLE} <= set(example.people)


def test_one_changes_and_the_other_approves(example: Company) -> None:
    day = clock.today()
    keeper, approver = (example.client_of(f"hq.{each}") for each in ("rule-keeper", "rule-approver"))
    entries = {
        "how": "value",
        "do": "change",
        "value": "yes",
        "from_on": day.isoformat(),
        "why": "As the board decided.",
    }
    assert approver.get(f"{PAGE}/deduct").status_code == 403
    assert keeper.fill(f"{PAGE}/deduct", entries).status_code == 302
    with example.session() as session:
        [row] = session.scalars(select(RuleSetting.id).where(RuleSetting.rule == "HR-R06")).all()
    assert "Waits for a second person" in keeper.get(PAGE).text
    assert keeper.post(f"/core/handbook/settings/{row}/approve").status_code == 403
    assert deducts(example, day) is False
    assert approver.get(PAGE).status_code == 200
    assert approver.post(f"/core/handbook/settings/{row}/approve").status_code == 302
    assert deducts(example, day) is True


def test_nobody_else_of_a_branch_does_either(example: Company) -> None:
    head = example.client_of("gas-east.department-head")
    assert head.get(PAGE).status_code == 200
    assert head.get(f"{PAGE}/deduct").status_code == 403
