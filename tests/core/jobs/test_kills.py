"""Real worker processes that are killed, frozen, replaced and ended in the middle of a run."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable

import pytest
from sqlalchemy import select

from core.jobs.models import Worker
from jobs_office import FINISHED, LATER, NEXT_VERSION, Office, WorkerProcess

KILLS = 20 if os.environ.get("ZHIDU_TEST_FULL") == "1" else 3
CHUNKS = 40 + 8 * KILLS  # far more than are done before the last kill
PAUSE = 0.05  # seconds a chunk takes, with its rows written and not yet committed, until `hurry`


def each_once(chunks: int = CHUNKS) -> list[int]:
    return [*range(chunks), FINISHED]


def test_killed_again_and_again_each_chunk_takes_effect_once(
    office: Office, start: Callable[..., WorkerProcess]
):
    number = office.start(chunks=CHUNKS, pause=PAUSE)
    for _kill in range(KILLS):
        before = office.job(number).chunks_done
        worker = start("one")
        office.wait_for_chunks(number, before + 2)
        time.sleep(random.uniform(0, PAUSE))
        worker.kill()
        assert office.job(number).state == "running"
    office.hurry()
    start("one")
    office.wait_until_over(number)
    assert office.job(number).state == "done"
    assert office.numbers(number) == each_once()
    assert office.job(number).done == CHUNKS * 10


@pytest.mark.long
def test_a_run_goes_on_under_the_next_version_of_the_program(
    office: Office, start: Callable[..., WorkerProcess]
):
    number = office.start(chunks=CHUNKS, pause=PAUSE)
    old = start("one")
    office.wait_for_chunks(number, 5)
    old.kill()
    office.hurry()
    start("one", version=NEXT_VERSION)
    office.wait_until_over(number)
    noted = [each for each in office.numbers(number) if each != FINISHED]
    by_the_new = [each for each in noted if each >= LATER]
    assert sorted(each % LATER for each in noted) == list(range(CHUNKS))
    assert 0 < len(by_the_new) <= CHUNKS - 5


def test_another_worker_adopts_the_run_of_a_dead_one(office: Office, start: Callable[..., WorkerProcess]):
    number = office.start(chunks=CHUNKS, pause=PAUSE)
    dead = start("one")
    office.wait_for_chunks(number, 3)
    start("two")
    dead.kill()
    office.hurry()
    office.wait_until_over(number)
    assert office.numbers(number) == each_once()


@pytest.mark.long
def test_two_workers_at_once_share_the_jobs(office: Office, start: Callable[..., WorkerProcess]):
    start("one")
    start("two")
    jobs = [office.start(chunks=8, pause=0.01) for _ in range(6)]
    office.wait_until_over(*jobs)
    assert [office.numbers(each) for each in jobs] == [each_once(8)] * 6


# On SQLite a frozen writer holds the file's lock, and all others wait for it, as they must.
@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_frozen_worker_that_wakes_up_does_nothing_twice(
    office: Office, start: Callable[..., WorkerProcess]
):
    number = office.start(chunks=CHUNKS, pause=PAUSE)
    frozen = start("one")
    office.wait_for_chunks(number, 3)
    frozen.signal(signal.SIGSTOP)
    start("two")
    office.wait_for_chunks(number, 8)
    frozen.signal(signal.SIGCONT)
    office.wait_for_chunks(number, 16)
    office.hurry()
    office.wait_until_over(number)
    assert office.numbers(number) == each_once()
    assert frozen.stop() == 0


@pytest.mark.long
def test_ended_in_good_order_it_finishes_the_chunk_in_hand(
    office: Office, start: Callable[..., WorkerProcess]
):
    number = office.start(chunks=CHUNKS, pause=PAUSE)
    worker = start("one")
    office.wait_for_chunks(number, 4)
    assert worker.stop() == 0
    assert worker.log() == ""
    stopped_at = office.job(number)
    assert stopped_at.state == "running"
    assert office.numbers(number) == list(range(stopped_at.chunks_done))
    with office.database.sessions() as session:
        assert session.scalars(select(Worker.stopped)).one()
    office.hurry()
    start("another")
    office.wait_until_over(number)
    assert office.numbers(number) == each_once()
