"""Work in one long chunk, all or nothing: it tells how far it is, is stopped inside, and survives a killed worker."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.installation import EXTENSION
from core.jobs.meanwhile import FOLDER
from core.jobs.queue import STOPPED_WHOLE
from core.jobs.steps import FAULT, WHOLE_FAULT, Steps
from jobs_office import FINISHED, Office, WorkerProcess

PARTS = 400  # far more than are done before it is stopped or killed
PAUSE = 0.05


@pytest.fixture
def begun(office: Office, start: Callable[..., WorkerProcess]) -> tuple[int, WorkerProcess]:
    """A job whose chunk is in the hands of a worker."""
    number = office.start("office.whole", parts=PARTS, pause=PAUSE)
    worker = start("one")
    office.wait_inside(number, 30)
    return number, worker


def left_behind(office: Office) -> list[str]:
    home = office.app.extensions[EXTENSION].settings.home
    return [each.name for each in (home / FOLDER).iterdir()]


def test_it_tells_how_far_it_is_and_is_stopped_inside_with_nothing_kept(
    office: Office, begun: tuple[int, WorkerProcess]
):
    number, _worker = begun
    assert (office.job(number).done, office.numbers(number)) == (0, [])
    office.cancel(number)
    office.wait_until_over(number)
    job = office.job(number)
    assert (job.state, job.done, job.message) == ("cancelled", 0, STOPPED_WHOLE)
    assert office.numbers(number) == [-1]
    assert left_behind(office) == []


def test_killed_it_is_taken_up_again_from_its_beginning_and_takes_effect_once(
    office: Office,
    begun: tuple[int, WorkerProcess],
    start: Callable[..., WorkerProcess],
):
    number, worker = begun
    worker.kill()
    assert (office.job(number).state, office.numbers(number)) == ("running", [])
    office.hurry()
    start("one")
    office.wait_until_over(number)
    assert (office.job(number).state, office.job(number).done) == ("done", PARTS * 10)
    assert office.numbers(number) == [*range(PARTS), FINISHED]
    assert left_behind(office) == []


def test_a_worker_that_ends_in_good_order_does_not_wait_for_it(
    office: Office,
    begun: tuple[int, WorkerProcess],
    start: Callable[..., WorkerProcess],
):
    number, worker = begun
    assert worker.stop() == 0
    assert (office.job(number).state, office.numbers(number)) == ("running", [])
    office.hurry()
    start("another")
    office.wait_until_over(number)
    assert office.numbers(number) == [*range(PARTS), FINISHED]


def test_a_fault_says_that_nothing_was_kept(office: Office):
    for kind, said in (("office.whole", WHOLE_FAULT), ("office.count", FAULT)):
        job = office.job(office.start(kind, parts=1))
        steps = Steps(office.app, job.id, office.branch_id, job.run_key)
        with office.database.sessions.begin() as session:
            steps.fail(session, ValueError("broken"))
        assert office.job(job.id).message == said
