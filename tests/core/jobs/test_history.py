"""What a job does is on record as its own work and as that of whoever asked for it, without its progress."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.branches import system_scope
from core.history import HistoryEntry
from core.jobs.models import DONE
from jobs_office import Office


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_job_is_told_of_when_it_is_asked_for_begins_and_ends(office: Office):
    number = office.start(count=3)
    office.work(number)
    assert office.job(number).state == DONE
    with system_scope("the test reads"), office.database.sessions() as session:
        told = session.scalars(
            select(HistoryEntry).filter_by(table_name="core_job", record_id=number).order_by(HistoryEntry.id)
        ).all()
    states = [each.changes["state"][-1] for each in told if "state" in each.changes]
    assert states == ["queued", "running", "done"]
    assert {each.origin for each in told[1:]} == {f"job {number}"}
    assert not any({"done", "chunks_done", "counts"} & set(each.changes) for each in told)
