"""The call-backs with which complaints, repairs and acceptances of the example firm ended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, literal, null, select

from core.branches import setwise
from core.worklist.events import happened
from plugins.decoration.calls.ending import ENDINGS, Ending
from plugins.decoration.demo.firm import Firm
from plugins.decoration.models.callbacks import CallBack
from plugins.decoration.rules import names_callbacks as c

BLANK = dict.fromkeys(
    each.name for each in setwise.table_of(CallBack).columns if each.nullable and each.name != "number"
)
"""What a call-back says of which nothing is known."""
CONTENT_FROM = 4
"""The score from which on a customer is content, as the rule book has it before anybody changes it."""


def rows(firm: Firm) -> list[dict[str, Any]]:
    """The calls of those that were called about, as they keep them."""
    found = [row for kind, entity in c.ENDED_BY.items() for row in _made(firm, kind, entity)]
    return sorted(found, key=lambda row: (row["due_on"], row["customer_id"], row["kind"]))


def follow(firm: Firm) -> None:
    """The calls that are still to be made."""
    for entity, ending in ENDINGS.items():
        table = setwise.table_of(ending.model)
        waiting = select(table.c.id, table.c.branch_id, literal(firm.today, Date)).where(
            table.c.state == ending.state, _day(ending, table).is_(None)
        )
        happened(firm.session, f"{entity}.{ending.state}", waiting)


def _made(firm: Firm, kind: str, entity: str) -> list[dict[str, Any]]:
    ending, field = ENDINGS[entity], c.FIELDS[entity]
    table = setwise.table_of(ending.model)
    columns = [table.c[name].label(source) for name, source in ending.told.items() if source != "rating"]
    rating = table.c.rating if "rating" in ending.told else null()
    site = table.c.site_id if "site_id" in table.c else null()
    asked = select(
        table.c.id.label("about_id"),
        table.c.customer_id,
        site.label("site_id"),
        rating.label("rating"),
        *columns,
    ).where(_day(ending, table).is_not(None))
    return [
        {
            **BLANK,
            "customer_id": row.customer_id,
            "site_id": row.site_id,
            field: row.about_id,
            "kind": kind,
            "state": c.DONE,
            "due_on": row.done_on,
            "tries": 0,
            "done_on": row.done_on,
            "caller_id": row.caller_id,
            "channel": c.TELEPHONE,
            "summary": row.summary,
            "rating": row.rating,
            "lowest": row.rating,
            "satisfied": row.rating >= CONTENT_FROM if row.rating is not None else None,
        }
        for row in setwise.fetch(firm.session, asked.order_by(table.c.id))
    ]


def _day(ending: Ending, table: Any) -> Any:
    """The column with the day of the call."""
    return table.c[next(name for name, source in ending.told.items() if source == "done_on")]
