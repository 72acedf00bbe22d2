"""What the office has to pay out, for those who see everybody's claims."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select

from core.installation import installation
from core.people.access import may
from core.ui import format as shown
from plugins.decoration.models.office import Expense
from plugins.decoration.rules import names_office as o


def cards() -> list[dict[str, Any]]:
    """Claims that were signed and not paid out; it leads to their list."""
    if not (may(o.EXPENSE, "see") and may(o.EXPENSE, o.SEE_ALL)):
        return []
    asked = select(func.count(Expense.id), func.sum(Expense.amount)).where(Expense.state == o.SIGNED)
    count, amount = installation().database.session().execute(asked).one()
    return [
        {
            "title": gettext("Claims signed and not paid out"),
            "figure": shown.number(count),
            "hint": gettext("%(amount)s altogether", amount=shown.money(amount or 0)),
            "url": f"/decoration/expense/?f_state={o.SIGNED}",
        }
    ]
