"""The database's own gate: who gets past the program finds no row of a branch that was not told, and moves none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from shop.models import Customer, Order
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DBAPIError

import databases
import postgres_server
from company import Company, counted, customer_values
from core.branches import branch_scope, protection, system_scope
from core.branches.protection.tables import references
from core.branches.scope import Scope
from core.data import clock
from core.data.database import Database
from core.people.doors import sessions
from core.people.doors.models import BROWSER

POSTGRESQL = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
TELL = "SELECT set_config('zhidu.readable', %s, true), set_config('zhidu.active', %s, true)"
SYSTEM = "SELECT set_config('zhidu.system', 'on', true)"


@pytest.fixture(scope="module")
def rows(company: Company) -> dict[str, int]:
    return {
        name: company.put(name, Customer(**customer_values(name=f"{name} lady"))) for name in ("east", "west")
    }


@contextmanager
def past_the_program(company: Company) -> Iterator[Connection]:
    """A transaction that the gate of the session knows nothing of, with every row in reach; it is taken back."""
    with company.database.engine.connect() as connection:
        if not company.database.is_sqlite:
            connection.exec_driver_sql(SYSTEM)
        yield connection
        connection.rollback()


def plain(company: Company) -> psycopg.Connection[Any]:
    """As the application's role, with nothing of the program in between."""
    return psycopg.connect(company.database.url.replace("+psycopg", ""))


@contextmanager
def told_by(company: Company) -> Iterator[list[str]]:
    """The statements of the block that tell the database a branch."""
    with counted(company.database) as statements:
        found: list[str] = []
        yield found
    found += [each for each in statements if "set_config" in each]


# ---------------------------------------------------------------- rows, on PostgreSQL


@POSTGRESQL
def test_who_tells_nothing_sees_nothing(company: Company, rows: dict[str, int]) -> None:
    standing = set(inspect(company.database.engine).get_table_names())
    asked = [
        each for each in references() if each.table in standing
    ]  # a test of another kind may have models too
    assert "shop_order" in {each.table for each in asked}
    with plain(company) as connection:
        for reference in asked:
            found = connection.execute(f"SELECT count(*) FROM {reference.table}").fetchone()  # type: ignore[arg-type]
            assert found == (0,), reference.table


@POSTGRESQL
def test_who_tells_a_branch_sees_its_rows_until_the_transaction_ends(
    company: Company, rows: dict[str, int]
) -> None:
    ids = "SELECT id FROM shop_customer WHERE id = ANY(%s)"
    wanted = [list(rows.values())]
    with plain(company) as connection:
        connection.execute(TELL, [str(company.branches["east"]), ""])
        assert connection.execute(ids, wanted).fetchall() == [(rows["east"],)]
        connection.commit()
        assert connection.execute(ids, wanted).fetchall() == []
        connection.execute(TELL, [f"{company.branches['east']},{company.branches['west']}", ""])
        assert len(connection.execute(ids, wanted).fetchall()) == 2


@POSTGRESQL
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shop_customer SET name = 'mine' WHERE id = %(west)s",
        "DELETE FROM shop_customer WHERE id = %(west)s",
    ],
)
def test_who_acts_in_one_branch_reaches_no_row_of_another(
    company: Company, rows: dict[str, int], statement: str
) -> None:
    east = str(company.branches["east"])
    with plain(company) as connection:
        connection.execute(TELL, [east, east])
        assert connection.execute(statement, rows).rowcount == 0  # type: ignore[arg-type]


@POSTGRESQL
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shop_customer SET branch_id = %(other)s WHERE id = %(east)s",
        "UPDATE shop_customer SET name = 'read only' WHERE id = %(west)s",
    ],
)
def test_what_is_only_read_is_not_written(company: Company, rows: dict[str, int], statement: str) -> None:
    east, west = str(company.branches["east"]), str(company.branches["west"])
    with plain(company) as connection:
        connection.execute(TELL, [f"{east},{west}", east])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement, {**rows, "other": company.branches["west"]})  # type: ignore[arg-type]


@POSTGRESQL
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE shop_customer DISABLE ROW LEVEL SECURITY",
        "DROP POLICY zhidu_branch_rows_1 ON shop_customer",
        "TRUNCATE shop_customer CASCADE",
        "SET row_security = off; SELECT 1 FROM shop_customer",
    ],
)
def test_the_applications_role_does_not_open_the_gate(company: Company, statement: str) -> None:
    with plain(company) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)  # type: ignore[arg-type]


@POSTGRESQL
def test_the_owner_is_bound_too(company: Company, rows: dict[str, int]) -> None:
    url = postgres_server.owner_url(company.database.url).replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (postgres_server.OWNER_ROLE,)
        assert connection.execute("SELECT count(*) FROM shop_customer").fetchone() == (0,)


@POSTGRESQL
def test_a_session_tells_each_change_of_scope(company: Company, rows: dict[str, int]) -> None:
    """Past the program's gate, so that only the database narrows."""
    names = text("SELECT name FROM shop_customer WHERE id IN (:east, :west) ORDER BY id")

    def seen() -> list[str]:
        return list(session.connection().scalars(names, rows))

    with company.database.sessions() as session:
        with branch_scope(company.branches["east"]):
            session.scalar(select(Customer.id).limit(1))
            assert seen() == ["east lady"]
            with branch_scope(company.branches["west"]), session.begin_nested() as savepoint:
                session.scalar(select(Customer.id).limit(1))
                assert seen() == ["west lady"]
                savepoint.rollback()
            session.scalar(select(Customer.id).limit(1))
            assert seen() == ["east lady"]
            session.commit()
            assert seen() == []  # nothing is left on the connection
            session.scalar(select(Customer.id).limit(1))
            assert seen() == ["east lady"]
        session.scalar(select(Customer.id).limit(1))
        assert seen() == []
        with system_scope("the test looks at both"):
            session.scalar(select(Customer.id).limit(1))
            assert seen() == ["east lady", "west lady"]


@POSTGRESQL
def test_who_is_known_tells_the_branch_by_the_way(company: Company, rows: dict[str, int]) -> None:
    browser = company.client_of("east.clerk")
    path = f"/shop/customer/{rows['east']}"
    browser.get(path)
    with told_by(company) as told:
        assert browser.get(path).status_code == 200
    assert len(told) == 1
    assert "core_login_session" in told[0]


@POSTGRESQL
def test_a_wrong_guess_is_put_right_before_a_row_is_read(company: Company, rows: dict[str, int]) -> None:
    browser, west = company.client_of("east.clerk"), company.branches["west"]
    browser.get("/")
    with browser.client.session_transaction() as cookie:
        key = sessions.fingerprint(cookie["sid"])
    for guess in (Scope(active=west, readable=(west,)), Scope(system=True, reason="a guess")):
        sessions.expect(sessions.Opened(0, clock.now(), key), guess)
        with told_by(company) as told:
            assert browser.get(f"/shop/customer/{rows['west']}").status_code == 404
        assert len(told) == 2
        assert browser.get(f"/shop/customer/{rows['east']}").status_code == 200


@POSTGRESQL
def test_a_session_that_is_none_leaves_nothing_told(company: Company, rows: dict[str, int]) -> None:
    east = company.branches["east"]
    scope = Scope(active=east, readable=(east,))
    sessions.expect(sessions.Opened(0, clock.now(), sessions.fingerprint("gone")), scope)
    with company.database.sessions() as session:
        assert sessions.visitor(session, "gone", BROWSER) is None
        found = session.connection().scalar(text("SELECT count(*) FROM shop_customer"))
    assert found == 0


@POSTGRESQL
def test_a_server_is_not_ready_whose_role_is_not_bound(company: Company) -> None:
    assert company.app.test_client().get("/readyz").json["rows"] == "ok"
    free = Database(company.database.url.replace(f"//{postgres_server.APPLICATION_ROLE}@", "//postgres@"))
    bound, company.installation.database = company.installation.database, free
    try:
        answer = company.app.test_client().get("/readyz")
    finally:
        company.installation.database = bound
        free.dispose()
    assert answer.status_code == 503
    assert "no superuser" in answer.json["rows"]


# ---------------------------------------------------------------- references, on both


def test_every_reference_between_owned_rows_is_held(company: Company) -> None:
    assert ("shop_order", "customer_id", "shop_customer") in {
        (each.table, each.column, each.target) for each in references()
    }
    with company.database.engine.connect() as connection:
        assert protection.missing(connection) == []


def test_a_reference_cannot_lead_to_another_branch(company: Company, rows: dict[str, int]) -> None:
    order = company.put("east", Order(customer_id=rows["east"], amount=1))
    with (
        past_the_program(company) as connection,
        pytest.raises(DBAPIError, match=r"points out of its branch|zhidu_branch_shop_order_customer_id"),
    ):
        connection.execute(
            text("UPDATE shop_order SET customer_id = :west WHERE id = :id"), {"id": order, **rows}
        )


def test_a_new_row_cannot_point_to_another_branch(company: Company, rows: dict[str, int]) -> None:
    with (
        past_the_program(company) as connection,
        pytest.raises(DBAPIError, match=r"points out of its branch|zhidu_branch_shop_order_customer_id"),
    ):
        connection.execute(
            Order.__table__.insert(),  # type: ignore[attr-defined]
            {"branch_id": company.branches["east"], "customer_id": rows["west"], "amount": 1},
        )


def test_a_row_that_others_point_to_stays_in_its_branch(company: Company, rows: dict[str, int]) -> None:
    company.put("east", Order(customer_id=rows["east"], amount=1))
    with past_the_program(company) as connection, pytest.raises(DBAPIError):
        connection.execute(
            text("UPDATE shop_customer SET branch_id = :west WHERE id = :id"),
            {"id": rows["east"], "west": company.branches["west"]},
        )


def test_what_is_missing_is_seen_and_put_up_again(own_company: Company) -> None:
    with databases.as_owner(own_company.database.url) as connection:
        if own_company.database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER zhidu_branch_shop_order_customer_id_added")
        else:
            connection.exec_driver_sql("ALTER TABLE shop_order NO FORCE ROW LEVEL SECURITY")
            connection.exec_driver_sql(
                "ALTER TABLE shop_order DROP CONSTRAINT zhidu_branch_shop_order_customer_id"
            )
    answer = own_company.app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "zhidu migrate" in answer.json["rows"]
    with databases.as_owner(own_company.database.url) as connection:
        protection.protect(connection)
        assert protection.missing(connection) == []
    assert own_company.app.test_client().get("/readyz").json["rows"] == "ok"
