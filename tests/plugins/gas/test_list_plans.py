"""The list of accounts in every order, on any page: the database walks an index, sorts and counts off nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

import databases
from core.branches import branch_scope
from core.data.database import Database
from core.entities import seeking
from core.entities.query import ListQuery, orders_of, statement_of
from plugins.gas.entities.accounts import ACCOUNT

ORDERS = ("number", "name", "address", "use_class", "state")
SORTS_ALL = re.compile(r"(?m)^\s*(?:-> +)?Sort  \(")
WALKING = ("SET enable_seqscan = off", "SET enable_sort = off", "SET enable_bitmapscan = off")
"""An empty table is read whole; told not to, PostgreSQL shows whether there is another way at all."""


@pytest.fixture(scope="module")
def url(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with databases.migrated(backend, tmp_path_factory.mktemp("plans")) as made:
        yield made


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ORDERS)
def test_every_order_has_an_index(url: str, name: str, descending: bool):
    plans = [explained(url, *each) for each in asked(url, name, descending)]
    assert len(plans) == 2
    for plan in plans:
        assert "Seq Scan" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert not SORTS_ALL.search(plan), plan
        assert "gas_account" in plan


def asked(url: str, name: str, descending: bool) -> list[tuple[str, Any]]:
    """The statements of the first page and of one that follows a row, as the driver gets them."""
    query, statements = ListQuery(sort=name, descending=descending), []
    database = Database(url)

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "gas_account" in statement:
            statements.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    with branch_scope(1), database.sessions() as session:
        orders, statement = orders_of(ACCOUNT, query), statement_of(ACCOUNT, query)
        list(session.scalars(statement.order_by(*seeking.ordering(ACCOUNT.model, orders)).limit(26)))
        assert seeking.after(session, statement, ACCOUNT.model, orders, ("m", 7), 26) == []
    database.dispose()
    return statements


def explained(url: str, statement: str, parameters: Any) -> str:
    with databases.as_owner(url) as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return "\n".join(str(row[-1]) for row in rows)
        for each in WALKING:
            connection.exec_driver_sql(each)
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
