"""The example year: its fines are what the tariff says, and slips of all kinds are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import conduct_company
from company import Company
from core.branches import Branch, BranchPlugin, branch_scope
from core.demo import DemoCompany
from core.worklist.models import OPEN, Obligation
from plugins.conduct import fines
from plugins.conduct.demo import BREACHES, fill
from plugins.conduct.models import Appeal, Offence, Slip
from plugins.conduct.rules.names import FILED


@pytest.fixture(scope="module")
def example(module_migrated_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = conduct_company.found(module_migrated_url, Path(tmp_path_factory.mktemp("example")))
    with made.session() as session:
        west = Branch(code="gas-west", name_zh="城西", name_en="West")
        session.add(west)
        session.flush()
        made.branches["gas-west"] = west.id
        session.add(BranchPlugin(branch_id=west.id, plugin="conduct"))
        session.flush()
        fill(DemoCompany(session, {west.code: west}, {west.code: ("conduct",)}))
    yield made
    made.database.dispose()


def test_every_fine_is_what_the_tariff_says(example: Company):
    with example.app.app_context(), branch_scope(example.branches["gas-west"]):
        session = example.database.session()
        slips = session.scalars(select(Slip)).all()
        assert len(slips) == BREACHES + 3
        for slip in slips:
            fines.demand_fitting(session, slip)
        items = session.scalars(select(Offence)).all()
        assert len(items) == 16


def test_slips_of_every_state_and_answered_appeals_are_there(example: Company):
    with example.session("gas-west") as session:
        states = Counter(session.scalars(select(Slip.state)))
        assert {"drafted", "issued", "effective", "cancelled"} <= set(states)
        appeals = session.scalars(select(Appeal)).all()
        waiting = [each.id for each in appeals if each.state == FILED]
        owed = session.scalars(
            select(Obligation.record_id).where(Obligation.rule == "HR-R09", Obligation.state == OPEN)
        )
        assert list(owed) == waiting
        assert len(waiting) == 1
        for appeal in appeals:
            if appeal.id in waiting:
                continue
            assert appeal.answered_on is not None
            assert appeal.answer_until is not None
            assert appeal.answered_on <= appeal.answer_until
