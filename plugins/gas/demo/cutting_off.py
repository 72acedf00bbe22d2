"""What became of those who owe longest: protected customers, disputes, money on the way, cut-offs in every state."""
# zh-ok-file: remarks of people who do not exist

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.entities.service import ADDED, tell
from core.installation import installation
from core.workflow.service import carry_out
from plugins.gas import cutting_off, owing
from plugins.gas.demo.duties import noon
from plugins.gas.models import PUBLIC_WELFARE, RESIDENT, Account, Hold, Protection
from plugins.gas.rules import cutting_off as names

STAFF = ("cashier", "meter-reader", "department-head", "team-leader")
CASHIER, READER, HEAD, LEADER = STAFF
PATHS: tuple[tuple[tuple[str, str, int], ...], ...] = (
    (),
    ((names.NOTICE, READER, 1),),
    ((names.NOTICE, READER, 1),),
    ((names.NOTICE, READER, 1), (names.DECIDE, HEAD, 6)),
    ((names.NOTICE, READER, 1), (names.DECIDE, HEAD, 6), (names.EXECUTE, READER, 7)),
    (
        (names.NOTICE, READER, 1),
        (names.DECIDE, HEAD, 6),
        (names.EXECUTE, READER, 7),
        (names.RESTORE, READER, 9),
    ),
    ((names.WITHDRAW, HEAD, 2),),
)
"""The moves of each order: who makes them, so many days after it was handed over."""
HELD = 4
BEGUN = 12
"""How many have a dispute or money on the way; days ago on which the orders were handed over."""
PROTECTED = (
    ("hospital", "医疗机构执业许可证"),
    ("school", "办学许可证"),
    ("welfare_home", "社会福利机构批准证书"),
)
HARDSHIP = (("hardship", "最低生活保障证"), ("five_guarantees", "五保供养证书"))
DISPUTES = ("用户称抄表读数有误，申请复核", "用户称阶梯人口未计入")
ANNOUNCED = "用户称已银行转账，提供回单"


def follow(session: Session, random: Random, staff: dict[str, int | None], today: date) -> None:
    """Some protected customers; of those who owe longest a few with an order, a dispute, or money on the way."""
    _protect(session, random, today)
    begun = today - timedelta(days=BEGUN)
    safe = set(session.scalars(select(Protection.account_id)))
    found = owing.debtors(session, owing.Debts(begun, owing.OVERDUE), limit=len(PATHS) + len(safe) + HELD)
    debtors = [each for each in found if each.account_id not in safe][: len(PATHS) + HELD]
    for debtor, path in zip(debtors, PATHS, strict=False):
        _order(session, debtor.account_id, path, staff, begun)
    for debtor in debtors[len(PATHS) :]:
        _hold(session, debtor.account_id, random, staff, today)


def _protect(session: Session, random: Random, today: date) -> None:
    public = select(Account.id).where(Account.use_class == PUBLIC_WELFARE).order_by(Account.id).limit(4)
    homes = select(Account.id).where(Account.use_class == RESIDENT).order_by(Account.id.desc()).limit(2)
    for accounts, reasons in ((public, PROTECTED), (homes, HARDSHIP)):
        for place, account_id in enumerate(session.scalars(accounts)):
            reason, evidence = reasons[place % len(reasons)]
            since = today.replace(month=1, day=1) - timedelta(days=random.randint(0, 700))
            known = {"reason": reason, "evidence": evidence, "valid_from": since}
            session.add(Protection(account_id=account_id, **known))
    session.flush()


def _order(
    session: Session,
    account_id: int,
    path: tuple[tuple[str, str, int], ...],
    staff: dict[str, int | None],
    begun: date,
) -> None:
    entity = installation().entities[cutting_off.ORDERS]
    with noon(begun):
        order = cutting_off.hand_over(session, account_id)
        order.handed_by = staff[CASHIER]
    for move, who, days in path:
        transition = installation().workflows[entity.id].transition(move)
        asked = {"notice_number": f"CJ{order.number}", "withdrawn_why": "other"}
        with noon(begun + timedelta(days=days)):
            values = {name: asked[name] for name in transition.fields} if transition else {}
            carry_out(session, entity, order, move, values)
            if transition is not None:
                setattr(order, transition.by, staff[who])
    session.flush()


def _hold(
    session: Session, account_id: int, random: Random, staff: dict[str, int | None], today: date
) -> None:
    """A dispute of the oldest bill, or money on the way for all that is owed."""
    bills = owing.open_bills(session, account_id)
    day = today - timedelta(days=random.randint(1, 5))
    hold = Hold(account_id=account_id, branch_id=current_branch_id(), opened_on=day, opened_by=staff[CASHIER])
    if account_id % 2:
        hold.kind, hold.reason, hold.bill_id = names.DISPUTE, random.choice(DISPUTES), bills[0].bill_id
    else:
        hold.kind, hold.reason = names.IN_TRANSIT, ANNOUNCED
        hold.amount = sum((each.owed for each in bills), owing.ZERO)
        hold.expected_on = today + timedelta(days=2)
    session.add(hold)
    session.flush()
    with noon(day):
        tell(session, installation().entities[names.HOLD], hold, ADDED)
