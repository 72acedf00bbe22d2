"""A `zhidu` that has imported its parts already and forks for each command, as `zhidu run` does for its processes.

Importing takes three times as long as most commands do, and the suite gives hundreds of them.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

LONGEST = 1 << 20  # bytes of one order


class WarmProgram:
    """The forking process, begun with the first command; it ends with the process that began it."""

    def __init__(self) -> None:
        ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        arguments = [sys.executable, "-P", __file__, str(its.fileno())]
        self._process = subprocess.Popen(arguments, pass_fds=[its.fileno()], stdin=subprocess.DEVNULL)
        its.close()
        self._channel = ours
        atexit.register(self.end)

    def run(
        self, arguments: Sequence[str], *, cwd: Path, env: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """As `subprocess.run` of `zhidu ARGUMENTS` with what it says captured."""
        order = json.dumps({"arguments": list(arguments), "cwd": str(cwd), "env": env}).encode()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            socket.send_fds(self._channel, [order], [out.fileno(), err.fileno()])
            answer = self._channel.recv(64)
            assert answer, "the program that forks for commands has ended"
            out.seek(0)
            err.seek(0)
            told = out.read().decode(), err.read().decode()
        return subprocess.CompletedProcess(["zhidu", *arguments], int(answer), *told)

    def start(self, arguments: Sequence[str], *, cwd: Path, env: dict[str, str], log: int) -> Started:
        """As `subprocess.Popen` of `zhidu ARGUMENTS` in a session of its own that says all into the file `log`."""
        _adopt_orphans()
        order = {"arguments": list(arguments), "cwd": str(cwd), "env": env, "stays": True}
        socket.send_fds(self._channel, [json.dumps(order).encode()], [log, log])
        return Started(int(self._channel.recv(64)))

    def end(self) -> None:
        self._channel.close()
        self._process.wait()


class Started:
    """A process that came to this one as an orphan: what `subprocess.Popen` tells of a child."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit status; raises `subprocess.TimeoutExpired` after `timeout` seconds."""
        give_up = time.monotonic() + (float("inf") if timeout is None else timeout)
        while (status := self.poll()) is None:
            if time.monotonic() > give_up:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            time.sleep(0.01)
        return status


def _adopt_orphans() -> None:
    """Whose starter has ended becomes a child of this process, which can then learn how it ends: prctl(2)."""
    become_reaper = 36  # PR_SET_CHILD_SUBREAPER
    if ctypes.CDLL(None, use_errno=True).prctl(become_reaper, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


_one: WarmProgram | None = None
_busy = threading.Lock()


def run(
    arguments: Sequence[str], *, cwd: Path, env: dict[str, str]
) -> subprocess.CompletedProcess[str] | None:
    """What the command did; None when it has to be started from nothing, see `_one_for`."""
    with _one_for(env) as one:
        return one and one.run(arguments, cwd=cwd, env=env)


def start(arguments: Sequence[str], *, cwd: Path, env: dict[str, str], log: int) -> Started | None:
    """The command, begun; None when it has to be started from nothing, see `_one_for`."""
    with _one_for(env) as one:
        return one and one.start(arguments, cwd=cwd, env=env, log=log)


@contextmanager
def _one_for(env: dict[str, str]) -> Iterator[WarmProgram | None]:
    """The forking process; None while another thread gives an order, and where Python itself is told otherwise."""
    global _one
    python = any(name.startswith("PYTHON") and os.environ.get(name) != value for name, value in env.items())
    if python or not _busy.acquire(blocking=False):
        yield None
        return
    try:
        _one = _one or WarmProgram()
        yield _one
    finally:
        _busy.release()


# ---------------------------------------------------------------- the process that forks


def _serve(channel: socket.socket) -> None:
    import core.app
    import core.cli
    import core.jobs.worker  # noqa: F401

    while True:
        order, files, _flags, _address = socket.recv_fds(channel, LONGEST, 2)
        if not order:
            return
        asked = json.loads(order)
        here, there = os.pipe()
        process = os.fork()
        if process == 0:
            channel.close()
            os.close(here)
            if asked.get("stays"):
                _leave_behind(there)
            os.close(there)
            _become(asked, files)
        for each in (*files, there):
            os.close(each)
        _process, status = os.waitpid(process, 0)
        left_behind = os.read(here, 64)  # only an orphan by now
        os.close(here)
        channel.send(left_behind or str(os.waitstatus_to_exitcode(status)).encode())


def _leave_behind(there: int) -> None:
    """In the new process: part once more, so that what goes on is an orphan, and say which it is."""
    process = os.fork()
    if process:
        os.write(there, str(process).encode())
        os._exit(0)
    os.setsid()


def _become(order: dict[str, object], files: list[int]) -> None:
    """In the new process: be the program, with its own folder, settings and outputs, to the end."""
    from core.cli import main

    status: object = 1
    try:
        os.chdir(str(order["cwd"]))
        os.environ.clear()
        os.environ.update(order["env"])  # type: ignore[arg-type]
        os.dup2(files[0], 1)
        os.dup2(files[1], 2)
        sys.argv = ["zhidu", *order["arguments"]]  # type: ignore[misc]
        main()
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
