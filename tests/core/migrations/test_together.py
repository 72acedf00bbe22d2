"""Several processes that migrate one database at the same time: one works, the others find it done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import made_up_migrations
import servers
from made_up_migrations import table, write

SLOWLY = "import time; time.sleep(0.5)\n    "
PROCESSES = 4
LONGEST = 120  # seconds; only bounds a test that hangs


def started(command: list[str], **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=servers.ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def outputs(processes: list[subprocess.Popen[str]]) -> list[tuple[int, str, str]]:
    ended = [(process.communicate(timeout=LONGEST), process.returncode) for process in processes]
    return [(status, out, err) for (out, err), status in ended]


def test_processes_at_the_same_time_apply_each_revision_once(tmp_path, database_url):
    up, down = table("first_b")
    first = write(tmp_path, "first", table("first_a"), (SLOWLY + up, down))
    second = write(tmp_path, "second", table("second_a"))
    go = tmp_path / "go"
    program = str(Path(made_up_migrations.__file__))
    command = [sys.executable, program, database_url, str(go), str(first.folder), str(second.folder)]
    processes = [started(command) for _ in range(PROCESSES)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
    go.touch()
    ended = outputs(processes)
    assert [status for status, _out, _err in ended] == [0] * PROCESSES, ended
    applied = [line for _status, out, _err in ended for line in out.split()]
    assert sorted(applied) == ["first_0001", "first_0002", "second_0001"]


def test_the_command_run_twice_at_the_same_time_ends_well_both_times(tmp_path, database_url):
    settings = {"ZHIDU_DATABASE_URL": database_url, "ZHIDU_HOME": str(tmp_path / "own")}
    (tmp_path / "own").mkdir()
    ended = outputs([started([str(servers.PROGRAM), "migrate"], **settings) for _ in range(2)])
    assert [status for status, _out, _err in ended] == [0, 0], ended
    made = [line for _status, out, _err in ended for line in out.splitlines() if line.endswith(" done")]
    assert made.count("core_0001 done") == 1
    assert len(made) == len(set(made))
