"""What the rule book made of the last bills: what fell due, who was late and reminded, what was looked at."""
# zh-ok-file: remarks of people who do not exist

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import Date, func, literal, select, update
from sqlalchemy.orm import Session

from core.branches import setwise
from core.branches.scope import current_branch_id
from core.data import clock
from core.handbook.kinds import Cadence, Deadline
from core.handbook.registry import book
from core.inspections import service
from core.inspections.kinds import NOT_OK, OK
from core.inspections.rounds import standing
from core.messages.models import SENT, WAITING, Outgoing
from core.worklist import rounds
from core.worklist.events import happened
from core.worklist.lateness import fall_late, rules_with_open
from plugins.gas import happenings
from plugins.gas.inspections import INSPECTIONS
from plugins.gas.models import Account, Bill, BillingRun, Payment, PaymentAllocation
from plugins.gas.rules.book.arrears import REMINDERS
from plugins.gas.rules.book.saying import CLOSING

FOLLOWED = 120
"""Accounts whose last bills are followed; so many are enough to look at."""
LATE_AFTER = (3, 7, 11)
"""Days after which a bill is asked for, is late, and has been handed over (GAS-R71, GAS-R79, GAS-R81)."""
LOOKED_BACK = 7
LEFT_OUT = (CLOSING, 2)
"""The round that nobody made, so many days ago."""
IN_ORDER = 0.93
REMARKS = ("地面有纸屑，已请保洁处理", "座椅摆放不齐，当场整理", "灯管一支不亮，已报修", "公示栏内容未更新")


def follow(session: Session, until: date) -> None:
    """The bills of the last run as the rule book followed them: asked for, paid, late, reminded, handed over."""
    run = session.scalars(select(BillingRun).order_by(BillingRun.id.desc()).limit(1)).one()
    accounts = select(Account.id).order_by(Account.id).limit(FOLLOWED)
    followed = session.scalars(accounts).all()
    if not followed:
        return
    with noon(run.billed_on):
        happenings.bills_posted(session, run, followed[0], followed[-1])
        happenings.billing_done(session, run)
    settled = _settled(session, run, followed[-1])
    for days in LATE_AFTER:
        day = run.billed_on + timedelta(days=days)
        if day >= until:
            break
        _paid(session, settled, day)
        with noon(day + timedelta(days=1)):
            _fall_late(session, day + timedelta(days=1))
            _all_sent(session, day + timedelta(days=1))
    _paid(session, settled, until)


def _settled(session: Session, run: BillingRun, last: int) -> dict[date, list[Bill]]:
    """The bills of a run that are paid in full, of the accounts with ids up to `last`, by the day of it."""
    settled = func.max(Payment.received_on)
    rows = (
        select(Bill, settled)
        .join(PaymentAllocation, PaymentAllocation.bill_id == Bill.id)
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(Bill.run_id == run.id, Bill.account_id <= last)
        .group_by(Bill.id)
        .having(func.sum(PaymentAllocation.amount) >= Bill.total)
    )
    found: defaultdict[date, list[Bill]] = defaultdict(list)
    for bill, day in session.execute(rows):
        found[day].append(bill)
    return found


def _paid(session: Session, settled: dict[date, list[Bill]], until: date) -> None:
    """Tell of the bills that were paid up to a day, and not told yet."""
    for day in sorted(each for each in settled if each <= until):
        with noon(day):
            happened(session, "gas.bill.paid", settled.pop(day), day)


def _fall_late(session: Session, day: date) -> None:
    some = rules_with_open(session)
    for rule in book().of_kind(Deadline):
        if rule.id in some:
            fall_late(session, rule, day)


def _all_sent(session: Session, day: date) -> None:
    """The reminders of a day go out."""
    rows = setwise.table_of(Outgoing)
    for rule in REMINDERS:
        bills = select(rows.c.record_id, rows.c.branch_id, literal(day, Date))
        happened(
            session, f"gas.bill.{rule}-told", bills.where(rows.c.rule == rule, rows.c.state == WAITING), day
        )
    sent = update(rows).where(rows.c.state == WAITING).values(state=SENT, sent_at=clock.now())
    setwise.change(session, Outgoing, sent)


def look(session: Session, random: Random, people: dict[str, int | None], until: date) -> None:
    """The rounds of looking of the days before `until`: here and there something was not in order, and one was not made
    at all."""
    for back in range(LOOKED_BACK, 0, -1):
        day = until - timedelta(days=back)
        with noon(day):
            _ask_for_rounds(session, day)
            for each in standing(session, INSPECTIONS, current_branch_id(), day):
                user = people.get(each.round.by)
                if (each.round.id, back) == LEFT_OUT:
                    continue
                if user is not None and each.inspection is None:
                    made = service.begun(session, each.round, each.period, each.items, day, user)
                    judged = {item.name: _judged(random) for item in made.results}
                    service.judge(session, made, judged, user)
                    service.finish(session, made, user)


def _ask_for_rounds(session: Session, day: date) -> None:
    """What the night before a day says of the rounds."""
    open_ones = rules_with_open(session)
    for rule in book().of_kind(Cadence):
        if rule.round:
            rounds.plan(session, rule, day)
        if rule.round and rule.id in open_ones:
            fall_late(session, rule, day)


def _judged(random: Random) -> service.Judged:
    if random.random() < IN_ORDER:
        return service.Judged(OK)
    return service.Judged(NOT_OK, random.choice(REMARKS))


@contextmanager
def noon(day: date) -> Iterator[None]:
    """Noon in the office on a day."""
    with clock.frozen(datetime.combine(day, time(4), UTC)):
        yield
