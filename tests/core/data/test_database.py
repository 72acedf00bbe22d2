"""Addresses of databases, and the settings of their connections."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, literal, select, text
from sqlalchemy.exc import OperationalError

from core.data import SetupError
from core.data.database import Database, normalised
from core.data.sequences import Sequence, next_number


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:////tmp.sqlite", "sqlite"),
        ("postgresql://me:secret@host/name", "postgresql+psycopg"),
        ("postgres://me:secret@host/name", "postgresql+psycopg"),
        ("postgresql+psycopg2://me:secret@host/name", "postgresql+psycopg"),
    ],
)
def test_the_projects_driver_is_used(url, driver):
    assert normalised(url).partition("://")[0] == driver
    assert "secret" in normalised(url) or driver == "sqlite"


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://me:secret@host/name", "http://example.org", "sqlite", "://"]
)
def test_another_address_is_refused_in_one_line_without_its_password(url):
    with pytest.raises(SetupError, match="ZHIDU_DATABASE_URL") as refused:
        normalised(url)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_failed_statement_does_not_tell_its_values():
    database = Database("sqlite://")
    with pytest.raises(OperationalError) as failed, database.engine.connect() as connection:
        connection.execute(text("SELECT nothing FROM nowhere WHERE x = :x"), {"x": "a telephone number"})
    database.dispose()
    assert "a telephone number" not in str(failed.value)


def test_sqlite_waits_logs_ahead_and_holds_references(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with database.engine.connect() as connection:
        asked = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    database.dispose()
    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30_000}


def test_the_legacy_bulk_interface_is_refused(company):
    from shop.models import Customer

    from company import customer_values

    rows = [{**customer_values(), "branch_id": company.branches["west"]}]
    with company.session("east") as session:
        for attempt in (
            lambda: session.bulk_insert_mappings(Customer, rows),
            lambda: session.bulk_update_mappings(Customer, [{"id": 1, "name": "X"}]),
            lambda: session.bulk_save_objects([Customer(**rows[0])]),
        ):
            with pytest.raises(RuntimeError, match="goes round the row gate"):
                attempt()


def test_numbers_have_no_gaps_even_when_many_count_at_once(company):
    found, lock = [], threading.Lock()

    def count():
        for turn in range(5):
            with company.database.sessions() as session:
                number = next_number(session, company.branches["east"], "receipt")
                if turn == 2:
                    session.rollback()
                    continue
                session.commit()
                with lock:
                    found.append(number)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(found) == list(range(1, 17))
    with company.session() as session:
        assert session.query(Sequence).filter_by(name="receipt").one().last == 16
        assert next_number(session, company.branches["west"], "receipt") == 1


def test_a_write_that_begins_with_with_belongs_to_the_transaction(tmp_path: Path):
    database = Database(f"sqlite:///{tmp_path / 'a.sqlite'}")
    Sequence.__table__.create(database.engine)
    row = select(literal(1), literal("a"), literal(7)).cte("row")
    put = insert(Sequence.__table__).from_select(["branch_id", "name", "last"], select(row))
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        connection.rollback()
        assert str(put).startswith("WITH")
        connection.execute(put)
        assert connection.scalar(text("SELECT count(*) FROM core_sequence")) == 1
        connection.rollback()
        assert connection.scalar(text("SELECT count(*) FROM core_sequence")) == 0
    database.dispose()


def test_a_connection_that_comes_back_too_late_is_closed(database_url: str):
    database = Database(database_url)
    with database.engine.connect() as late:
        late.exec_driver_sql("SELECT 1")
        driver = late.connection.driver_connection
        database.dispose()
        with database.engine.connect() as another:
            assert another.exec_driver_sql("SELECT 1").scalar_one() == 1
    assert is_closed(driver)
    with database.engine.connect() as again:
        kept = again.connection.driver_connection
    assert not is_closed(kept)
    database.dispose()


def is_closed(driver: Any) -> bool:
    if hasattr(driver, "closed"):
        return bool(driver.closed)
    try:
        driver.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False
