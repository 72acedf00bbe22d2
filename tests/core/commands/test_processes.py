"""`zhidu run` and its processes: whoever dies by accident is replaced, and nothing is left behind."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psutil
import pytest
from sqlalchemy import func, select

from core.data import clock
from core.data.database import Database
from core.jobs.models import Worker

LONGEST = 60.0  # seconds; only bounds a wait that hangs


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_worker_that_is_killed_is_replaced_and_all_end_together(database_url: str, live_server):
    server = live_server(database_url, "--no-demo", cold=True)
    program = psutil.Process(server.pid)
    web, worker = by_role(program)

    killed_at = clock.now()
    worker.send_signal(signal.SIGKILL)

    until(lambda: len(program.children()) == 2 and worker not in program.children())
    assert web in program.children()
    until(lambda: (last_beat(database_url) or killed_at) > killed_at)
    everything = [program, *program.children(recursive=True)]
    assert server.stop() == 0
    assert not [each for each in everything if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.long
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_without_web_the_program_ends_and_says_so(database_url: str, live_server):
    server = live_server(database_url, "--no-demo", cold=True)
    program = psutil.Process(server.pid)
    web, worker = by_role(program)

    web.send_signal(signal.SIGKILL)

    until(lambda: not server.is_running())
    assert server.process.returncode == 1
    assert "zhidu: the web process ended with status -9; its messages stand above" in server.log()
    until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def test_what_cannot_be_prepared_is_said_once(tmp_path: Path, live_server):
    server = live_server(f"sqlite:///{tmp_path}/no/such/folder/z.sqlite", "--no-demo", wait=False, cold=True)
    until(lambda: not server.is_running())
    assert server.process.returncode == 1
    assert server.log().count("\n") == 1
    assert server.log().startswith("zhidu: ")


def by_role(program: psutil.Process) -> tuple[psutil.Process, psutil.Process]:
    """Web, which has processes of its own, and the worker."""
    until(lambda: len(program.children()) == 2 and any(each.children() for each in program.children()))
    web, worker = sorted(program.children(), key=lambda each: not each.children())
    return web, worker


def last_beat(url: str) -> datetime | None:
    """None before any worker was at work."""
    database = Database(url)
    try:
        with database.sessions() as session:
            return session.scalars(select(func.max(Worker.heartbeat_at))).one_or_none()
    finally:
        database.dispose()


def until(condition: Callable[[], bool]) -> None:
    give_up = time.monotonic() + LONGEST
    while not condition():
        assert time.monotonic() < give_up, "it did not happen"
        time.sleep(0.1)
