"""Several people filter the same list at the same moment, in the threads of one process: nobody gets another's rows."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

import databases
import kept_office
import servers
from core.branches import branch_scope
from plugins.gas.models import ACTIVE, PUBLIC_WELFARE, RESIDENT, Account
from reader import Reader, ids_of

PAGE = 25
CONNECTIONS = 4  # of each person: the server has eight threads
PEOPLE = (
    ("gas-east.cashier", "gas-east", "use_class", RESIDENT),
    ("gas-east.meter-reader", "gas-east", "use_class", PUBLIC_WELFARE),
    ("gas-west.cashier", "gas-west", "state", ACTIVE),
    ("gas-west.meter-reader", "gas-west", "use_class", PUBLIC_WELFARE),
)


@dataclass
class Asker(threading.Thread):
    """One connection of one person, who asks for the same page again and again."""

    reader: Reader
    path: str
    wanted: list[int]
    rounds: int
    start_line: threading.Barrier
    answered: int = 0
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        self.start_line.wait()
        for _ in range(self.rounds):
            found = ids_of(self.reader.get(self.path))
            self.answered += 1
            if found != self.wanted:
                self.wrong.append(f"{self.path}: {sorted(set(found) ^ set(self.wanted))[:5]}")
        self.reader.close()


@contextmanager
def company_at_work(backend: str, home: Path) -> Iterator[tuple[servers.LiveServer, dict[str, list[int]]]]:
    """One web process with its threads, and what each person has to see."""
    with databases.company(backend, home) as url, servers.ending_all(home) as start:
        with kept_office.installed(url, home) as office:
            wanted = {person[0]: ids(office, *person[1:]) for person in PEOPLE}
        yield start(url, "--processes", "1", command="web"), wanted


def ids(office: kept_office.Installed, branch: str, column: str, value: str) -> list[int]:
    with branch_scope(office.branch(branch)), office.database.sessions() as session:
        chosen = select(Account.id).where(getattr(Account, column) == value)
        return list(session.scalars(chosen.order_by(Account.number).limit(PAGE)))


def hammer(server: servers.LiveServer, wanted: dict[str, list[int]], requests: int) -> list[Asker]:
    """Everybody at once; answers the askers, who have ended."""
    start_line = threading.Barrier(len(PEOPLE) * CONNECTIONS)
    askers = []
    for name, _branch, column, value in PEOPLE:
        first = Reader(server.port).log_in(name)
        for _ in range(CONNECTIONS):
            path = f"/gas/account/?f_{column}={value}&size={PAGE}"
            rounds = -(-requests // (len(PEOPLE) * CONNECTIONS))
            askers.append(Asker(first.beside(), path, wanted[name], rounds, start_line))
        first.close()
    for each in askers:
        each.start()
    for each in askers:
        each.join()
    return askers


def nobody_saw_anothers(backend: str, home: Path, requests: int) -> None:
    with company_at_work(backend, home) as (server, wanted):
        assert all(wanted.values())
        assert len({tuple(each) for each in wanted.values()}) == len(PEOPLE), "the filters have to differ"
        askers = hammer(server, wanted, requests)
        assert [each for asker in askers for each in asker.wrong] == []
        assert sum(asker.answered for asker in askers) >= requests


def test_some_hundred_requests(backend: str, tmp_path: Path):
    nobody_saw_anothers(backend, tmp_path / "home", 320)


@pytest.mark.long
def test_five_thousand_requests(backend: str, tmp_path: Path):
    nobody_saw_anothers(backend, tmp_path / "home", 5_000)
