"""What each account owes now, kept beside its bills and payments so that the list of those who owe answers at once.

A row of `gas_arrears` is worked out of bills and of what payments put on them, and is written by the transaction that
posts them; `difference` adds everything up again, so that the two can be compared at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, delete, except_, exists, func, select, type_coerce, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.branches import Branch, branch_scope, setwise
from core.branches.scope import current_scope
from core.branches.setwise import table_of
from core.data import Money, greatest, least
from core.handbook import stored
from core.handbook.replay import REPLAYERS, Difference, Replayed
from core.installation import installation
from plugins.gas.models import Account, Arrears, Bill, PaymentAllocation

ENTITY = "gas.arrears"
AT_ONCE = 500
ACCOUNT, ARREARS, BILL, PAID = (table_of(each) for each in (Account, Arrears, Bill, PaymentAllocation))
KEPT_OF_BILLS = ("bills", "owed", "due_since", "due_last")
KEPT = (ARREARS.c.account_id, *(ARREARS.c[name] for name in KEPT_OF_BILLS))


def owed_by(session: Session, account_ids: Sequence[int]) -> dict[int, Decimal]:
    """What each of these accounts owes now, in yuan; those that owe nothing are left out. One statement."""
    rows = session.execute(
        select(Arrears.account_id, Arrears.owed).where(Arrears.account_id.in_(account_ids))
    )
    return {account_id: owed for account_id, owed in rows}


def bills_posted(session: Session, which: ColumnElement[bool], span: tuple[int, int] | None = None) -> None:
    """Add bills that nobody has paid anything of yet to what their accounts owe; `which` is a condition on `BILL`.

    What was owed before is not added up again: billing goes by the thousand. `span` are the first and the last id of
    the accounts, where they are known, so that a chunk reads its stretch of the balances alone.
    """
    among = [ARREARS.c.account_id.between(*span)] if span else []
    customers = [ACCOUNT.c.id.between(*span)] if span else []
    new = (
        select(
            BILL.c.account_id,
            func.count().label("bills"),
            _money(func.sum(BILL.c.total)).label("owed"),
            func.min(BILL.c.due_on).label("due_since"),
            func.max(BILL.c.due_on).label("due_last"),
        )
        .where(which, BILL.c.total > 0)
        .group_by(BILL.c.account_id)
    )
    more = new.subquery("more")
    setwise.change(
        session,
        Arrears,
        update(ARREARS)
        .where(*among, ARREARS.c.account_id == more.c.account_id)
        .values(
            bills=ARREARS.c.bills + more.c.bills,
            owed=ARREARS.c.owed + more.c.owed,
            due_since=least(ARREARS.c.due_since, more.c.due_since),
            due_last=greatest(ARREARS.c.due_last, more.c.due_last),
        ),
    )
    first = new.subquery("first")
    known = exists().where(*among, ARREARS.c.account_id == first.c.account_id)
    missing = select(ACCOUNT.c.number, first).join(first, first.c.account_id == ACCOUNT.c.id)
    _insert(session, missing.where(*customers, ~known))


def renew(session: Session, account_ids: Iterable[int]) -> None:
    """Work out anew what these accounts owe, after something was paid.

    Their rows are held first, so that what billing adds meanwhile comes before the sums or after them.
    """
    ids = sorted(set(account_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        mine = ARREARS.c.account_id.in_(some)
        setwise.change(session, Arrears, update(ARREARS).where(mine).values(bills=0))
        left = owing(BILL.c.account_id.in_(some)).subquery("owing")
        same = ARREARS.c.account_id == left.c.account_id
        values = {name: left.c[name] for name in KEPT_OF_BILLS}
        setwise.change(session, Arrears, update(ARREARS).where(mine, same).values(values))
        setwise.change(session, Arrears, delete(ARREARS).where(mine, ARREARS.c.bills == 0))


def fill(session: Session) -> None:
    """Work out what every account of the branch owes, of which nothing is kept yet."""
    left = owing().subquery("left")
    known = exists().where(ARREARS.c.account_id == left.c.account_id)
    _insert(
        session, select(ACCOUNT.c.number, left).join(left, left.c.account_id == ACCOUNT.c.id).where(~known)
    )


def owing(*which: ColumnElement[bool]) -> Select[Any]:
    """Of each account that owes: how many bills, how much in yuan, due since and until when; from posted rows."""
    paid = select(_money(func.sum(PAID.c.amount))).where(PAID.c.bill_id == BILL.c.id).correlate(BILL)
    left = BILL.c.total - func.coalesce(paid.scalar_subquery(), type_coerce(Decimal("0.00"), Money))
    open_ = (
        select(BILL.c.account_id, BILL.c.due_on, _money(left).label("left")).where(*which).subquery("bill")
    )
    return (
        select(
            open_.c.account_id,
            func.count().label("bills"),
            _money(func.sum(open_.c.left)).label("owed"),
            func.min(open_.c.due_on).label("due_since"),
            func.max(open_.c.due_on).label("due_last"),
        )
        .where(open_.c.left > 0)
        .group_by(open_.c.account_id)
    )


def _insert(session: Session, source: Select[Any]) -> None:
    columns = ("number", "account_id", *KEPT_OF_BILLS)
    setwise.insert_select(session, Arrears, columns, source)


def _money(amount: Any) -> ColumnElement[Decimal]:
    return type_coerce(amount, Money)


def _again(session: Session, found: Replayed) -> None:
    """Every balance in scope against the sums, one way and the other."""
    if ENTITY not in installation().entities:
        return
    if not current_scope().system:
        return _compare(session, found)
    for branch_id in session.scalars(select(Branch.id).order_by(Branch.id)).all():
        with branch_scope(branch_id):
            _compare(session, found)


def _compare(session: Session, found: Replayed) -> None:
    sums, kept = owing(), select(*KEPT)
    found.judged += setwise.fetch(session, select(func.count()).select_from(sums.subquery()))[0][0]
    missing = {row[0]: row[1:] for row in _beyond(session, sums, kept)}
    wrong = {row[0]: row[1:] for row in _beyond(session, kept, sums)}
    for account_id in sorted({*missing, *wrong}):
        was, now = (stored.plain(each.get(account_id)) for each in (wrong, missing))
        found.differences.append(Difference(ENTITY, f"arrears of account {account_id}", was, now))


def _beyond(session: Session, these: Select[Any], those: Select[Any]) -> Sequence[Any]:
    """Account, bills, money and days of `these` rows that are not among `those`."""
    return setwise.fetch(session, select(except_(these, those).subquery("beyond")))


REPLAYERS.append(_again)
