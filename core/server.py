"""The processes of an installation: web (gunicorn), worker, and both together with `zhidu run`."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import socket
import time
from collections.abc import Callable
from multiprocessing.context import ForkProcess
from typing import Any, Self

from gunicorn.app.base import BaseApplication

from core.complaints import complaining
from core.data.errors import SetupError
from core.settings import Settings

HOST = "127.0.0.1"
THREADS = 8
PROCESSES = 2
RESTART_SECONDS, LOOK_SECONDS = 1.0, 0.25
LONGEST_END = 60.0
_STOPS = (signal.SIGTERM, signal.SIGINT)
_FORK = multiprocessing.get_context("fork")


class WebServer(BaseApplication):
    """gunicorn with threads: several requests a process, a dead process is replaced, upgrades reload without a gap."""

    def __init__(self, app: Any, address: str, processes: int) -> None:
        self.app = app
        self.address = address
        self.processes = processes
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": self.address,
            "workers": self.processes,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": 20,
            "keepalive": 5,
            "proc_name": "zhidu-web",
            "control_socket_disable": True,
            "forwarded_allow_ips": "",  # whom to believe is said by ZHIDU_TRUSTED_PROXIES alone
            "post_fork": _own_connections,
        }
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        return self.app


def _own_connections(_server: Any, worker: Any) -> None:
    # A connection that was opened before the fork must not be shared between processes.
    from core.installation import EXTENSION

    worker.app.app.extensions[EXTENSION].database.engine.dispose(close=False)


def check_port(port: int) -> None:
    """Raise SetupError when another program holds the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise SetupError(
                f"port {port} is taken by another program; stop it, or set ZHIDU_PORT to another number"
            ) from None


def serve(app: Any, settings: Settings, processes: int = PROCESSES) -> None:
    """Serve the web application until the process is told to end."""
    gc.freeze()  # what is there now stays: the collector of no web process touches it, so the memory stays shared
    WebServer(app, f"{HOST}:{settings.port}", processes).run()


class Processes:
    """Processes that share what this one has imported, and that end with it.

    They are forked, so that nothing is read twice and memory is shared. This one has to keep clear of whatever does
    not outlive a fork: threads, connections to the database.
    """

    def __init__(self) -> None:
        self.ending = False
        self._before: list[Any] = []

    def __enter__(self) -> Self:
        # Before anything is started, so that nothing is left behind by a stop that comes early.
        self._before = [signal.signal(each, self._end) for each in _STOPS]
        return self

    def __exit__(self, *_error: object) -> None:
        for each, handler in zip(_STOPS, self._before, strict=True):
            signal.signal(each, handler)

    def run(self, work: Callable[[], None]) -> int:
        """Do `work` in a process of its own and wait for it. Returns its exit status."""
        process = _started(work)
        while process.is_alive() and not self.ending:
            process.join(LOOK_SECONDS)
        return _ended(process) if self.ending else _status(process)

    def serve(self, web: Callable[[], None], worker: Callable[[], None]) -> int:
        """Both side by side: a worker that dies is started again, the end of web ends both. Returns web's status."""
        serving, working = _started(web), _started(worker)
        while not self.ending and serving.is_alive():
            if not working.is_alive():
                time.sleep(RESTART_SECONDS)
                working = _started(worker)
            serving.join(LOOK_SECONDS)
        working.terminate()
        status = _ended(serving)
        _ended(working, is_told=True)
        return 0 if self.ending and status in (0, -signal.SIGTERM, -signal.SIGINT) else status or 1

    def _end(self, _number: int, _frame: Any) -> None:
        self.ending = True


def _started(work: Callable[[], None]) -> ForkProcess:
    process = _FORK.Process(target=_alone, args=(work,))
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)  # until the new process hears them as its own
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    return process


def _alone(work: Callable[[], None]) -> None:
    """In the new process: the signals mean again what they mean to any program."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    with complaining():
        work()


def _ended(process: ForkProcess, *, is_told: bool = False) -> int:
    """The exit status of a process, once it was told to end; one that does not is killed.

    It is told once: a second signal may come while the first is being seen to.
    """
    if not is_told:
        process.terminate()
    process.join(LONGEST_END)
    if process.is_alive():
        process.kill()
    return _status(process)


def _status(process: ForkProcess) -> int:
    process.join()
    return process.exitcode or 0


def web_address(settings: Settings) -> str:
    return f"http://{HOST}:{settings.port}"
