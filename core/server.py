"""The processes of an installation: web (gunicorn), worker, and both together with `zhidu run`."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from gunicorn.app.base import BaseApplication

from core.data.errors import SetupError
from core.settings import Settings

HOST = "127.0.0.1"
THREADS = 8
PROCESSES = 2
RESTART_SECONDS = 1.0
LONGEST_END = 60.0


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
    WebServer(app, f"{HOST}:{settings.port}", processes).run()


def run_both(arguments: list[str]) -> int:
    """Start `zhidu web` and `zhidu worker`; a worker that dies is started again, the end of web ends both."""
    command = [sys.executable, "-m", "core.cli", *arguments]
    ending = False

    def end(_number: int, _frame: Any) -> None:
        nonlocal ending
        ending = True

    # Before anything is started, so that nothing is left behind by a stop that comes early.
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    web = subprocess.Popen([*command, "web"])
    worker = subprocess.Popen([*command, "worker"])
    try:
        while not ending and web.poll() is None:
            if worker.poll() is not None:
                worker = subprocess.Popen([*command, "worker"])
            time.sleep(RESTART_SECONDS / 4 if worker.poll() is None else RESTART_SECONDS)
    finally:
        for process in (web, worker):
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        status = _ended(web)
        _ended(worker)
    return 0 if ending and status in (0, -signal.SIGTERM, -signal.SIGINT) else status or 1


def _ended(process: subprocess.Popen[bytes]) -> int:
    """The exit status of a process that was told to end; one that does not is killed."""
    try:
        return process.wait(timeout=LONGEST_END)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def quiet_broken_pipe() -> None:
    """`zhidu ... | head` ends without a trace."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def web_address(settings: Settings) -> str:
    return f"http://{HOST}:{settings.port}"
