"""Money, quantities and instants on their way into both databases and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, func, insert, literal, select
from sqlalchemy.exc import StatementError

from core.data import Money, Quantity, UtcDateTime, greatest, least
from core.data.database import Database

table = Table(
    "types",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("money", Money),
    Column("quantity", Quantity),
    Column("instant", UtcDateTime),
)


@pytest.fixture
def connection(database_url: str):
    database = Database(database_url)
    with database.engine.connect() as connection:
        table.create(connection)
        yield connection
        connection.rollback()
    database.dispose()


def kept(connection, name, value):
    number = connection.execute(insert(table).values(**{name: value})).inserted_primary_key[0]
    return connection.scalar(select(table.c[name]).where(table.c.id == number))


@pytest.mark.parametrize(
    "text", ["0.00", "0.01", "-0.01", "0.29", "19.99", "90071992547409.93", "-12345678901234.56"]
)
def test_money_comes_back_as_it_went_in(connection, text):
    found = kept(connection, "money", Decimal(text))
    assert (found, str(found)) == (Decimal(text), text)


@pytest.mark.parametrize("text", ["0.0000", "0.0001", "2.6125", "-7.1000", "900719925474.0993"])
def test_a_quantity_comes_back_as_it_went_in(connection, text):
    assert str(kept(connection, "quantity", Decimal(text))) == text


def test_nothing_stays_nothing(connection):
    assert [kept(connection, name, None) for name in ("money", "quantity", "instant")] == [None] * 3


@pytest.mark.parametrize("name", ["money", "quantity"])
@pytest.mark.parametrize(
    "value",
    [0.1, 1.0, float("nan"), True, "1.00001", Decimal("0.00001"), Decimal("NaN"), Decimal("Infinity"), "x"],
)
def test_what_cannot_be_kept_exactly_is_refused(connection, name, value):
    with pytest.raises((StatementError, TypeError)):
        connection.execute(insert(table).values(**{name: value}))


def test_more_digits_than_a_decimal_context_holds_are_not_rounded_away(connection):
    for text in ("1.000000000000000000000000000000000001", "12345678901234567890123456789.001"):
        with pytest.raises(StatementError):
            connection.execute(insert(table).values(money=Decimal(text)))


def test_sums_comparisons_and_literals_are_exact(connection):
    for amount in ("0.10", "0.20", "-0.05"):
        kept(connection, "money", Decimal(amount))
    assert connection.scalar(select(func.sum(table.c.money, type_=Money))) == Decimal("0.25")
    assert connection.scalar(select(func.count()).where(table.c.money > Decimal("0.15"))) == 1
    assert (
        connection.scalar(select(func.count()).where(table.c.money == literal(Decimal("0.10"), Money))) == 1
    )
    text = select(func.count()).where(table.c.money == Decimal("0.20"))
    compiled = text.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    assert connection.exec_driver_sql(str(compiled)).scalar() == 1
    with pytest.raises((StatementError, TypeError)):
        connection.execute(select(table).where(table.c.money == 0.1))


def test_smallest_and_largest_of_several(connection):
    kept(connection, "money", Decimal("3.50"))
    smallest = select(least(table.c.money, literal(Decimal("2.00"), Money), literal(Decimal("9.00"), Money)))
    assert connection.scalar(select(least(5, 3, 4))) == 3
    assert connection.scalar(select(greatest(5, 3, 4))) == 5
    assert connection.scalar(smallest) in (200, Decimal("2.00"))


def test_an_instant_is_kept_in_utc_and_needs_a_zone(connection):
    shanghai = timezone(timedelta(hours=8))
    assert kept(connection, "instant", datetime(2026, 1, 1, 7, 30, tzinfo=shanghai)) == datetime(
        2025, 12, 31, 23, 30, tzinfo=UTC
    )
    with pytest.raises(StatementError, match="needs a time zone"):
        kept(connection, "instant", datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


sqlite = create_engine("sqlite://")
table.create(sqlite)


@given(st.integers(-(2**62), 2**62))
def test_every_amount_of_fen_survives(fen):
    amount = Decimal(fen).scaleb(-2) if abs(fen) < 10**27 else Decimal(fen) / 100
    with sqlite.begin() as connection:
        assert kept(connection, "money", amount) == amount
        connection.rollback()
