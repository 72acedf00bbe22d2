"""The month's negotiations and deposits of the design stage: a designer's own, for others those of all."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from core.installation import installation
from core.measures.months import month_of
from core.people.access import by_right, may
from core.ui import format as shown
from core.work.groups import today
from plugins.decoration.designers import figures_of
from plugins.decoration.rules import names_design as d


def cards() -> list[dict[str, Any]]:
    """Deposits of the month, and of how many negotiations; it leads to each designer's figures."""
    if not (may(d.APPOINTMENT, "see") and may(d.RECEIPT, "see")):
        return []
    month = month_of(today())
    with by_right(d.APPOINTMENT, "see"):
        found = figures_of(installation().database.session(), month)
    negotiations, deposits = sum(each.negotiations for each in found), sum(each.deposits for each in found)
    return [
        {
            "title": gettext("Design deposits in %(month)s", month=month),
            "figure": shown.number(deposits),
            "hint": gettext("of %(count)s negotiations", count=shown.number(negotiations)),
            "url": f"/decoration/designers/?month={month}",
        }
    ]
