"""Many customers against few: the pages of the decoration firm's day with CUSTOMERS in one branch and with 200.

`make bench` prints a line a case. The goal is of the ratio; nothing here judges a time.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from statistics import median

import pytest

import databases
import many_customers
from company import Browser, Company, app_on, counted
from many_customers import MANAGER, PATTERN, SPECIALIST

CUSTOMERS = int(os.environ.get("BENCH_CUSTOMERS", "20000"))
ROUNDS, WARM = int(os.environ.get("BENCH_ROUNDS", "30")), 3
GOAL = 1.2
HERE = "/decoration"
PAGES = {
    "my work": "/my-work/",
    "board of sites": f"{HERE}/site/?as=board",
    "schedule of sites": f"{HERE}/site/?as=schedule",
    "customer page, in construction": f"{HERE}/customer/9",
    "customer page, lived in": f"{HERE}/customer/56",
    "call list": f"{HERE}/calls/",
    "call list, everybody's": f"{HERE}/calls/?which=all",
    "customers, first page": f"{HERE}/customer/",
    "customers, search by telephone": f"{HERE}/customer/?q=13900000009",
    "customers, search by two characters, which finds so many times more": f"{HERE}/customer/?q=王建",
    "board of customers": f"{HERE}/customer/?as=board",
    "obligations, first page": "/core/obligation/",
}


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Company, Company]]:
    """The small firm and the large one."""
    with ExitStack() as held:
        found = []
        for name, customers in (("small", PATTERN), ("large", CUSTOMERS)):
            home = tmp_path_factory.mktemp(name)
            url = held.enter_context(databases.migrated("postgresql", home))
            many_customers.found(url, home).database.dispose()
            many_customers.multiply(url, customers // PATTERN)
            found.append(Company(app_on(url, home, plugin_folders=())))
            held.callback(found[-1].database.dispose)
        yield found[0], found[1]


@pytest.mark.parametrize("person", [SPECIALIST, MANAGER])
def test_many_customers(
    firms: tuple[Company, Company], person: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with many_customers.today():
        browsers = [firm.client_of(person) for firm in firms]
        for case, path in PAGES.items():
            if browsers[0].get(path).status_code == 403:  # not for this position
                continue
            small, large = in_turn(*(asking(browser, path) for browser in browsers))
            statements = []
            for firm, browser in zip(firms, browsers, strict=True):
                with counted(firm.database) as some:
                    asking(browser, path)()
                statements.append(len(some))
            with capsys.disabled():
                print("\n" + line(case, person, small, large, statements), end="", flush=True)


def asking(browser: Browser, path: str) -> Callable[[], None]:
    def ask() -> None:
        assert browser.get(path).status_code == 200

    return ask


def in_turn(*actions: Callable[[], None]) -> list[float]:
    """The median milliseconds of each, asked in turn so that the machine's other work touches all alike."""
    took: list[list[float]] = [[] for _ in actions]
    for _round in range(WARM + ROUNDS):
        for action, into in zip(actions, took, strict=True):
            begun = time.perf_counter()
            action()
            into.append((time.perf_counter() - begun) * 1000)
    return [median(each[WARM:]) for each in took]


def line(case: str, person: str, small: float, large: float, statements: list[int]) -> str:
    ratio = large / small
    return json.dumps(
        {
            "case": case,
            "person": person,
            "customers": [PATTERN, CUSTOMERS],
            "milliseconds": [round(small, 2), round(large, 2)],
            "statements": statements,
            "ratio": round(ratio, 3),
            "goal": GOAL,
            "met": ratio <= GOAL,
        }
    )
