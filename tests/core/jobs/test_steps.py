"""What a step does when the world has changed since the last one."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from core.installation import EXTENSION
from core.jobs.models import Job
from core.jobs.queue import STOPPED_BY_PERSON
from core.jobs.steps import PLUGIN_OFF, Signal, Steps, passes_by_itself
from jobs_office import FINISHED, Office


def steps_of(office: Office, job: Job) -> Steps:
    return Steps(office.app, job.id, office.branch_id, job.run_key)


def take(office: Office, steps: Steps, name: str, *args: object) -> object:
    with office.database.sessions.begin() as session:
        return getattr(steps, name)(session, *args)


def test_a_chunk_that_is_done_is_not_done_again(office: Office):
    number = office.start(chunks=3)
    steps = steps_of(office, office.job(number))
    assert take(office, steps, "plan") == (Signal.GO, 0, 3)
    for index in (0, 0, 1, 0):
        assert take(office, steps, "chunk", index) == Signal.GO
    assert take(office, steps, "plan") == (Signal.GO, 2, 3)
    assert office.numbers(number) == [0, 1]
    assert office.job(number).done == 20


def test_a_plugin_that_is_switched_off_ends_a_waiting_job_with_its_reason(office: Office):
    number = office.start(chunks=3)
    office.switch(on=False)
    office.work(number)
    assert (office.job(number).state, office.job(number).message) == ("cancelled", PLUGIN_OFF)
    assert office.numbers(number) == [-1]


def test_a_plugin_that_is_switched_off_ends_a_running_job_between_two_chunks(office: Office):
    number = office.start(chunks=3)
    steps = steps_of(office, office.job(number))
    take(office, steps, "plan")
    take(office, steps, "chunk", 0)
    office.switch(on=False)
    assert take(office, steps, "chunk", 1) == Signal.SWITCHED_OFF
    take(office, steps, "end", Signal.SWITCHED_OFF)
    assert (office.job(number).state, office.job(number).message) == ("cancelled", PLUGIN_OFF)
    assert office.numbers(number) == [-1, 0]


def test_a_plugin_that_does_not_run_here_sends_its_job_back_and_the_rest_is_done_later(office: Office):
    number = office.start(chunks=3)
    first = office.job(number)
    steps = steps_of(office, first)
    take(office, steps, "plan")
    take(office, steps, "chunk", 0)
    kinds = office.app.extensions[EXTENSION].jobs
    mended = dict(kinds)
    kinds.clear()
    assert take(office, steps, "chunk", 1) == Signal.NOT_HERE
    take(office, steps, "end", Signal.NOT_HERE)
    kinds.update(mended)
    waiting = office.job(number)
    assert waiting.state == "queued"
    assert waiting.run_key != first.run_key
    assert take(office, steps, "chunk", 1) == Signal.OVER, "the first attempt is over"
    office.work(number)
    assert office.numbers(number) == [0, 1, 2, FINISHED]


def test_a_request_to_cancel_is_noted_once(office: Office):
    number = office.start(chunks=3)
    steps = steps_of(office, office.job(number))
    take(office, steps, "plan")
    office.cancel(number)
    assert take(office, steps, "chunk", 0) == Signal.CANCEL
    take(office, steps, "end", Signal.CANCEL)
    take(office, steps, "end", Signal.CANCEL)
    assert (office.job(number).state, office.job(number).message) == ("cancelled", STOPPED_BY_PERSON)
    assert office.numbers(number) == [-1]


def test_a_failure_after_the_end_changes_nothing(office: Office):
    number = office.start(chunks=1)
    office.work(number)
    take(office, steps_of(office, office.job(number)), "fail", RuntimeError("late"))
    assert office.job(number).state == "done"


class _DriverError(Exception):
    def __init__(self, sqlstate: str | None, text: str = "") -> None:
        super().__init__(text)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (OperationalError("", {}, _DriverError("40P01")), True),
        (OperationalError("", {}, _DriverError("57P01")), True),
        (OperationalError("", {}, _DriverError(None, "database is locked")), True),
        (OperationalError("", {}, _DriverError(None, "no such table: x")), False),
        (OperationalError("", {}, _DriverError("42P01"), connection_invalidated=True), True),
        (IntegrityError("", {}, _DriverError("23505")), False),
        (ValueError("database is locked"), False),
    ],
)
def test_only_what_passes_by_itself_is_tried_again(error: Exception, passes: bool):
    assert passes_by_itself(error) is passes
