"""Deposits and fees of the example firm's designs, with receipts in the order in which the money came."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select

from core.branches import setwise
from core.data.sequences import Sequence as Counter
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.fees import RECEIPTS, receipt_number
from plugins.decoration.models.design import Fee, Receipt
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

METHODS = (d.TRANSFER, d.TRANSFER, d.CARD, d.CASH)
WRONG_EVERY = 31
"""One deposit in so many was entered wrong, taken back and entered again."""
WHY = "金额录错，冲回重开"


@dataclass
class Asked:
    """What a customer was asked for: the row, and the receipts that follow, by amount and day."""

    row: dict[str, Any]
    posted: Sequence[tuple[Decimal, date]] = ()


def fill(firm: Firm, designs: Sequence[tuple[Story, dict[str, Any]]]) -> None:
    random = Random(f"fees {firm.branch.code}")  # noqa: S311 - example data, not secrets
    asked = [each for story, design in designs for each in _asked(firm, random, story, design)]
    setwise.insert_rows(firm.session, Fee, [each.row for each in asked])
    fees = setwise.table_of(Fee)
    rows = setwise.fetch(firm.session, select(fees.c.id).order_by(fees.c.id))
    posted = [
        (each, row.id, amount, day)
        for each, row in zip(asked, rows, strict=True)
        for amount, day in each.posted
    ]
    posted.sort(key=lambda one: one[3])
    receipts = [_receipt(firm, number, *one[:3], day=one[3]) for number, one in enumerate(posted, start=1)]
    setwise.insert_rows(firm.session, Receipt, [each for each in receipts if each["amount"] > 0])
    _take_back(firm, [each for each in receipts if each["amount"] < 0])
    firm.session.add(Counter(branch_id=firm.branch.id, name=RECEIPTS, last=len(receipts)))
    firm.session.flush()


def _asked(firm: Firm, random: Random, story: Story, design: dict[str, Any]) -> Iterator[Asked]:
    """Deposit and fee of a design, and the deposit on the order of who has signed."""
    deposit, fee = Decimal(random.randrange(1_000, 3_001, 500)), Decimal(random.randrange(4_000, 16_001, 200))
    drafted: date | None = design["draft_on"]
    if drafted is None:
        return
    if design["deposit_on"] is None:
        yield _told(firm, story, d.DESIGN_DEPOSIT, deposit, drafted)
        return
    if story.key % WRONG_EVERY == 0:
        yield _paid_wrong(firm, random, story, deposit * 10, drafted, design["deposit_on"])
    yield _paid(firm, random, story, d.DESIGN_DEPOSIT, deposit, drafted, design["deposit_on"])
    if design["fee_on"] is not None:
        yield _paid(firm, random, story, d.DESIGN_FEE, fee, design["deposit_on"], design["fee_on"])
    elif design["state"] == n.DEPOSIT_PAID:
        yield _told(firm, story, d.DESIGN_FEE, fee, design["deposit_on"])
    if story.fixed_on is not None:
        yield _paid(firm, random, story, d.ORDER_DEPOSIT, deposit * 5, story.fixed_on, story.fixed_on)


def _told(firm: Firm, story: Story, kind: str, amount: Decimal, day: date) -> Asked:
    """What is still unpaid: some customers were told, of others nobody has named the amount yet."""
    row = _row(story, kind, None, day)
    if story.key % 2:
        told = {"notified_on": day, "notified_by": firm.staff["specialist"], "notified_through": d.PHONE}
        row |= {**told, "state": d.NOTIFIED, "amount": amount}
    return Asked(row)


def _paid(
    firm: Firm, random: Random, story: Story, kind: str, amount: Decimal, opened: date, day: date
) -> Asked:
    confirmed = {
        "state": d.PAID,
        "notified_on": opened,
        "notified_by": firm.staff["specialist"],
        "notified_through": d.PHONE,
        "paid_on": day,
        "method": random.choice(METHODS),
        "clerk_id": firm.staff["finance"],
    }
    return Asked({**_row(story, kind, amount, opened), **confirmed}, ((amount, day),))


def _paid_wrong(firm: Firm, random: Random, story: Story, amount: Decimal, opened: date, day: date) -> Asked:
    found = _paid(firm, random, story, d.DESIGN_DEPOSIT, amount, opened, day)
    return Asked({**found.row, "state": d.REVERSED, "reversed_why": WHY}, ((amount, day), (-amount, day)))


def _row(story: Story, kind: str, amount: Decimal | None, opened: date) -> dict[str, Any]:
    """With all columns that any of the rows has, as they are written together."""
    later = (
        "notified_on",
        "notified_by",
        "notified_through",
        "paid_on",
        "method",
        "clerk_id",
        "reversed_why",
    )
    return {
        "customer_id": story.customer_id,
        "commission_id": story.commission_id,
        "kind": kind,
        "amount": amount,
        "opened_on": opened,
        "state": d.OPEN,
        **dict.fromkeys(later),
    }


def _receipt(
    firm: Firm, number: int, asked: Asked, fee_id: int, amount: Decimal, day: date
) -> dict[str, Any]:
    row = asked.row
    return {
        "number": receipt_number(number),
        "fee_id": fee_id,
        "customer_id": row["customer_id"],
        "commission_id": row["commission_id"],
        "designer_id": firm.staff["designer"],
        "kind": row["kind"],
        "amount": amount,
        "received_on": day,
        "method": row["method"],
        "clerk_id": row["clerk_id"],
        "reason": WHY if amount < 0 else None,
    }


def _take_back(firm: Firm, rows: Sequence[dict[str, Any]]) -> None:
    """Receipts below nothing name those that they take back, and are named by them."""
    wanted = {row["fee_id"]: row for row in rows}
    first = firm.session.scalars(select(Receipt).where(Receipt.fee_id.in_(wanted))).all()
    for each in first:
        back = Receipt(**wanted[each.fee_id], reverses_id=each.id)
        firm.session.add(back)
        firm.session.flush()
        each.reversed_by_id = back.id
    firm.session.flush()
