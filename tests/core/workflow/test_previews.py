"""Which moves of the last months would have needed other people under another figure of an approval rule."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from leave.rules import LONG_LEAVE

from company import Company
from core.data import clock
from core.handbook.changing import Change, proposed
from core.handbook.preview import Previewed
from core.workflow.previewing import of_approvals
from leave_office import application

BOTH = "Leave manager, Leave director"
NOBODY = "Nobody is asked"


@pytest.fixture(scope="module")
def leaves(office: Company) -> dict[str, int]:
    """Five days were asked for and wait, two were granted at once, nine are not handed in yet."""
    long, short = (
        application(office, days=5, state="submitted"),
        application(office, days=2, state="submitted"),
    )
    application(office, days=9)
    path = "/api/v1/leave/application"
    assert office.api_of("leading")("POST", f"{path}/{long}/grant", json={"note": "Yes."}).status_code == 202
    assert office.api_of("leading")("POST", f"{path}/{short}/grant", json={}).status_code == 200
    return {"long": long, "short": short}


def previewed(office: Company, name: str, value: Any, rule: Any = LONG_LEAVE) -> tuple[int, dict[int, Any]]:
    """How many were judged, and of each record that comes out otherwise who was asked and who would have been."""
    today = clock.today()
    found = Previewed(rule, today - timedelta(days=365))
    row = proposed(rule, Change(name, office.branches["east"], today, value, "to see"))
    with office.app.test_request_context(), office.session("east") as session:
        of_approvals(session, rule, row, found)
    return found.judged, {each.record_id or 0: (each.before, each.after) for each in found.otherwise}


def test_moves_that_would_have_needed_nobody_or_somebody(office: Company, leaves: dict[str, int]):
    judged, found = previewed(office, "from_days", 6)
    assert judged == 2, "what is not handed in made no move"
    assert found == {leaves["long"]: (BOTH, NOBODY)}
    assert previewed(office, "from_days", 2)[1] == {leaves["short"]: (NOBODY, BOTH)}
    assert previewed(office, "from_days", 4) == (2, {})


def test_moves_that_would_have_needed_fewer_people(office: Company, leaves: dict[str, int]):
    assert previewed(office, "steps", 1)[1] == {leaves["long"]: (BOTH, "Leave manager")}
