"""From when on arrears may be handed over: after the reminder, and the days that the customer has then (GAS-R81)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.handbook.settings import settings_of_branches
from core.messages.models import OPTED_OUT, SENT, Outgoing
from core.worklist.places import place_of
from core.worklist.reckoning import by_deadline
from plugins.gas import barring, owing
from plugins.gas.models import Account, CutOff
from plugins.gas.owing import Owed
from plugins.gas.rules.book.arrears import HANDED_OVER_AFTER, REMINDERS

BILL = "gas.bill"
_LATE = timedelta(days=1)


@dataclass(frozen=True)
class Ripe:
    """A bill that is overdue, and the first day on which it may be handed over; None until the customer is reminded."""

    bill: Owed
    since: date | None

    def on(self, day: date) -> bool:
        return self.since is not None and self.since <= day


def overdue(session: Session, account_id: int) -> list[Owed]:
    """The bills of an account that were payable until before today."""
    today = barring.today_here(session)
    return [each for each in owing.open_bills(session, account_id) if each.due_on < today]


def ripening(session: Session, account_id: int) -> list[Ripe]:
    """The overdue bills of an account, each with the day from which on it may be handed over.

    The days are counted from the reminder; of a bill of which the rule book has none, such as a balance taken over,
    from the first day on which it is late.
    """
    bills = overdue(session, account_id)
    reminded = _reminded(session, bills)
    days = {each.bill_id: reminded.get(each.bill_id, each.due_on + _LATE) for each in bills}
    ends = _ends(session, account_id, {day for day in days.values() if day is not None})
    return [Ripe(each, ends[day] if (day := days[each.bill_id]) is not None else None) for each in bills]


def ripe_bills(session: Session, account_id: int) -> list[Owed]:
    """The overdue bills of an account that may be handed over today."""
    today = barring.today_here(session)
    return [each.bill for each in ripening(session, account_id) if each.on(today)]


def _reminded(session: Session, bills: Sequence[Owed]) -> dict[int, date | None]:
    """When the customer was reminded of each bill of which the rule book wants a reminder; None: not yet."""
    asked = select(Outgoing.record_id, Outgoing.state, Outgoing.written_at, Outgoing.sent_at).where(
        Outgoing.entity == BILL,
        Outgoing.rule.in_(REMINDERS),
        Outgoing.record_id.in_([each.bill_id for each in bills]),
    )
    place = place_of(session, current_branch_id())
    found: dict[int, date | None] = {}
    for record_id, state, written_at, sent_at in session.execute(asked):
        at = sent_at if state == SENT else written_at
        day = place.local(at).date() if state in (SENT, OPTED_OUT) and at is not None else None
        known = found.get(record_id)
        found[record_id] = day if known is None or day is None else min(known, day)
    return found


def _ends(session: Session, account_id: int, days: set[date]) -> dict[date, date]:
    """The day on which the time after a reminder of each day is over, by the figures in force on that day."""
    use_class = session.scalar(select(Account.use_class).where(Account.id == account_id))
    rule = HANDED_OVER_AFTER[use_class or ""]
    branch_id = current_branch_id()
    place, settings = place_of(session, branch_id), settings_of_branches(session, rule, (branch_id,), days)
    found = {}
    for day in days:
        reckoned = by_deadline(rule, settings[branch_id, day], day, place)
        found[day] = reckoned.due_on if reckoned is not None else day
    return found


def handed_from(session: Session, order: CutOff) -> date | None:
    """The first day on which something of what the account owes may be handed over; None before any reminder."""
    days = [each.since for each in ripening(session, order.account_id) if each.since is not None]
    return min(days, default=None)


def too_early(session: Session, order: CutOff) -> bool:
    """Whether nothing of what the account owes may be handed over today."""
    return not ripe_bills(session, order.account_id)
