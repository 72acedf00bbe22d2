"""Starting and cancelling: rows in the caller's transaction, at most one live job of a key."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from core.branches import Branch, branch_scope
from core.data import UserError
from core.jobs import queue
from core.jobs.models import Job
from jobs_office import Office, trace


def jobs_of(office: Office) -> int:
    with branch_scope(office.branch_id), office.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(Job)) or 0


def test_job_and_business_row_commit_together_or_not_at_all(office: Office):
    def both(fail: bool) -> None:
        with office.inside(), office.database.sessions.begin() as session:
            job = queue.start(session, "office.count", {}, single_key="2026-11")
            session.execute(insert(trace).values(branch_id=office.branch_id, job_id=job.id, number=7))
            if fail:
                raise ValueError("the business row could not be made")

    with pytest.raises(ValueError, match="the business row"):
        both(fail=True)
    assert jobs_of(office) == 0
    both(fail=False)
    assert jobs_of(office) == 1


def test_a_second_live_job_of_the_same_key_is_refused_until_the_first_is_over(office: Office):
    first = office.start(single_key="2026-11")
    with pytest.raises(UserError) as refused:
        office.start(single_key="2026-11")
    assert (refused.value.status, refused.value.message) == (409, queue.RUNS_ALREADY)
    office.start(single_key="2026-12")
    office.start()
    office.start()
    office.cancel(first)
    office.start(single_key="2026-11")


def test_the_same_key_may_be_live_in_another_branch(office: Office):
    office.start(single_key="2026-11")
    with office.database.sessions.begin() as session:
        other = Branch(code="there", name_zh="那里", name_en="There")
        session.add(other)
        session.flush()
        other_id = other.id
    with (
        office.app.app_context(),
        branch_scope(other_id),
        office.database.sessions.begin() as session,
    ):
        assert queue.start(session, "office.count", {}, single_key="2026-11").branch_id == other_id


def test_two_who_press_at_the_same_moment_get_one_job(office: Office, monkeypatch: pytest.MonkeyPatch):
    both_have_looked = threading.Barrier(2)
    looked: set[int] = set()
    really = queue._live

    def look(session: Session, kind: str, key: str) -> bool:
        answer = really(session, kind, key)
        if threading.get_ident() not in looked:
            looked.add(threading.get_ident())
            both_have_looked.wait()
        return answer

    def press() -> Any:
        try:
            return office.start(single_key="2026-11")
        except UserError as refusal:
            return refusal.status

    monkeypatch.setattr(queue, "_live", look)
    with ThreadPoolExecutor(2) as people:
        answers = [each.result() for each in [people.submit(press), people.submit(press)]]
    # Whoever is refused may have taken a number.
    assert [each for each in sorted(answers) if each > 2] == [409]
    assert jobs_of(office) == 1


def test_a_refused_start_leaves_the_callers_transaction_usable(office: Office):
    office.start(single_key="2026-11")
    with office.inside(), office.database.sessions.begin() as session:
        session.execute(insert(trace).values(branch_id=office.branch_id, job_id=0, number=1))
        with pytest.raises(UserError):
            queue.start(session, "office.count", {}, single_key="2026-11")
        session.execute(insert(trace).values(branch_id=office.branch_id, job_id=0, number=2))
    assert office.numbers(0) == [1, 2]


def test_a_kind_that_nobody_declares_cannot_be_started(office: Office):
    with pytest.raises(LookupError, match="no running plugin declares the job"):
        office.start("office.unknown")


def test_a_job_of_another_branch_cannot_be_cancelled(office: Office):
    number = office.start()
    with (
        office.app.app_context(),
        branch_scope(office.branch_id + 1),
        office.database.sessions.begin() as session,
        pytest.raises(UserError) as refused,
    ):
        queue.cancel(session, number)
    assert refused.value.status == 404
    assert office.job(number).state == "queued"


@pytest.mark.parametrize(
    ("state", "done", "total", "percent"),
    [
        ("queued", 0, 0, 0),
        ("running", 0, 300, 0),
        ("running", 299, 300, 99),
        ("running", 300, 300, 99),
        ("done", 0, 0, 100),
        ("done", 300, 300, 100),
        ("failed", 150, 300, 50),
    ],
)
def test_percent_reaches_a_hundred_only_when_all_is_done(state: str, done: int, total: int, percent: int):
    job = Job(state=state, done=done, total=total, counts={"bills": done})
    assert queue.progress(job) == {
        "state": state,
        "done": done,
        "total": total,
        "percent": percent,
        "counts": {"bills": done},
    }
