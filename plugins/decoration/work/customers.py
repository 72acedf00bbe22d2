"""A specialist's morning: whom to call, whom to bring to a designer; what the manager has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.people.access import may
from core.work.kinds import WorkItem, WorkKind
from core.work.lines import line
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
    open_ = Customer.state.in_(n.UNDECIDED)
    query = f"f_state.in={STATES}&sort=call_back_on&f_call_back_on"
    before = day - timedelta(days=1)
    late, title = (open_, Customer.call_back_on < day), gettext("Prospects who wait for a call")
    today = open_, Customer.call_back_on == day
    return [
        *line(session, n.CUSTOMER, title, late, f"{query}.le={before}", due=before),
        *line(session, n.CUSTOMER, gettext("Prospects to call"), today, f"{query}={day}", due=day),
    ]


def new_files(session: Session, _day: date) -> Sequence[WorkItem]:
    """Files of which nobody has called the customer yet."""
    wanted = (Customer.state == n.REGISTERED,)
    query = f"f_state={n.REGISTERED}&sort=filed_on"
    return line(session, n.CUSTOMER, gettext("New files without a first call"), wanted, query)


def designers_needed(session: Session, _day: date) -> Sequence[WorkItem]:
    """Prospects who need a designer and were not referred yet (DEC-R04)."""
    wanted = (
        Customer.needs_designer.is_(True),
        Customer.state.in_((n.REGISTERED, n.CONTACTED, n.BOOKED)),
    )
    query = f"f_needs_designer=yes&f_state.in={WAITING}"
    return line(session, n.CUSTOMER, gettext("Customers to refer to design"), wanted, query)


def deposits(session: Session, _day: date) -> Sequence[WorkItem]:
    """The list of deposits: customers who paid and have not signed (DEC-R31)."""
    wanted = (Customer.state == n.PENDING,)
    query = f"f_state={n.PENDING}&sort=deposit_on"
    return line(session, n.CUSTOMER, gettext("Deposits without a contract"), wanted, query)


def pairs(session: Session, _day: date) -> Sequence[WorkItem]:
    query = f"f_state={c.FOUND}"
    return line(session, c.DUPLICATE, gettext("Possible duplicates"), (Duplicate.state == c.FOUND,), query)


def unread(session: Session, _day: date) -> Sequence[WorkItem]:
    """Collections that were handed in and that the manager has not read."""
    wanted = (Collection.state == c.HANDED_IN, Collection.reading_id.is_(None))
    query = f"f_state={c.HANDED_IN}&f_reading_id.none=1"
    return line(session, c.COLLECTION, gettext("Collections to read"), wanted, query)


def proposals(session: Session, _day: date) -> Sequence[WorkItem]:
    """Proposed members of whom nobody has asked or decided."""
    query = f"f_state={c.PROPOSED}"
    return line(session, c.MEMBER, gettext("Proposed members"), (Member.state == c.PROPOSED,), query)


WORK = (
    WorkKind("decoration.prospects-to-call", calls, n.CUSTOMER, "edit", icon="phone"),
    WorkKind("decoration.new-files", new_files, n.CUSTOMER, "edit", icon="file-plus"),
    WorkKind("decoration.designers-needed", designers_needed, n.CUSTOMER, "edit", icon="ruler"),
    WorkKind("decoration.deposits", deposits, n.CUSTOMER, "decide", icon="cash"),
    WorkKind("decoration.pairs", pairs, c.DUPLICATE, "merge", icon="copy"),
    WorkKind("decoration.unread", unread, c.FILE_READING, "add", icon="book"),
    WorkKind("decoration.proposals", proposals, c.MEMBER, "admit", icon="id-badge-2"),
)
