"""Crews and construction sites of the example firm, in every stage."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from core.branches import setwise
from plugins.decoration.checks.construction import PREFIX
from plugins.decoration.demo import names
from plugins.decoration.demo.construction_days import owed_since, steps_of
from plugins.decoration.demo.firm import BUILDING_DAYS, Firm, Story
from plugins.decoration.models.construction import Crew, Site
from plugins.decoration.rules import names as n

CREW_PHONES = 90_000
PAUSED_EVERY = 9
PAUSED_FOR = 6
WHY = "业主选定的主材未到，停工待料"


def fill(firm: Firm) -> None:
    crews = _crews(firm)
    planned = [story for story in firm.stories if story.fixed_on is not None]
    rows = [_site(firm, story, crews[place % len(crews)]) for place, story in enumerate(planned)]
    ids = firm.insert(Site, rows, PREFIX)
    for place, story in enumerate(planned, start=1):
        story.site_id = ids[f"{PREFIX}{place:06d}"]


def _crews(firm: Firm) -> list[int]:
    rows = [
        {"name": name, "foreman": names.person(firm.random), "phone": names.phone(CREW_PHONES + place)}
        for place, name in enumerate(names.CREWS)
    ]
    setwise.insert_rows(firm.session, Crew, rows)
    table = setwise.table_of(Crew)
    return [row.id for row in setwise.fetch(firm.session, select(table.c.id).order_by(table.c.id))]


def state_of(story: Story) -> str:
    if story.settled_on is not None:
        return n.SETTLED
    if story.completed_on is not None:
        return n.COMPLETED
    if story.started_on is None:
        return n.PREPARED
    return n.PAUSED if story.key % PAUSED_EVERY == 0 else n.UNDER_WAY


def _site(firm: Firm, story: Story, crew: int) -> dict[str, Any]:
    state = state_of(story)
    begins = story.started_on or firm.today + timedelta(days=5)
    paused = state == n.PAUSED
    return {
        "customer_id": story.customer_id,
        "house_id": story.house_id,
        "commission_id": story.commission_id,
        "crew_id": crew,
        "inspector_id": firm.staff["inspector"],
        "state": state,
        "stage": _stage(firm, story),
        "planned_from": begins,
        "planned_until": begins + timedelta(days=BUILDING_DAYS[1]),
        "started_on": story.started_on,
        "paused_on": max(begins, firm.today - timedelta(days=PAUSED_FOR)) if paused else None,
        "pause_reason": WHY if paused else None,
        "completed_on": story.completed_on,
        "settled_on": story.settled_on,
        **owed_since(story, firm.today),
    }


def _stage(firm: Firm, story: Story) -> str | None:
    """The stage that is under way; the last one of a site that is completed."""
    steps = steps_of(story, firm.today)
    begun = [each.stage for each in steps if each.begun is not None]
    return begun[-1] if begun else None
