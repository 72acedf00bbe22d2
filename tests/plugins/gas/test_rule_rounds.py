"""The rounds of the gas office are owed: each in its period, ended by itself, raised and missed, not where it rests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import gas_company
from company import Company
from core.data import clock
from core.handbook.kinds import Cadence
from core.handbook.replay import replay
from core.inspections import service
from core.inspections.kinds import OK
from core.inspections.rounds import standing
from core.worklist.models import Obligation
from core.worklist.planner import plan_night
from gas_rules import BY_ID, setting_changed
from plugins.gas.inspections import INSPECTIONS
from plugins.gas.rules.book.saying import LOOKS

EAST, WEST = "gas-east", "gas-west"
BEGIN = date(2026, 11, 30)
"""A Monday, and the last day of its month."""
WEEK_ENDS = date(2026, 12, 6)
FIRST = {
    "GAS-R01-B": BEGIN,
    "GAS-R45-B": BEGIN,
    "GAS-R46-B": WEEK_ENDS,
    "GAS-R56-B": BEGIN,
    "GAS-R57-B": BEGIN,
    "GAS-R60-B": WEEK_ENDS,
}
"""When each round is due for the first time."""


def night(company: Company, branch: str, day: date) -> None:
    with clock.frozen(datetime.combine(day, time(), UTC)), company.session(branch) as session:
        plan_night(session, day)


def duties(company: Company, branch: str) -> dict[str, list[Obligation]]:
    """By rule, what is owed or was, by due date."""
    asked = select(Obligation).where(Obligation.rule.in_(FIRST)).order_by(Obligation.due_on)
    found: dict[str, list[Obligation]] = {each: [] for each in FIRST}
    with company.session(branch) as session:
        for row in session.scalars(asked):
            found[row.rule].append(row)
        session.expunge_all()
    return found


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    made = gas_company.found(module_migrated_url, module_home)
    yield made
    made.database.dispose()


@pytest.fixture(scope="module")
def begun(company: Company) -> dict[str, dict[str, list[Obligation]]]:
    """The first night in both branches, the rounds of that day in the east; what was owed before and after them."""
    found = {}
    for branch in (EAST, WEST):
        night(company, branch, BEGIN)
    found["before"] = duties(company, EAST)
    with clock.frozen(datetime.combine(BEGIN, time(4), UTC)), company.session(EAST) as session:
        for each in standing(session, INSPECTIONS, company.branches[EAST], BEGIN):
            user = company.people[f"{EAST}.{each.round.by.removeprefix('gas.')}"]
            made = service.begun(session, each.round, each.period, each.items, BEGIN, user)
            service.judge(session, made, {item.name: service.Judged(OK) for item in made.results}, user)
            service.finish(session, made, user)
    found["after"] = duties(company, EAST)
    return found


@pytest.fixture(scope="module")
def weeks(company: Company, begun: object) -> dict[str, dict[str, list[Obligation]]]:
    """A fortnight later, in which nobody looked any more."""
    for branch in (EAST, WEST):
        night(company, branch, BEGIN + timedelta(days=14))
    return {branch: duties(company, branch) for branch in (EAST, WEST)}


def test_every_round_is_owed_by_whoever_makes_it() -> None:
    owed = {each.round: each for each in BY_ID.values() if isinstance(each, Cadence) and each.round}
    assert {each.id for each in owed.values()} == set(FIRST)
    assert {each.round: each.owner for each in owed.values()} == LOOKS
    assert set(owed) == {each.id for each in INSPECTIONS}


@pytest.mark.parametrize("number", FIRST)
def test_each_round_is_owed_in_its_period_and_ended_by_itself(
    begun: dict[str, dict[str, list[Obligation]]], number: str
) -> None:
    (before,), (after,) = (begun[each][number] for each in ("before", "after"))
    assert (before.due_on, before.state) == (FIRST[number], "open")
    assert (after.id, after.state, after.closed_entity) == (before.id, "done", "core.inspection")


@pytest.mark.parametrize("number", FIRST)
def test_what_nobody_made_goes_up_and_is_missed(
    weeks: dict[str, dict[str, list[Obligation]]], number: str
) -> None:
    first, rule = weeks[WEST][number][0], BY_ID[number]
    assert isinstance(rule, Cadence)
    assert (first.state, first.late_on) == ("missed", FIRST[number] + timedelta(days=1))
    assert first.step == len(rule.ladder)
    assert weeks[EAST][number][0].state == "done", "what was made is neither"
    assert weeks[EAST][number][0].step == 0


def test_a_round_of_which_nothing_is_looked_at_is_not_owed(
    company: Company, weeks: dict[str, dict[str, list[Obligation]]]
) -> None:
    day = BEGIN + timedelta(days=21)
    with clock.frozen(datetime.combine(day, time(), UTC)):
        setting_changed(company, "GAS-R46", EAST, "check_item", False)
        setting_changed(company, "GAS-R48", EAST, "notice_expiry", False)
    for branch in (EAST, WEST):
        night(company, branch, day)
    found = {branch: duties(company, branch) for branch in (EAST, WEST)}
    assert found[EAST]["GAS-R46-B"][-1].due_on == day - timedelta(days=1)
    assert found[WEST]["GAS-R46-B"][-1].due_on == day + timedelta(days=6)
    assert found[EAST]["GAS-R60-B"][-1].due_on == day + timedelta(days=6), "another round goes on"
    with company.session() as session:
        assert replay(session).differences == []
