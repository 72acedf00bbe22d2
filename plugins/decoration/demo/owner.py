"""Customers of the example firm with a page of their own. Nobody has its address: the links are there to be looked at,
and new ones are made in a minute."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from core.branches import setwise
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.models.construction_stages import Acceptance
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.owner import OwnerLink
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules import names_owner as o

LINKS, DAYS = 3, 180
CONTACT, PHONE = "客服小周", "0571-88881234"
REMARK = "师傅很细心"


def fill(firm: Firm) -> None:
    """Of the customers whose home is being built: two who use their page, one whose link was taken back."""
    building = [
        story for story in firm.stories if story.started_on is not None and story.completed_on is None
    ]
    chosen = building[:LINKS]
    setwise.insert_rows(firm.session, OwnerLink, [_link(firm, *each) for each in enumerate(chosen)])
    for story in chosen[: LINKS - 1]:
        _sign(firm, story)


def _link(firm: Firm, place: int, story: Story) -> dict[str, Any]:
    begun = story.started_on or firm.today
    revoked = place == LINKS - 1
    return {
        "customer_id": story.customer_id,
        "site_id": story.site_id,
        "commission_id": story.commission_id,
        "token_hash": f"example {place}",  # of no secret
        "seed": "",
        "locale": "zh",
        "contact": CONTACT,
        "contact_phone": PHONE,
        "made_by": firm.staff["specialist"],
        "made_at": _at(firm, begun, 10),
        "ends_on": begun + timedelta(days=DAYS),
        "state": o.REVOKED if revoked else o.OPEN,
        "revoked_on": firm.today if revoked else None,
        "revoked_by": firm.staff["specialist"] if revoked else None,
        "opened_at": _at(firm, begun, 20),
    }


def _sign(firm: Firm, story: Story) -> None:
    """The customer came to the acceptances that were held, and signed them."""
    table = setwise.table_of(Acceptance)
    name = firm.session.get_one(Customer, story.customer_id).name
    held = select(table.c.id, table.c.held_on).where(
        table.c.site_id == story.site_id, table.c.state.in_((c.PASSED, c.CLOSED))
    )
    for row in setwise.fetch(firm.session, held):
        values = {
            "owner_day": row.held_on,
            "owner_confirmed_at": _at(firm, row.held_on - timedelta(days=2), 19),
            "owner_signed_at": _at(firm, row.held_on, 18),
            "owner_name": name,
            "owner_remark": REMARK,
        }
        setwise.change(firm.session, Acceptance, update(table).where(table.c.id == row.id).values(**values))


def _at(firm: Firm, day: Any, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(firm.branch.time_zone))
