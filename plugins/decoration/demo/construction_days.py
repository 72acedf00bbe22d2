"""On which days things happened on the example firm's sites; what other areas tell of sites agrees with these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from plugins.decoration.demo.firm import BUILDING_DAYS, Story
from plugins.decoration.rules import names as n

PAY_AT = n.STAGES.index(n.CARPENTRY)
"""The stage with whose acceptance the mid-term payment falls due."""
REPEATED_EVERY = 7
"""On one site in so many plumbing failed at first."""


@dataclass(frozen=True)
class Step:
    """A stage of a site: when it was planned, begun and accepted; None where that is still to come."""

    stage: str
    planned: tuple[date, date]
    begun: date | None
    passed: date | None


def later(day: date | None, days: int, today: date) -> date | None:
    """So many days later; None where that is still to come."""
    found = day + timedelta(days=days) if day is not None else None
    return found if found is not None and found <= today else None


def steps_of(story: Story, today: date) -> list[Step]:
    """The stages of a started site: alike long, planned over as long as works take at most."""
    begun, count = story.started_on, len(n.STAGES)
    if begun is None:
        return []
    planned = BUILDING_DAYS[1]
    real = (story.completed_on - begun).days if story.completed_on is not None else planned
    found = []
    for place, stage in enumerate(n.STAGES):
        first, last = (begun + timedelta(days=planned * each // count) for each in (place, place + 1))
        starts, ends = (begun + timedelta(days=real * each // count) for each in (place, place + 1))
        found.append(
            Step(
                stage,
                (first, last - timedelta(days=1)),
                starts if starts <= today else None,
                _passed(story, ends if place + 1 < count else None, today),
            )
        )
    return found


def _passed(story: Story, next_begins: date | None, today: date) -> date | None:
    """A stage is accepted on the day before the next one begins, the last one when the works are completed."""
    if next_begins is None:
        return story.completed_on
    return next_begins - timedelta(days=1) if next_begins <= today else None


def mid_days(story: Story, today: date) -> tuple[date | None, date | None]:
    """When the mid-term payment fell due, and when it came."""
    steps = steps_of(story, today)
    due = steps[PAY_AT].passed if steps else None
    return due, later(due, 4 + story.key % 16, today)


def final_days(story: Story, today: date) -> tuple[date | None, date | None]:
    """When the final payment fell due, and when it came."""
    return story.completed_on, story.settled_on


def owed_since(story: Story, today: date) -> dict[str, date | None]:
    """What a site says of payments that are due."""
    mid, final = mid_days(story, today), final_days(story, today)
    return {
        "mid_due_on": mid[0] if mid[1] is None and story.settled_on is None else None,
        "final_due_on": final[0] if final[1] is None else None,
    }
