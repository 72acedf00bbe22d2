"""The real program as a process of its own: started, waited for, ended or killed by its process id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import postgres_server
import warm_program

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(sys.executable).with_name("zhidu")
LONGEST_START = 120.0  # seconds; only bounds a start that hangs
LONGEST_END = 30.0  # seconds, after which the process is killed
LAST_LINES = 60
DEMO_PASSWORD = "demo-password-of-the-tests"


@dataclass
class LiveServer:
    """One running `zhidu` command, with all its child processes in one process group."""

    command: str
    process: subprocess.Popen[bytes] | warm_program.Started
    port: int
    home: Path
    log_file: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self.process.pid

    def url(self, path: str) -> str:
        return self.address + path

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def is_running(self) -> bool:
        return self.process.poll() is None

    def wait_ready(self) -> None:
        """Return once /readyz answers 200; raise with the end of the log when the program ended or hangs."""
        give_up = time.monotonic() + LONGEST_START
        while not answers(self.url("/readyz")):
            if not self.is_running():
                raise AssertionError(
                    f"`zhidu {self.command}` ended with {self.process.returncode}:\n{self.tail()}"
                )
            if time.monotonic() > give_up:
                raise AssertionError(f"`zhidu {self.command}` is not ready:\n{self.tail()}")
            time.sleep(0.05)

    def stop(self) -> int:
        """Ask the program to end, as an operator does. Returns its exit status."""
        if self.is_running():
            self._signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(LONGEST_END)
        self.kill()
        return self.process.returncode

    def kill(self) -> None:
        """kill -9 for the program and all its children."""
        self._signal(signal.SIGKILL)
        self.process.wait()

    def tail(self) -> str:
        return "\n".join(self.log().splitlines()[-LAST_LINES:])

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def start(
    url: str,
    *arguments: str,
    home: Path,
    command: str = "run",
    port: int | None = None,
    environment: dict[str, str] | None = None,
    wait: bool = True,
    cold: bool = False,
) -> LiveServer:
    """Start `zhidu COMMAND ARGUMENTS` on the database `url`.

    `run` and `web` listen on `port` (a free one when None) and are waited for unless `wait` is False;
    `worker` listens on none and is not waited for. `environment` is added to the settings. Give several
    processes of one installation the same `home`; a test's own is where its SQLite file is. `cold` starts it from
    nothing, as an operator does; else it is forked by `warm_program`, which is quicker.
    """
    home.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    log_file = home / f"{command}-{time.monotonic_ns()}.log"
    settings = {
        "ZHIDU_DATABASE_URL": url,
        "ZHIDU_DATABASE_OWNER_URL": postgres_server.owner_url(url),
        "ZHIDU_HOME": str(home),
        "ZHIDU_PORT": str(port),
        "ZHIDU_DEMO_PASSWORD": DEMO_PASSWORD,
        **(environment or {}),
    }
    env = {**os.environ, **settings}
    with log_file.open("wb") as log:
        warm = (
            None if cold else warm_program.start([command, *arguments], cwd=ROOT, env=env, log=log.fileno())
        )
        process = warm or subprocess.Popen(
            [str(PROGRAM), command, *arguments],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = LiveServer(command, process, port, home, log_file)
    if wait and command != "worker":
        try:
            server.wait_ready()
        except BaseException:
            server.kill()
            raise
    return server


@contextmanager
def ending_all(home: Path) -> Iterator[Callable[..., LiveServer]]:
    """Give `start` with this home; at last kill what still runs, and put its logs into the test's output."""
    started: list[LiveServer] = []

    def start_one(url: str, *arguments: str, **options: Any) -> LiveServer:
        server = start(url, *arguments, **{"home": home, **options})
        started.append(server)
        return server

    try:
        yield start_one
    finally:
        for server in reversed(started):
            server.kill()
            print(f"---- `zhidu {server.command}`, port {server.port}\n{server.tail()}")  # noqa: T201 - shown when a test fails


def answers(address: str) -> bool:
    """True when a GET is answered with 200."""
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
