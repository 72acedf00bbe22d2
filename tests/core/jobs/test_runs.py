"""Jobs as a worker in this process does them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.jobs import queue
from jobs_office import FINISHED, Office


def test_every_chunk_takes_effect_once_and_counts_are_added_up(office: Office):
    number = office.start(chunks=5)
    office.work(number)
    job = office.job(number)
    assert office.numbers(number) == [0, 1, 2, 3, 4, FINISHED]
    assert queue.progress(job) == {
        "state": "done",
        "done": 50,
        "total": 50,
        "percent": 100,
        "counts": {"even": 3, "odd": 2},
    }
    assert job.started_at is not None
    assert job.finished_at >= job.started_at


def test_a_refusal_is_kept_as_its_template_and_the_chunks_before_it_stay(office: Office):
    number = office.start(chunks=5, refuse_at=2)
    office.work(number)
    job = office.job(number)
    assert (job.state, job.message, job.message_params) == (
        "failed",
        "Chunk %(number)s is refused.",
        {"number": 2},
    )
    assert job.error_reference is None
    assert office.numbers(number) == [0, 1]
    assert queue.progress(job)["percent"] == 40


def test_a_fault_is_told_by_a_reference_number_and_never_by_sql(
    office: Office, caplog: pytest.LogCaptureFixture
):
    number = office.start(chunks=5, break_at=3)
    office.work(number)
    job = office.job(number)
    assert job.state == "failed"
    assert job.message_params == {"reference": job.error_reference}
    assert office.numbers(number) == [0, 1, 2]
    told = f"{job.message} {job.message_params} {job.error_place}"
    assert "INSERT" not in told
    assert "IntegrityError in count" in job.error_place
    assert job.error_reference in caplog.text


def test_a_failure_is_not_noted_twice_and_others_go_on(office: Office):
    first, second = office.start(refuse_at=0), office.start()
    office.work(first, second)
    assert [office.job(each).state for each in (first, second)] == ["failed", "done"]


def test_work_inside_a_savepoint_goes_with_its_chunk(office: Office):
    number = office.start("office.savepoint")
    office.work(number)
    assert office.job(number).state == "failed"
    assert office.numbers(number) == []


def test_a_waiting_job_is_cancelled_at_once(office: Office):
    number = office.start()
    office.cancel(number)
    job = office.job(number)
    assert (job.state, office.numbers(number)) == ("cancelled", [-1])
    other = office.start()
    office.work(other)
    assert (office.job(number).state, office.numbers(number)) == ("cancelled", [-1])


def test_a_running_job_stops_after_the_present_chunk(office: Office):
    number = office.start(chunks=200, pause=0.02)
    with ThreadPoolExecutor() as pool:
        cancelled = pool.submit(_cancel_when, office, number, 3)
        office.work(number)
        cancelled.result()
    done = office.numbers(number)
    assert office.job(number).state == "cancelled"
    assert done[0] == -1
    assert 3 <= len(done) - 1 < 200
    assert done[1:] == list(range(len(done) - 1))


def test_a_job_that_is_over_cannot_be_cancelled(office: Office):
    number = office.start()
    office.work(number)
    office.cancel(number)
    assert office.job(number).state == "done"
    assert not office.job(number).cancel_requested


def _cancel_when(office: Office, number: int, chunks: int) -> None:
    office.wait_for_chunks(number, chunks)
    office.cancel(number)
