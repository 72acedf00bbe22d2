"""Lists of accounts, readings and arrears in every order: the database walks an index, sorts and counts off nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import databases
from company import told
from core.branches import branch_scope
from core.data.database import Database
from core.entities import seeking
from core.entities.query import ListQuery, orders_of
from core.entities.reads import Reads
from core.entities.spec import Entity
from plugins.gas.entities.accounts import ACCOUNT
from plugins.gas.entities.arrears import ARREARS
from plugins.gas.entities.bills import BILL
from plugins.gas.entities.payments import PAYMENT
from plugins.gas.entities.readings import READING

TABLES = {each.id: each for each in (ACCOUNT, READING, BILL, PAYMENT, ARREARS)}
DAY = date(2026, 10, 1)
ORDERS: dict[tuple[str, str], Any] = {
    ("gas.account", "number"): "m",
    ("gas.account", "name"): "m",
    ("gas.account", "phone"): "1",
    ("gas.account", "address"): "m",
    ("gas.account", "use_class"): "m",
    ("gas.account", "state"): "m",
    ("gas.account", "opened_on"): DAY,
    ("gas.reading", "read_on"): DAY,
    ("gas.reading", "period"): "2026-10",
    ("gas.reading", "value"): Decimal(7),
    ("gas.reading", "kind"): "m",
    ("gas.bill", "number"): "m",
    ("gas.bill", "period"): "2026-10",
    ("gas.bill", "usage"): Decimal(7),
    ("gas.bill", "total"): Decimal(7),
    ("gas.bill", "due_on"): DAY,
    ("gas.payment", "receipt_number"): "m",
    ("gas.payment", "amount"): Decimal(7),
    ("gas.payment", "method"): "m",
    ("gas.payment", "received_on"): DAY,
    ("gas.arrears", "number"): "m",
    ("gas.arrears", "bills"): 2,
    ("gas.arrears", "owed"): Decimal(7),
    ("gas.arrears", "due_since"): DAY,
}
"""Every column that a heading of these lists sorts by, with a value of it."""
OWN_ORDERS: dict[str, tuple[Any, ...]] = {
    "gas.account": ("m", 7),
    "gas.reading": (DAY, 7),
    "gas.bill": ("2026-10", 7),
    "gas.payment": (DAY, 7),
    "gas.arrears": (DAY, 7),
}
"""A place in the order that a list has by itself."""
UNIQUE = {
    ("gas.account", "number"),
    ("gas.bill", "number"),
    ("gas.payment", "receipt_number"),
    ("gas.arrears", "number"),
}
EMPTY = {("gas.account", "phone")}
SORTS_ALL = re.compile(r"(?m)^\s*(?:-> +)?Sort  \(")
SORTS_EQUALS = re.compile(r"(?m)^\s*(?:-> +)?Incremental Sort  \(")
"""All rows of one value: every account without a telephone, for a page of them."""
WALKING = ("SET enable_seqscan = off", "SET enable_sort = off", "SET enable_bitmapscan = off")
"""An empty table is read whole; told not to, PostgreSQL shows whether there is another way at all."""


@pytest.fixture(scope="module")
def url(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with databases.migrated(backend, tmp_path_factory.mktemp("plans")) as made:
        yield made


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", ORDERS, ids=".".join)
def test_every_order_has_an_index(url: str, key: tuple[str, str], descending: bool):
    entity, name = TABLES[key[0]], key[1]
    query = ListQuery(sort=name, descending=descending)
    plans = [explained(url, *each) for each in asked(url, entity, query, (ORDERS[key], 7))]
    # Rows without a value are a stretch of their own, where they come last: PostgreSQL has them for the largest.
    has_empty = key in EMPTY and descending == url.startswith("sqlite")
    assert len(plans) == (3 if has_empty else 2)
    for plan in plans:
        assert "Seq Scan" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert not SORTS_ALL.search(plan), plan
        assert key in UNIQUE or not SORTS_EQUALS.search(plan), plan
        assert entity.model.__tablename__ in plan


@pytest.mark.parametrize("name", OWN_ORDERS)
def test_the_order_of_a_list_itself_has_an_index(url: str, name: str):
    plans = [explained(url, *each) for each in asked(url, TABLES[name], ListQuery(), OWN_ORDERS[name])]
    assert len(plans) == 2
    for plan in plans:
        assert "Seq Scan" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert not SORTS_ALL.search(plan), plan
        assert name == "gas.account" or not SORTS_EQUALS.search(plan), plan


@pytest.mark.parametrize("entity", TABLES.values(), ids=TABLES)
def test_every_heading_that_sorts_is_looked_at(entity: Entity):
    stored = [name for name in entity.list_columns if entity.column(name) is not None]
    sorts = {name for name in stored if entity.kind(entity.field(name)) != "reference"}
    assert sorts <= {name for each, name in ORDERS if each == entity.id}


def asked(url: str, entity: Entity, query: ListQuery, place: tuple[Any, ...]) -> list[tuple[str, Any]]:
    """The statements of the first page and of one that follows a row, as the driver gets them."""
    database = Database(url)
    with told(database) as statements, branch_scope(1), database.sessions() as session:
        orders, reads = orders_of(entity, query), Reads(session, entity, query)
        ordered = seeking.ordering(entity.model, orders)
        reads.rows(("first", tuple(orders)), lambda each: [each.order_by(*ordered)], 26, {})
        is_null_large = seeking.is_null_large(session)
        behind = seeking.following(entity.model, orders, place, is_null_large)
        kind = seeking.kind_of_place(orders, place, is_null_large)
        assert reads.rows(kind, behind, 26, seeking.values_of_place(place)) == []
    database.dispose()
    return [each for each in statements if entity.model.__tablename__ in each[0]]


def explained(url: str, statement: str, parameters: Any) -> str:
    with databases.as_owner(url) as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return "\n".join(str(row[-1]) for row in rows)
        for each in WALKING:
            connection.exec_driver_sql(each)
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
