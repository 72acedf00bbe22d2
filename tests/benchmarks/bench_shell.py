"""How long the shell takes: to start, to be ready, to answer. `make bench` prints it; nothing here judges a time."""

from __future__ import annotations

import subprocess
import time
from statistics import median

import servers

REQUESTS = 100


def milliseconds(action) -> float:
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1000


def test_command_line(report):
    def ask():
        subprocess.run([servers.PROGRAM, "--help"], check=True, stdout=subprocess.DEVNULL)

    report("zhidu --help", median(milliseconds(ask) for _ in range(3)), "ms")


def test_web(report, backend, migrated_url, live_server):
    started = []
    report(
        f"web ready on {backend}",
        milliseconds(lambda: started.append(live_server(migrated_url, command="web", cold=True))),
        "ms",
    )
    for path in ("/healthz", "/readyz", "/login/"):
        address = started[0].url(path)
        assert servers.answers(address)
        times = sorted(
            milliseconds(lambda address=address: servers.answers(address)) for _ in range(REQUESTS)
        )
        report(f"GET {path}, median of {REQUESTS}, on {backend}", median(times), "ms")
        report(f"GET {path}, slowest but five, on {backend}", times[-6], "ms")
