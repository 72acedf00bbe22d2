"""New files and signed contracts of the month, for those who see customers."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select

from core.entities import counting
from core.entities.counting import told
from core.installation import installation
from core.people.access import by_right, may
from core.work.groups import today
from plugins.decoration import reach
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules import names as n


def cards() -> list[dict[str, Any]]:
    """Each over the rows of its page."""
    if not may(n.CUSTOMER, "see"):
        return []
    with by_right(n.CUSTOMER, "see"):
        return [_filed(), _signed()]


def _filed() -> dict[str, Any]:
    first, day = today().replace(day=1), today()
    return {
        "title": gettext("Files opened this month"),
        "figure": told(_count(Customer.filed_on >= first)),
        "hint": gettext("%(count)s of them today", count=told(_count(Customer.filed_on == day))),
        "url": f"/decoration/customer/?f_filed_on.ge={first.isoformat()}",
    }


def _signed() -> dict[str, Any]:
    first = today().replace(day=1)
    pending = _count(Customer.state == n.PENDING)
    return {
        "title": gettext("Contracts signed this month"),
        "figure": told(_count(Customer.state == n.SIGNED, Customer.decided_on >= first)),
        "hint": gettext("%(count)s paid a deposit and wait", count=told(pending)),
        "url": f"/decoration/customer/?f_state={n.SIGNED}&f_decided_on.ge={first.isoformat()}",
    }


def _count(*wanted: Any) -> int:
    some = select(Customer.id).where(*wanted, *reach.own_customers()).limit(counting.COUNT_CAP + 1)
    return installation().database.session().scalar(select(func.count()).select_from(some.subquery())) or 0
