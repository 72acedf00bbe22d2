"""Numbers without gaps, also under threads and after a rollback."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from core.branches import Branch, branch_scope, system_scope
from core.data.database import Database
from core.data.sequences import next_number


@pytest.fixture(scope="module")
def database(module_migrated_url: str) -> Iterator[Database]:
    made = Database(module_migrated_url)
    yield made
    made.dispose()


def add_branch(database: Database, code: str) -> int:
    with database.sessions() as session, system_scope("a test makes a branch"):
        branch = Branch(code=code, name_zh="测试分公司", name_en="Test branch")
        session.add(branch)
        session.commit()
        return branch.id


def test_counts_from_one_for_each_branch_and_name(database: Database) -> None:
    here, there = add_branch(database, "here"), add_branch(database, "there")
    with database.sessions() as session:
        numbers = [
            next_number(session, branch, name)
            for branch, name in ((here, "a"), (here, "a"), (here, "b"), (there, "a"), (here, "a"))
        ]
        assert numbers == [1, 2, 1, 1, 3]


def test_number_of_a_rollback_is_given_out_again(database: Database) -> None:
    branch = add_branch(database, "rolled")
    with database.sessions() as session:
        assert next_number(session, branch, "a") == 1
        session.commit()
        assert next_number(session, branch, "a") == 2
        session.rollback()
        assert next_number(session, branch, "a") == 2
        session.commit()


def test_threads_share_out_every_number_once(database: Database) -> None:
    branch = add_branch(database, "threads")
    found: list[int] = []
    start = threading.Barrier(4)

    def count() -> None:
        start.wait()
        for _ in range(25):
            with branch_scope(branch), database.sessions() as session:
                number = next_number(session, branch, "a")
                session.commit()
            found.append(number)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(1, 101))
