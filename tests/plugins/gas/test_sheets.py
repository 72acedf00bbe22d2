"""The reading sheet and the opening sheet: every finding, and what accepting stores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import gas_office
from core.data import UserError, clock
from core.exchange.kinds import Row
from gas_office import Office
from plugins.gas import models
from plugins.gas.sheets import opening, reading
from plugins.gas.sheets.cells import MISSING, NEGATIVE, NOT_A_NUMBER, NOT_HERE, TWICE

JUNE = {"period": "2026-06"}
TOO_MANY_DECIMALS = "%(value)s has too many decimals; write at most %(places)s."
NO_DATE = "%(value)s is not a date; write it like 2026-11-22."


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with clock.frozen(datetime(2026, 6, 28, 3, tzinfo=UTC)):
        yield


@pytest.fixture
def session(office: Office) -> Iterator[Session]:
    with office.session() as session:
        yield session


def meter(session: Session, last: str = "100", **values: Any) -> models.Meter:
    account = gas_office.account(session, None)
    return gas_office.meter(session, account, ("2026-05-28", last), **values)


def row(number: int, meter_number: str, value: str = "110", day: str = "2026-06-27", **cells: str) -> Row:
    return Row(
        number,
        {"account_number": "", "meter_number": meter_number, "read_on": day, "reading": value, **cells},
    )


def found(
    session: Session, *rows: Row, params: dict[str, str] = JUNE
) -> dict[int, list[tuple[str, str, str]]]:
    """The findings of a dry run, by row: level, column, message."""
    kept = list(rows)
    reading.check(session, kept, params)
    return {each.number: [(one.level, one.column, one.message) for one in each.findings] for each in kept}


def test_good_row_is_stored(session: Session) -> None:
    good = meter(session)
    rows = [row(2, good.number, "110.5")]
    reading.check(session, rows, JUNE)
    assert rows[0].findings == []
    assert reading.store(session, rows, JUNE, None) == 1
    stored = session.scalars(select(models.Reading).where(models.Reading.kind == models.ACTUAL)).one()
    assert (stored.meter_id, stored.account_id, stored.value) == (good.id, good.account_id, Decimal("110.5"))
    assert (stored.period, stored.read_on, stored.source) == ("2026-06", date(2026, 6, 27), "sheet")
    assert stored.rollover_confirmed is False


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"value": "9.5"}, "reading", reading.BELOW),
        ({"value": "abc"}, "reading", NOT_A_NUMBER),
        ({"value": "50%"}, "reading", NOT_A_NUMBER),
        ({"value": "-5"}, "reading", NEGATIVE),
        ({"value": "110.12345"}, "reading", TOO_MANY_DECIMALS),
        ({"value": "100000"}, "reading", reading.TOO_LONG),
        ({"value": ""}, "reading", MISSING),
        ({"day": ""}, "read_on", MISSING),
        ({"day": "yesterday"}, "read_on", NO_DATE),
        ({"day": "2026-06-29"}, "read_on", reading.FUTURE),
        ({"day": "2026-05-30"}, "read_on", reading.BEFORE_MONTH),
        ({"account_number": "99999999"}, "meter_number", reading.OTHER_ACCOUNT),
    ],
)
def test_wrong_row_says_why(session: Session, cells: dict[str, str], column: str, message: str) -> None:
    its_meter = meter(session)
    given = {"value": "110", "day": "2026-06-27", **cells}
    assert found(session, row(2, its_meter.number, **given)) == {2: [("error", column, message)]}


def test_last_reading_on_the_same_day(session: Session) -> None:
    its_meter = meter(session)
    gas_office.read(session, its_meter, "2026-06-02", "105", period="2026-05")
    assert found(session, row(2, its_meter.number, "110", "2026-06-02")) == {
        2: [("error", "read_on", reading.BEFORE_LAST)]
    }


def test_unknown_meter_and_meter_of_another_branch_say_the_same(
    session: Session, office: Office, neighbour: Office
) -> None:
    session.commit()
    with neighbour.session() as there:
        foreign = meter(there).number
    assert found(session, row(2, foreign), row(3, "NOBODYS")) == {
        2: [("error", "meter_number", NOT_HERE)],
        3: [("error", "meter_number", NOT_HERE)],
    }


def test_meter_that_stands_twice(session: Session) -> None:
    its_meter = meter(session)
    assert found(session, row(2, its_meter.number), row(7, its_meter.number, "120")) == {
        2: [("error", "meter_number", TWICE)],
        7: [("error", "meter_number", TWICE)],
    }


def test_rollover_is_a_warning_and_is_stored_as_confirmed(session: Session) -> None:
    its_meter = meter(session, "99985")
    rows = [row(2, its_meter.number, "15")]
    reading.check(session, rows, JUNE)
    assert [(each.level, each.message) for each in rows[0].findings] == [("warning", reading.ROLLOVER)]
    reading.store(session, rows, JUNE, None)
    stored = session.scalars(select(models.Reading).where(models.Reading.kind == models.ACTUAL)).one()
    assert stored.rollover_confirmed is True


def test_meter_that_is_not_to_be_read(session: Session) -> None:
    done, removed, closed = meter(session), meter(session), meter(session)
    gas_office.read(session, done, "2026-06-20", "105")
    removed.removed_on, removed.state = date(2026, 6, 10), models.REMOVED
    session.get_one(models.Account, closed.account_id).state = models.CLOSED
    unopened = gas_office.meter(session, gas_office.account(session, None), None)
    findings = found(
        session, *[row(at, each.number) for at, each in enumerate((done, removed, closed, unopened), 2)]
    )
    assert findings == {
        2: [("error", "meter_number", reading.READ_ALREADY)],
        3: [("error", "meter_number", reading.REMOVED)],
        4: [("error", "meter_number", reading.CLOSED)],
        5: [("error", "meter_number", reading.NO_OPENING)],
    }


def test_rows_that_were_not_read_are_left_out(session: Session) -> None:
    read, unread = meter(session), meter(session)
    assert found(session, row(2, read.number), row(3, unread.number, "", "")) == {2: []}
    with pytest.raises(UserError, match="No row of this sheet"):
        found(session, row(3, unread.number, "", ""))


def test_month_to_come_is_refused(session: Session) -> None:
    with pytest.raises(UserError, match="not begun"):
        found(session, row(2, meter(session).number), params={"period": "2026-07"})
    with pytest.raises(UserError, match="not a month"):
        found(session, row(2, meter(session).number), params={"period": "June"})


def test_sheet_lists_what_is_to_be_read(session: Session, neighbour: Office) -> None:
    session.commit()
    with neighbour.session() as there:
        meter(there)
    route = models.Route(code="R1", name="和平里线")
    session.add(route)
    session.flush()
    walked, elsewhere, done, closed = (meter(session) for _ in range(4))
    account = session.get_one(models.Account, walked.account_id)
    account.route_id, account.name = route.id, "王秀英"
    gas_office.read(session, done, "2026-06-20", "105")
    session.get_one(models.Account, closed.account_id).state = models.CLOSED
    sheet = reading.template_rows(session, JUNE)
    assert {each[3] for each in sheet} == {walked.number, elsewhere.number}
    [line] = reading.template_rows(session, {**JUNE, "route": str(route.id)})
    assert list(line) == [
        account.number, "王秀英", account.address, walked.number, Decimal("100"), date(2026, 5, 28),
        "", "", "", "",
    ]  # fmt: skip


# ---------------------------------------------------------------- going live


def opening_row(number: int, account: str, meter_number: str, **cells: str) -> Row:
    given = {"read_on": "2026-05-31", "reading": "1200", "year_volume": "", "owed": ""}
    return Row(number, {"account_number": account, "meter_number": meter_number, **given, **cells})


def unopened(session: Session) -> tuple[models.Account, models.Meter]:
    account = gas_office.account(session, None)
    return account, gas_office.meter(session, account, None)


def test_opening_sheet_takes_over_readings_and_balances(session: Session) -> None:
    account, its_meter = unopened(session)
    plain, plain_meter = unopened(session)
    rows = [
        opening_row(2, account.number, its_meter.number, year_volume="300", owed="139.30"),
        opening_row(3, plain.number, plain_meter.number),
    ]
    opening.check(session, rows, {})
    assert [each.findings for each in rows] == [[], []]
    assert opening.store(session, rows, {}, None) == 2
    readings = session.scalars(select(models.Reading).order_by(models.Reading.id)).all()
    assert [(each.meter_id, each.kind, each.value) for each in readings] == [
        (its_meter.id, models.OPENING, 1200),
        (plain_meter.id, models.OPENING, 1200),
    ]
    balance = session.scalars(select(models.Bill)).one()
    assert (balance.account_id, balance.kind, balance.total) == (
        account.id,
        models.OPENING_BALANCE,
        Decimal("139.30"),
    )
    # The tiers go on where the old system left them.
    account.tariff_id = gas_office.tariff(session).id
    gas_office.read(session, its_meter, "2026-06-27", "1230")
    gas_office.bill(session, "2026-06")
    bill = session.scalars(select(models.Bill).where(models.Bill.kind == models.USAGE)).one()
    assert (bill.volume_before, str(bill.total)) == (300, "96.00")


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"reading": "1,2,3"}, "reading", NOT_A_NUMBER),
        ({"reading": "123456"}, "reading", opening.TOO_LONG),
        ({"read_on": "2026-07-01"}, "read_on", opening.FUTURE),
        ({"read_on": "2010-01-01"}, "read_on", opening.BEFORE_INSTALLED),
        ({"owed": "-1"}, "owed", NEGATIVE),
        ({"owed": "1.005"}, "owed", TOO_MANY_DECIMALS),
        ({"year_volume": "many"}, "year_volume", NOT_A_NUMBER),
        ({"meter_number": "NOBODYS"}, "meter_number", NOT_HERE),
    ],
)
def test_wrong_opening_says_why(session: Session, cells: dict[str, str], column: str, message: str) -> None:
    account, its_meter = unopened(session)
    wrong = opening_row(2, account.number, its_meter.number)
    wrong.cells.update(cells)
    opening.check(session, [wrong], {})
    assert [(each.column, each.message) for each in wrong.findings] == [(column, message)]


def test_opening_is_taken_over_once(session: Session) -> None:
    account, its_meter = unopened(session)
    other, second = unopened(session)
    first = [opening_row(2, account.number, its_meter.number, owed="5.00")]
    opening.check(session, first, {})
    opening.store(session, first, {}, None)
    rows = [
        opening_row(2, account.number, its_meter.number, owed="5.00"),
        opening_row(3, other.number, second.number, owed="1.00"),
        opening_row(4, other.number, "X", owed="2.00"),
        opening_row(5, "NOBODYS", second.number),
    ]
    opening.check(session, rows, {})
    assert [[each.message for each in one.findings] for one in rows] == [
        [opening.HAS_BALANCE, opening.HAS_READING],
        [TWICE, opening.TWO_BALANCES],
        [opening.TWO_BALANCES, NOT_HERE],
        [TWICE, opening.NO_ACCOUNT, opening.OTHER_ACCOUNT],
    ]
