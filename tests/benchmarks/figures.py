"""One figure a line, as JSON; and two offices that are asked for the same pages in turn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import databases

PROGRAM = Path(__file__).with_name("an_office.py")
WARM, STARTS = 3, 3
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "30"))


@dataclass(frozen=True)
class Size:
    """How large an installation is."""

    name: str
    entities: int = 3
    positions: int = 5
    branches: int = 3
    people: int = 20

    def environment(self) -> dict[str, str]:
        counts = {name: getattr(self, name) for name in ("entities", "positions", "branches", "people")}
        return {**os.environ, **{f"ZHIDU_MANY_{name.upper()}": str(value) for name, value in counts.items()}}


class Office:
    """One installation in a process of its own."""

    def __init__(self, size: Size, url: str, home: Path) -> None:
        self.size, self.url, self.home = size, url, home
        self.process: subprocess.Popen[str] | None = None
        subprocess.run(self._command("fill"), env=size.environment(), check=True)

    def start(self) -> tuple[float, float]:
        """Start the process (anew); answers after how many seconds it could serve, and how many it worked itself."""
        self.end()
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            self._command("serve"),
            env=self.size.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ready = self._read()
        return time.perf_counter() - begun, ready["processor"]

    def ask(self, person: str, path: str) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(f"{person} {path}\n")
        self.process.stdin.flush()
        answer = self._read()
        assert answer["status"] == 200, f"{self.size.name}: {path} answers {answer['status']}"
        return answer

    def end(self) -> None:
        if self.process is None:
            return
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(60)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None

    def _read(self) -> dict[str, Any]:
        assert self.process is not None
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"the office {self.size.name} ended"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _command(self, what: str) -> list[str]:
        return [sys.executable, str(PROGRAM), what, self.url, str(self.home)]


@contextmanager
def offices(backend: str, folder: Path, *sizes: Size) -> Iterator[list[Office]]:
    """Filled installations beside one another."""
    with ExitStack() as held:
        made = []
        for size in sizes:
            home = folder / size.name
            url = held.enter_context(databases.migrated(backend, home))
            made.append(Office(size, url, home))
            held.callback(made[-1].end)
        yield made


@dataclass(frozen=True)
class Cost:
    """Medians of a page: milliseconds, those of the process alone, and SQL statements."""

    milliseconds: float
    processor: float
    statements: int


def in_turn(one: Office, other: Office, person: str, path: str) -> tuple[Cost, Cost]:
    """What a page costs in both offices, asked in turn so that the machine's other work touches both alike."""
    answers: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for _ in range(WARM + ROUNDS):
        for office, into in zip((one, other), answers, strict=True):
            into.append(office.ask(person, path))
    first, second = (cost_of(found[WARM:]) for found in answers)
    return first, second


def cost_of(answers: list[dict[str, Any]]) -> Cost:
    times = (median(each[name] for each in answers) for name in ("milliseconds", "processor"))
    return Cost(*times, answers[-1]["statements"])


Report = Callable[..., None]


def line_of(
    name: str, value: float, unit: str, compared_with: float | None = None, ratio: float | None = None
) -> str:
    """A figure; `ratio` is made from both where it is not given."""
    if ratio is None and compared_with:
        ratio = value / compared_with
    figure = {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "compared_with": None if compared_with is None else round(compared_with, 3),
        "ratio": None if ratio is None else round(ratio, 3),
    }
    return json.dumps(figure, ensure_ascii=False)
