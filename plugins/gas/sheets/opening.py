"""What is taken over at go-live: where each meter stood, what the pricing year counts so far, what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import setwise
from core.data.marks import N_
from core.exchange.kinds import Column, ImportKind, Row
from plugins.gas import arrears, models
from plugins.gas.billing import due, periods
from plugins.gas.readings import branch_today
from plugins.gas.rules import Rounding
from plugins.gas.sheets import facts
from plugins.gas.sheets.cells import NOT_HERE, find_twice, read_day, read_money, read_volume, wrong
from plugins.gas.sheets.facts import MeterFacts
from plugins.gas.sheets.reading import FUTURE, OTHER_ACCOUNT, TOO_LONG

HAS_READING = N_("This meter has a reading already, so it was taken over before.")
BEFORE_INSTALLED = N_("The day lies before the installation of this meter.")
NO_ACCOUNT = N_("This account is not in your branch. Check its number.")
HAS_BALANCE = N_("A balance of this account was taken over before.")
TWO_BALANCES = N_("This account has amounts in another row too, row %(row)s. Write them in one row only.")


def columns() -> Sequence[Column]:
    """One row a meter; the amounts of an account stand in one of its rows."""
    return (
        Column("account_number", _("Account number"), required=True, example="00000001"),
        Column("meter_number", _("Meter number"), required=True, example="QB00000001"),
        Column(
            "read_on",
            _("Opening reading of"),
            required=True,
            help=_("The day of the last bill of the old system."),
        ),
        Column(
            "reading",
            _("Opening reading"),
            required=True,
            text=False,
            help=_("What the dial showed on that day, in m³."),
        ),
        Column(
            "year_volume",
            _("Volume of the pricing year"),
            text=False,
            help=_(
                "m³ billed in the pricing year so far, so that the tiers go on where they were. Empty: none."
            ),
        ),
        Column(
            "owed", _("Balance owed"), text=False, help=_("Yuan that the account still owes. Empty: nothing.")
        ),
    )


def over_all(_session: Session, rows: list[Row], _params: dict[str, str]) -> None:
    """Note which meters, and which accounts with amounts, stand twice."""
    find_twice(rows, "meter_number")
    find_twice([row for row in rows if _has_amounts(row)], "account_number", TWO_BALANCES)


def check(session: Session, rows: list[Row], params: dict[str, str]) -> None:
    """Judge all rows together."""
    today = branch_today(session)
    meters = facts.meters_named(session, (row.cells["meter_number"] for row in rows))
    accounts = facts.accounts_named(session, (row.cells["account_number"] for row in rows))
    balances = _balances(session, accounts.values())
    over_all(session, rows, params)
    for row in rows:
        value, day = read_volume(row, "reading"), read_day(row, "read_on")
        amounts = _amounts(row)
        account_id = accounts.get(row.cells["account_number"])
        if account_id is None:
            wrong(row, NO_ACCOUNT, "account_number")
        elif _has_amounts(row) and account_id in balances:
            wrong(row, HAS_BALANCE, "account_number")
        meter = meters.get(row.cells["meter_number"])
        if meter is None:
            wrong(row, NOT_HERE, "meter_number")
            continue
        _check_meter(row, meter, value, day, today)
        if value is not None and day is not None and amounts is not None:
            row.values |= {"meter_id": meter.meter_id, "account_id": meter.account_id, "value": str(value)}
            row.values |= {"read_on": day.isoformat(), "number": meter.account_number, **amounts}


def _has_amounts(row: Row) -> bool:
    return bool(row.cells.get("year_volume") or row.cells.get("owed"))


def _amounts(row: Row) -> dict[str, str] | None:
    volume = read_volume(row, "year_volume") if row.cells.get("year_volume") else Decimal(0)
    owed = read_money(row, "owed") if row.cells.get("owed") else Decimal(0)
    return None if volume is None or owed is None else {"volume": str(volume), "owed": str(owed)}


def _balances(session: Session, account_ids: Any) -> set[int]:
    bill = setwise.table_of(models.Bill)
    found: set[int] = set()
    for part in facts.in_parts(sorted(account_ids)):
        taken_over = select(bill.c.account_id).where(
            bill.c.kind == models.OPENING_BALANCE, bill.c.account_id.in_(part)
        )
        found |= {account_id for (account_id,) in setwise.fetch(session, taken_over)}
    return found


def _check_meter(row: Row, meter: MeterFacts, value: Decimal | None, day: date | None, today: date) -> None:
    if row.cells["account_number"] != meter.account_number:
        wrong(row, OTHER_ACCOUNT, "meter_number", account=row.cells["account_number"])
    if meter.last_on is not None:
        wrong(row, HAS_READING, "meter_number")
    if day is not None and day > today:
        wrong(row, FUTURE, "read_on")
    elif day is not None and day < meter.installed_on:
        wrong(row, BEFORE_INSTALLED, "read_on")
    if value is not None and value >= 10**meter.digits:
        wrong(row, TOO_LONG, "reading", digits=meter.digits)


def store(session: Session, rows: list[Row], _params: dict[str, str], user_id: int | None) -> int:
    """Write the opening readings, and a posted balance for each account that has amounts."""
    setwise.insert_rows(session, models.Reading, [_reading(row.values, user_id) for row in rows])
    owed = [row.values for row in rows if _has_balance(row.values)]
    use_classes = facts.use_classes(session, (values["account_id"] for values in owed))
    payable = due.payable(session, (_day(values) for values in owed))
    balances = [_balance(values, payable[use_classes[values["account_id"]], _day(values)]) for values in owed]
    setwise.insert_rows(session, models.Bill, balances)
    for part in facts.in_parts([each["number"] for each in balances]):
        arrears.bills_posted(session, arrears.BILL.c.number.in_(part))
    return len(rows)


def _day(values: dict[str, Any]) -> date:
    return date.fromisoformat(values["read_on"])


def _reading(values: dict[str, Any], user_id: int | None) -> dict[str, Any]:
    day = _day(values)
    return {
        "account_id": values["account_id"],
        "meter_id": values["meter_id"],
        "period": periods.period_of(day),
        "read_on": day,
        "value": Decimal(values["value"]),
        "kind": models.OPENING,
        "source": "go_live",
        "reader_id": user_id,
    }


def _has_balance(values: dict[str, Any]) -> bool:
    return Decimal(values["volume"]) > 0 or Decimal(values["owed"]) > 0


def _balance(values: dict[str, Any], payable: due.Payable) -> dict[str, Any]:
    day = _day(values)
    period = periods.period_of(day)
    return {
        "number": f"{period.replace('-', '')}-{values['number']}-0",
        "account_id": values["account_id"],
        "kind": models.OPENING_BALANCE,
        "period": period,
        "read_from": day,
        "read_to": day,
        "usage": Decimal(values["volume"]),
        "volume_before": Decimal(0),
        "pricing_year": date(day.year, 1, 1),
        "extra_allowance": Decimal(0),
        "months": 1,
        "rounding": Rounding.LINE.value,
        "total": Decimal(values["owed"]),
        "billed_on": day,
        "due_on": payable.until,
        "due_basis_id": payable.basis_id,
    }


OPENING_SHEET = ImportKind(
    id="gas.opening",
    label=_("Opening readings and balances"),
    entity="gas.account",
    right="import",
    columns=columns,
    check=check,
    store=store,
    over_all=over_all,
    help=_(
        "Upload this once at go-live, after accounts and meters: where every meter stood and what is owed."
    ),
)
