"""Names of workers, and how they take each other for dead."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from core.data.errors import SetupError
from core.jobs.heartbeat import Gone, Heartbeat
from core.jobs.identity import worker_name
from core.jobs.models import Worker
from core.jobs.worker import Worker as WorkerProgram
from core.jobs.worker import run_worker
from jobs_office import Office


def test_each_worker_of_a_machine_takes_the_first_free_name(tmp_path: Path):
    with worker_name(tmp_path) as first:
        with worker_name(tmp_path) as second:
            assert first.endswith("-1")
            assert second == first.removesuffix("1") + "2"
        with worker_name(tmp_path) as third:
            assert third == second
    with worker_name(tmp_path) as again:
        assert again == first


def test_a_chosen_name_is_borne_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ZHIDU_WORKER_ID", "billing/1")
    with worker_name(tmp_path) as name:
        assert name == "billing/1"
        with (
            pytest.raises(SetupError, match="another worker named billing/1 runs here"),
            worker_name(tmp_path),
        ):
            pass
    with worker_name(tmp_path) as name:
        assert name == "billing/1"


def test_silence_is_taken_for_death_and_a_beat_for_life(office: Office):
    one, two = (Heartbeat(office.database, name, dead_after=0.2) for name in ("one", "two"))
    one.beat()
    two.beat()
    assert one.gone() == [], "the stopwatch starts with the first look"
    time.sleep(0.3)
    assert one.gone() == [Gone("two", 0)]
    two.beat()
    assert one.gone() == []


def test_a_worker_that_said_goodbye_is_gone_at_once_and_back_when_it_beats(office: Office):
    one, two = (Heartbeat(office.database, name, dead_after=1000) for name in ("one", "two"))
    two.beat()
    two.stopped()
    gone = one.gone()
    assert gone == [Gone("two", 0)]
    two.beat()
    assert one.gone() == []
    one.forget(gone[0])
    with office.database.sessions() as session:
        assert session.scalars(select(Worker.executor_id)).all() == ["two"], (
            "it came back before it was forgotten"
        )


def test_a_forgotten_worker_has_no_row(office: Office):
    one, two = (Heartbeat(office.database, name, dead_after=1000) for name in ("one", "two"))
    two.beat()
    two.stopped()
    one.forget(one.gone()[0])
    with office.database.sessions() as session:
        assert session.scalars(select(Worker)).all() == []


def test_a_worker_that_cannot_go_on_ends_with_its_reason(office: Office, monkeypatch: pytest.MonkeyPatch):
    def broken(_worker: WorkerProgram) -> None:
        raise ValueError("a fault in the worker itself")

    monkeypatch.setattr(WorkerProgram, "_dispatch", broken)
    with pytest.raises(ValueError, match="a fault in the worker itself"):
        run_worker(office.app, stop=threading.Event())
    with office.database.sessions() as session:
        assert session.scalars(select(Worker)).one().stopped
