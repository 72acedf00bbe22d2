"""What the areas of the example firm share: its people, and each customer with what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import Branch, setwise
from core.data.sequences import Sequence
from core.demo import DemoCompany
from plugins.decoration.positions import POSITIONS

DAYS = 913
"""Thirty months, over which customers come evenly."""
DESIGN_DAYS, BUILDING_DAYS = (40, 70), (75, 115)


@dataclass
class Story:
    """A customer and the days on which things happened; None where it never came so far, or not yet.

    `key` is the customer's place from 0; the ids are filled in by the areas whose rows they are.
    """

    key: int
    filed_on: date
    called_on: date | None = None
    deposit_on: date | None = None
    entrusted_on: date | None = None
    fixed_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    settled_on: date | None = None
    lost_on: date | None = None
    customer_id: int = 0
    house_id: int = 0
    commission_id: int = 0
    site_id: int = 0


@dataclass
class Firm:
    """A branch in the making: `staff` are the ids of its accounts by the position's short name."""

    session: Session
    branch: Branch
    random: Random
    today: date
    staff: dict[str, int | None]
    stories: list[Story] = field(default_factory=list)

    def plan(self, count: int) -> None:
        """What became of `count` customers until today, the first of whom came thirty months ago."""
        first = self.today - timedelta(days=DAYS)
        self.stories = [
            self._story(key, first + timedelta(days=key * DAYS // max(count, 1))) for key in range(count)
        ]

    def _story(self, key: int, filed_on: date) -> Story:
        story = Story(key, filed_on)
        story.called_on = self._later(filed_on, 0, 3)
        if self.random.random() < 0.35:
            story.lost_on = self._later(story.called_on, 20, 60)
            return story
        story.entrusted_on = self._later(story.called_on, 2, 15)
        story.deposit_on = self._later(story.entrusted_on, 5, 25)
        if self.random.random() < 0.12:
            story.lost_on = self._later(story.deposit_on, 10, 40)
            return story
        story.fixed_on = self._later(story.entrusted_on, *DESIGN_DAYS)
        story.started_on = self._later(story.fixed_on, 5, 15)
        story.completed_on = self._later(story.started_on, *BUILDING_DAYS)
        story.settled_on = self._later(story.completed_on, 3, 20)
        return story

    def _later(self, day: date | None, low: int, high: int) -> date | None:
        """A day so many days later; None where that is still to come."""
        days = self.random.randint(low, high)
        found = day + timedelta(days=days) if day is not None else None
        return found if found is not None and found <= self.today else None

    def insert(self, model: Any, rows: list[dict[str, Any]], prefix: str) -> dict[str, int]:
        """Write rows that are numbered from 1 on, and have the next number go on after them; answers ids by number."""
        for place, row in enumerate(rows, start=1):
            row["number"] = f"{prefix}{place:06d}"
        setwise.insert_rows(self.session, model, rows)
        self.session.add(Sequence(branch_id=self.branch.id, name=model.__tablename__, last=len(rows)))
        table = setwise.table_of(model)
        return dict(setwise.fetch(self.session, select(table.c.number, table.c.id)))


def firm_of(company: DemoCompany, branch: Branch) -> Firm:
    names = [each.name for each in POSITIONS]
    staff = {name: company.user_id(f"{branch.code}.{name}") for name in names}
    random = Random(f"decoration {branch.code}")  # noqa: S311 - example data, not secrets
    return Firm(company.session, branch, random, company.today(branch), staff)
