"""A `zhidu` that has imported its parts already and forks for each command, as `zhidu run` does for its processes.

Importing takes three times as long as most commands do, and the suite gives hundreds of them.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
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

    def end(self) -> None:
        self._channel.close()
        self._process.wait()


_one: WarmProgram | None = None
_busy = threading.Lock()


def run(
    arguments: Sequence[str], *, cwd: Path, env: dict[str, str]
) -> subprocess.CompletedProcess[str] | None:
    """What the command did; None when it has to be started from nothing.

    That is so while another thread's command runs, and where Python itself is given other settings.
    """
    global _one
    if any(name.startswith("PYTHON") and os.environ.get(name) != value for name, value in env.items()):
        return None
    if not _busy.acquire(blocking=False):
        return None
    try:
        _one = _one or WarmProgram()
        return _one.run(arguments, cwd=cwd, env=env)
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
        process = os.fork()
        if process == 0:
            channel.close()
            _become(json.loads(order), files)
        for each in files:
            os.close(each)
        _process, status = os.waitpid(process, 0)
        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


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
