"""The engine's tables are made by `migrate` alone, by one of two processes that try at once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text

import jobs_office
from core.data.database import Database
from core.data.errors import SetupError
from core.jobs import storage
from core.jobs.worker import run_worker
from jobs_office import FINISHED, Office


@pytest.fixture
def empty(database_url: str, tmp_path: Path) -> Database:
    (tmp_path / "data").mkdir(exist_ok=True)
    return Database(database_url)


def test_ready_is_told_before_and_after_and_makes_nothing(empty: Database, tmp_path: Path):
    assert not storage.ready(empty)
    assert not list(tmp_path.rglob("*-jobs.sqlite"))
    storage.migrate(empty)
    assert storage.ready(empty)
    storage.migrate(empty)
    assert storage.ready(empty)
    empty.dispose()


def test_two_processes_may_migrate_at_the_same_time(empty: Database):
    processes = [jobs_office.migrating(empty.url) for _ in range(2)]
    for each in processes:
        each.join()
    assert [each.exitcode for each in processes] == [0, 0]
    assert storage.ready(empty)
    empty.dispose()


def test_a_worker_without_the_tables_says_what_to_run(office: Office):
    table = "datasource_outputs" if office.database.is_sqlite else "dbos.datasource_outputs"
    versions = (
        "dbos_datasource_migrations" if office.database.is_sqlite else "dbos.dbos_datasource_migrations"
    )
    with office.database.engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text(f"DROP TABLE {versions}"))
    with pytest.raises(SetupError, match="run: zhidu migrate"):
        run_worker(office.app, stop=threading.Event())


def test_an_unreachable_database_is_not_ready():
    assert not storage.ready(Database("postgresql://nobody@127.0.0.1:1/nowhere"))


# As after a restore: the main file knows of a run that the engine's file never heard of, or heard the end of.
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_run_that_the_engine_lost_is_begun_again_where_it_stopped(office: Office):
    number = office.start(chunks=6, pause=0.2)
    office.leave_after(number, chunks=2)
    storage.system_file(office.database).unlink()
    storage.migrate(office.database)
    office.work(number)
    assert office.job(number).state == "done"
    assert office.numbers(number) == [*range(6), FINISHED]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_run_that_the_engine_gave_up_becomes_a_failed_job(office: Office):
    number = office.start(chunks=6, pause=0.2)
    office.leave_after(number, chunks=2)
    engine = Database(storage.system_url(office.database)).engine
    with engine.begin() as connection:
        connection.execute(text("UPDATE workflow_status SET status = 'CANCELLED'"))
    engine.dispose()
    office.work(number)
    job = office.job(number)
    assert job.state == "failed"
    assert job.message_params == {"reference": job.error_reference}
    assert office.numbers(number) == list(range(job.chunks_done))
