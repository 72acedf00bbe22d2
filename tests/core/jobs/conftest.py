"""A small office whose plugin declares jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import jobs_office
from jobs_office import Office, WorkerProcess


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[jobs_office.Office]:
    """The office on each database."""
    (tmp_path / "data").mkdir(exist_ok=True)
    made = jobs_office.make(database_url, tmp_path / "home")
    yield made
    made.database.dispose()


@pytest.fixture
def start(office: Office) -> Iterator[Callable[..., WorkerProcess]]:
    """Starts workers; whichever still runs at the end is killed."""
    started: list[WorkerProcess] = []

    def start_one(name: str, version: str = "") -> WorkerProcess:
        started.append(WorkerProcess.start(office, name, version))
        return started[-1]

    yield start_one
    for worker in started:
        if worker.is_alive:
            worker.kill()
        print(f"---- a worker\n{worker.log()}")  # noqa: T201 - pytest shows it when the test fails
