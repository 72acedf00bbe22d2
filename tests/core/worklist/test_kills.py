"""Planners that are killed in the middle of a night: what is owed in the end is what it would have been without."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date

import pytest
from shop.models import Customer
from sqlalchemy import select

from company import Company
from core.jobs import storage
from core.jobs.models import Job
from core.measures import keeping
from core.messages.models import Outgoing
from core.worklist import planner
from duties import at, customer, night, order, owed, ruled_by
from planner_office import PAUSE, PlannerProcess, hurried, job_of, wait_for_chunks, wait_until_over
from run_folder import kills
from shop_duties import DUTIES, REMINDED

FIRST_NIGHT, LAST_NIGHT = date(2026, 11, 2), date(2026, 11, 27)


@pytest.fixture
def office(own_company: Company) -> Iterator[Company]:
    """The shop's duties in force, and who is told of them."""
    with ruled_by(own_company, (*DUTIES, REMINDED)):
        yield own_company


@pytest.fixture
def alike(office: Company) -> Company:
    """Two branches with the same customers, planned up to the same night; then the planner is down for weeks."""
    assert storage.ready(office.database)
    for branch in ("east", "west"):
        with at(FIRST_NIGHT):
            found = [
                customer(office, branch, number=f"K{each}", kind=kind, since=date(2026, 9, each + 1))
                for each in range(12)
                for kind in (("home", "firm")[each % 2],)
            ]
        night(office, FIRST_NIGHT, branch)
        order(office, found[1], on=date(2026, 11, 20), branch=branch)
        with office.session(branch) as session:
            session.get_one(Customer, found[3]).vip = True
            session.get_one(Customer, found[5]).since = date(2026, 9, 25)
    return office


def state(company: Company, branch: str) -> list[tuple[object, ...]]:
    """All that is and was owed, by what tells one from another in any branch."""
    with company.session(branch) as session:
        numbers = {each.id: each.number for each in session.query(Customer)}
    return sorted(
        (
            each.rule,
            numbers.get(each.record_id, "") if each.entity == "shop.customer" else "branch",
            each.occurrence.partition("/")[0],
            each.due_on,
            each.state,
            str(each.late_on),
            each.step,
            str(each.paused_on),
            each.merged_into is not None,
        )
        for each in owed(company, branch=branch)
    )


def told(company: Company, branch: str) -> list[tuple[object, ...]]:
    """Every message, by what tells one from another in any branch; each speaks of an obligation of its record."""
    duties = {each.id: each for each in owed(company, branch=branch)}
    with company.session(branch) as session:
        numbers = {each.id: each.number for each in session.query(Customer)}
        rows = [(each, duties[each.obligation_id or 0]) for each in session.query(Outgoing)]
        assert all(row.record_id == duty.record_id for row, duty in rows)
        return sorted(
            (row.rule, numbers[row.record_id], row.body, duty.rule, duty.state) for row, duty in rows
        )


def test_killed_again_and_again_nothing_is_lost_and_nothing_is_double(alike: Company, backend: str):
    night(alike, LAST_NIGHT, "west")
    for _kill in range(kills(backend)):
        worker = PlannerProcess.start(alike, f"{LAST_NIGHT}T02:00:00+08:00")
        before = job_of(alike, "east")
        wait_for_chunks(alike, worker, "east", (before.chunks_done if before else 0) + 2)
        time.sleep(random.uniform(0, PAUSE))
        worker.kill()
        assert job_of(alike, "east").is_live
    hurried(alike.installation.settings.home).touch()
    worker = PlannerProcess.start(alike, f"{LAST_NIGHT}T02:00:00+08:00")
    wait_until_over(alike, worker, "east")
    worker.kill()
    assert job_of(alike, "east").state == "done"
    assert job_of(alike, "west") is None  # planned already, so no worker began it
    expected = state(alike, "west")
    assert len(expected) > 20
    assert state(alike, "east") == expected
    messages = told(alike, "west")
    assert len(messages) == len(set(messages)) > 2
    assert told(alike, "east") == messages


@pytest.mark.long
def test_a_night_is_begun_once_a_day_of_each_branch(alike: Company):
    hurried(alike.installation.settings.home).touch()
    worker = PlannerProcess.start(alike, f"{LAST_NIGHT}T02:00:00+08:00")
    for branch in ("east", "west"):
        wait_for_chunks(alike, worker, branch, 1)
        wait_until_over(alike, worker, branch)
    time.sleep(1)  # several looks later
    worker.kill()
    with alike.session("east") as session:
        begun = select(Job.kind).where(Job.branch_id == alike.branches["east"]).order_by(Job.kind)
        assert session.scalars(begun).all() == [keeping.FIGURES, planner.KIND]
    assert state(alike, "east") == state(alike, "west")
