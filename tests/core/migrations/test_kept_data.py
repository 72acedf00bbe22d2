"""What migrations make of data that is there."""

from __future__ import annotations

import importlib.util
from typing import Any

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from repository import ROOT


def migration(name: str) -> Any:
    """A migration of the core, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "migrations" / "versions" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_numbers_of_opt_outs_come_into_one_form_and_stand_once():
    moved = migration("core_0019_numbers_of_opt_outs")
    engine = sa.create_engine("sqlite://")
    rows = [
        (1, 1, "sms", "+86 138-0000-1111"),
        (2, 1, "sms", "13800001111"),
        (3, 1, "call_list", "138 0000 1111"),
        (4, 2, "sms", "13800001111"),
        (5, 1, "email", "Wang@Example.com"),
    ]
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        columns = "id integer, branch_id integer, channel text, address text"
        connection.exec_driver_sql(
            f"CREATE TABLE core_opt_out ({columns}, UNIQUE (branch_id, channel, address))"
        )
        known = [dict(zip(("id", "branch_id", "channel", "address"), each, strict=True)) for each in rows]
        connection.execute(sa.insert(moved.OPT_OUT), known)
        moved.upgrade()
        found = connection.execute(sa.select(moved.OPT_OUT).order_by(moved.OPT_OUT.c.id)).all()
    assert [(row.id, row.address) for row in found] == [
        (1, "13800001111"),
        (3, "13800001111"),
        (4, "13800001111"),
        (5, "wang@example.com"),
    ]
