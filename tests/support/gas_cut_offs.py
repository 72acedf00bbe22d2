"""A gas office that follows up on what is owed: overdue accounts, holds and orders, moved as people do it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select

import gas_office
from company import Api, Company
from core.data import clock
from core.messages.models import Outgoing
from core.worklist.events import happened
from core.worklist.models import Obligation
from core.worklist.planner import plan_night
from gas_books import usage_bill
from plugins.gas import happenings, models
from plugins.gas.payments import Taking, take_payment
from plugins.gas.rules.book.arrears import REMINDERS

EAST, WEST = "gas-east", "gas-west"
ORDERS, HOLDS, PROTECTIONS = "/api/v1/gas/cut-off/", "/api/v1/gas/hold/", "/api/v1/gas/protection/"
_keys = itertools.count(1)


@contextmanager
def at(day: date, hour: int = 4) -> Iterator[None]:
    """The clock at an hour (UTC) of a day; noon in the office, unless said otherwise."""
    with clock.frozen(datetime.combine(day, time(hour), UTC)):
        yield


def api(company: Company, who: str, branch: str = EAST, language: str = "en") -> Api:
    """REST calls of a position's holder in a branch. Each has its own log-in, as the clock goes to and fro."""
    return company.api_of(f"{branch}.{who}", language)


def owing(company: Company, due: date, *totals: str, branch: str = EAST) -> tuple[int, list[int]]:
    """An account with a bill of each total (by default one of 100.00) that was posted and due on a day, told to the
    rule book: the ids of the account and of its bills."""
    with at(due), company.session(branch) as session:
        account = gas_office.account(session, None)
        bills = [
            usage_bill(session, account, f"2026-{month:02d}", total, due)
            for month, total in enumerate(totals or ("100.00",), start=1)
        ]
        happened(session, "gas.bill.posted", bills, due)
        return account.id, [each.id for each in bills]


def reminder_of(company: Company, bill: int) -> Outgoing:
    """The reminder of a bill that is late by the rule book."""
    asked = select(Outgoing).where(Outgoing.record_id == bill, Outgoing.rule.in_(REMINDERS))
    with company.session(EAST) as session:
        found = session.scalars(asked).one()
        session.expunge(found)
        return found


def called(company: Company, bill: int, day: date) -> None:
    """The reader has called the customer of a late bill on a day."""
    row = reminder_of(company, bill)
    with at(day):
        reader = company.client_of(f"{EAST}.meter-reader")
        reader.get("/my-work/")
        assert reader.post(f"/core/message/{row.id}/call", {"result": "Pays soon."}).status_code == 302


def put(company: Company, who: str, path: str, branch: str = EAST, **body: Any) -> int:
    """What somebody adds by REST; its id."""
    answer = api(company, who, branch)("POST", path, json=body)
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def handed_over(company: Company, account: int, branch: str = EAST) -> int:
    """The order by which the cashier hands over what an account owes."""
    return put(company, "cashier", ORDERS, branch, account_id=account)


def moved(company: Company, who: str, order: int, transition: str, **body: Any) -> Any:
    """The answer to a move of an order."""
    return api(company, who)("POST", f"{ORDERS}{order}/{transition}", json=body)


def notice(company: Company, order: int) -> Any:
    return moved(company, "meter-reader", order, "notice", notice_number=f"N{next(_keys):04d}")


def asked(company: Company, order: int) -> int:
    """The request for the decision on an order."""
    answer = moved(company, "meter-reader", order, "decide")
    assert answer.status_code == 202, answer.text
    return int(answer.json["waits_for"])


def say(company: Company, who: str, request: int, answer: str = "yes") -> Any:
    """What somebody answers to a request, by the screen."""
    browser = company.client_of(f"{EAST}.{who}")
    browser.get("/my-work/")
    return browser.post(f"/core/approval/{request}", {"answer": answer, "why": "Not yet."})


def decided(company: Company, order: int) -> None:
    """Issue the notice of an order and have the head decide, without a word of the screens."""
    assert notice(company, order).status_code == 200
    assert say(company, "department-head", asked(company, order)).status_code == 302
    assert state_of(company, order) == "decided"


def state_of(company: Company, order: int) -> str:
    with company.session(EAST) as session:
        return session.get_one(models.CutOff, order).state


def pay(company: Company, account: int, amount: str, day: date) -> None:
    """Money is taken at the counter."""
    with at(day), company.session(EAST) as session:
        taking = Taking(account, Decimal(amount), models.CASH, True, f"cut-off-{next(_keys)}")
        happenings.payment_taken(session, take_payment(session, taking, day, None))


def night(company: Company, day: date) -> None:
    """The planner's night before a day."""
    with at(day, 0), company.session(EAST) as session:
        plan_night(session, day)


def owed(company: Company, number: str, record: int, branch: str = EAST) -> list[str]:
    """`2026-11-09 open` of each obligation of a rule about a record."""
    asked = select(Obligation).where(Obligation.rule == number, Obligation.record_id == record)
    with company.session(branch) as session:
        rows = session.scalars(asked.order_by(Obligation.due_on, Obligation.id))
        return [f"{each.due_on} {'paused' if each.paused_on else each.state}" for each in rows]
