"""A specialist's morning: whom to call, whom to bring to a designer; what the manager has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.entities import counting
from core.people.access import may
from core.work.kinds import WorkItem, WorkKind
from plugins.decoration import reach
from plugins.decoration.models.customers import Collection, Customer, Duplicate, Member
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c
from plugins.decoration.rules.names_callbacks import CALL, CALL_BACK

STATES = ",".join(n.UNDECIDED)
WAITING = ",".join((n.REGISTERED, n.CONTACTED, n.BOOKED))


def calls(session: Session, day: date) -> Sequence[WorkItem]:
    """Prospects to call: those of today apart from those who wait longer. Whoever has the call-back list finds them
    there."""
    if may(CALL_BACK, CALL):
        return []
    open_ = (Customer.state.in_(n.UNDECIDED), *reach.own_customers())
    overdue = _count(session, Customer, Customer.call_back_on < day, *open_)
    today = _count(session, Customer, Customer.call_back_on == day, *open_)
    url = f"/decoration/customer/?f_state.in={STATES}&sort=call_back_on&f_call_back_on"
    before = day - timedelta(days=1)
    items = (
        WorkItem(gettext("Prospects who wait for a call"), overdue, f"{url}.le={before}", due=before),
        WorkItem(gettext("Prospects to call"), today, f"{url}={day}", due=day),
    )
    return [each for each in items if each.count]


def new_files(session: Session, _day: date) -> Sequence[WorkItem]:
    """Files of which nobody has called the customer yet."""
    wanted = (Customer.state == n.REGISTERED, *reach.own_customers())
    url = f"/decoration/customer/?f_state={n.REGISTERED}&sort=filed_on"
    return _one(session, Customer, wanted, gettext("New files without a first call"), url)


def designers_needed(session: Session, _day: date) -> Sequence[WorkItem]:
    """Prospects who need a designer and were not referred yet (DEC-R04)."""
    wanted = (
        Customer.needs_designer.is_(True),
        Customer.state.in_((n.REGISTERED, n.CONTACTED, n.BOOKED)),
        *reach.own_customers(),
    )
    url = f"/decoration/customer/?f_needs_designer=yes&f_state.in={WAITING}"
    return _one(session, Customer, wanted, gettext("Customers to refer to design"), url)


def deposits(session: Session, _day: date) -> Sequence[WorkItem]:
    """The list of deposits: customers who paid and have not signed (DEC-R31)."""
    wanted = (Customer.state == n.PENDING, *reach.own_customers())
    url = f"/decoration/customer/?f_state={n.PENDING}&sort=deposit_on"
    return _one(session, Customer, wanted, gettext("Deposits without a contract"), url)


def pairs(session: Session, _day: date) -> Sequence[WorkItem]:
    url = f"/decoration/duplicate/?f_state={c.FOUND}"
    return _one(session, Duplicate, (Duplicate.state == c.FOUND,), gettext("Possible duplicates"), url)


def unread(session: Session, _day: date) -> Sequence[WorkItem]:
    """Collections that were handed in and that the manager has not read."""
    wanted = (Collection.state == c.HANDED_IN, Collection.reading_id.is_(None))
    url = f"/decoration/collection/?f_state={c.HANDED_IN}&f_reading_id.none=1"
    return _one(session, Collection, wanted, gettext("Collections to read"), url)


def proposals(session: Session, _day: date) -> Sequence[WorkItem]:
    """Proposed members of whom nobody has asked or decided."""
    url = f"/decoration/member/?f_state={c.PROPOSED}"
    return _one(session, Member, (Member.state == c.PROPOSED,), gettext("Proposed members"), url)


def _one(session: Session, model: Any, wanted: Sequence[Any], title: str, url: str) -> list[WorkItem]:
    count = _count(session, model, *wanted)
    return [WorkItem(title, count, url)] if count else []


def _count(session: Session, model: Any, *wanted: Any) -> int:
    some = select(model.id).where(*wanted).limit(counting.COUNT_CAP + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


WORK = (
    WorkKind("decoration.prospects-to-call", calls, n.CUSTOMER, "edit", icon="phone"),
    WorkKind("decoration.new-files", new_files, n.CUSTOMER, "edit", icon="file-plus"),
    WorkKind("decoration.designers-needed", designers_needed, n.CUSTOMER, "edit", icon="ruler"),
    WorkKind("decoration.deposits", deposits, n.CUSTOMER, "decide", icon="cash"),
    WorkKind("decoration.pairs", pairs, c.DUPLICATE, "merge", icon="copy"),
    WorkKind("decoration.unread", unread, c.FILE_READING, "add", icon="book"),
    WorkKind("decoration.proposals", proposals, c.MEMBER, "admit", icon="id-badge-2"),
)
