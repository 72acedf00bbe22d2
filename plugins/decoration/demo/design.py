"""Design commissions of the example firm, in every stage."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from plugins.decoration.checks.design import PREFIX
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.models.design import Commission
from plugins.decoration.rules import names as n

EARLY = (n.ENTRUSTED, n.WELCOMED, n.MET, n.MEASURED, n.SKETCHED, n.REFINED)
PAID = (n.DEPOSIT_PAID, n.FEE_PAID, n.REVIEWED)


def fill(firm: Firm) -> None:
    entrusted = [story for story in firm.stories if story.entrusted_on is not None]
    ids = firm.insert(Commission, [_commission(firm, story) for story in entrusted], PREFIX)
    for place, story in enumerate(entrusted, start=1):
        story.commission_id = ids[f"{PREFIX}{place:06d}"]


def state_of(story: Story) -> str:
    if story.started_on is not None:
        return n.HANDED_OVER
    if story.fixed_on is not None:
        return n.FIXED
    if story.lost_on is not None:
        return n.GIVEN_UP
    return PAID[story.key % len(PAID)] if story.deposit_on is not None else EARLY[story.key % len(EARLY)]


def _commission(firm: Firm, story: Story) -> dict[str, Any]:
    state, paid = state_of(story), story.deposit_on
    signing = n.SIGNED if story.fixed_on is not None else n.PENDING
    fee = paid + timedelta(days=3) if paid is not None and state != n.DEPOSIT_PAID else None
    return {
        "customer_id": story.customer_id,
        "house_id": story.house_id,
        "entrusted_on": story.entrusted_on,
        "designer_id": firm.staff["designer"],
        "state": state,
        "signing": n.LOST if state == n.GIVEN_UP else signing,
        "draft_on": paid - timedelta(days=1) if paid is not None else None,
        "deposit_on": paid,
        "fee_on": fee if fee is not None and fee <= firm.today else paid,
        "fixed_on": story.fixed_on,
        "handed_over_on": story.started_on,
        "entry_on": story.started_on,
        "ended_on": story.lost_on or story.started_on,
    }
