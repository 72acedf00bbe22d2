"""Two clients at a time on one system; several systems in turn, so that the machine's other work touches all alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

CLIENT = Path(__file__).with_name("load.py")
CLIENTS = 2
ROUNDS = 3
SECONDS = float(os.environ.get("BENCH_SECONDS", "9"))
"""How long each case of a system is measured, in ROUNDS rounds."""


@dataclass
class Load:
    """What both clients ask of a system: a plan without its requests, which are parted between them.

    `once`: no request is asked twice.
    """

    plan: dict[str, Any]
    requests: Sequence[dict[str, Any]]
    once: bool = False
    warm: int = 5

    def plans(self) -> Iterator[str]:
        for number in range(CLIENTS):
            mine = self.requests[number::CLIENTS] if self.once else [*self.requests[number:], *self.requests]
            yield json.dumps({**self.plan, "requests": mine, "once": self.once, "warm": self.warm})


@dataclass
class Measured:
    """Every answer's milliseconds, and the answers a second of both clients together."""

    milliseconds: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds

    @property
    def p50(self) -> float:
        return median(self.milliseconds)

    @property
    def p95(self) -> float:
        several = len(self.milliseconds) > 1
        return quantiles(self.milliseconds, n=20)[-1] if several else self.milliseconds[0]


def in_turn(*loads: Load) -> list[Measured]:
    """Measure each load, all of them in every round."""
    found = [Measured() for _ in loads]
    with ExitStack() as held:
        pairs = [held.enter_context(_clients(load)) for load in loads]
        for _round in range(ROUNDS):
            for pair, into in zip(pairs, found, strict=True):
                for each in pair:
                    _write(each, SECONDS / ROUNDS)
                told = [_read(each) for each in pair]
                into.milliseconds += [one for each in told for one in each["milliseconds"]]
                into.seconds += max(each["seconds"] for each in told)
                wrong = [one for each in told for one in each["wrong"]]
                assert not wrong, wrong
    return found


@contextmanager
def _clients(load: Load) -> Iterator[list[subprocess.Popen[str]]]:
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    both = [subprocess.Popen([sys.executable, str(CLIENT)], **pipes) for _ in range(CLIENTS)]
    try:
        for each, plan in zip(both, load.plans(), strict=True):
            _write(each, plan)
        for each in both:
            assert _read(each) == "ready"
        yield both
    finally:
        for each in both:
            if each.stdin is not None and each.stdout is not None:
                each.stdin.close()
                each.wait(600)
                each.stdout.close()


def _write(client: subprocess.Popen[str], line: Any) -> None:
    assert client.stdin is not None
    client.stdin.write(f"{line}\n")
    client.stdin.flush()


def _read(client: subprocess.Popen[str]) -> Any:
    assert client.stdout is not None
    line = client.stdout.readline()
    assert line, "a client ended"
    return json.loads(line)
