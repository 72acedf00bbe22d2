"""What waits for the person of this request, by when it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.branches.switches import plugin_on
from core.data import clock
from core.installation import installation
from core.people.access import by_right, current_person, may
from core.work.kinds import WorkItem, WorkKind

OVERDUE, TODAY, WAITING = "overdue", "today", "waiting"


@dataclass(frozen=True)
class Line:
    """A line of the home page."""

    item: WorkItem
    icon: str
    group: str


def today() -> date:
    """The business date of the active branch."""
    person = current_person()
    zone = person.branch.time_zone if person and person.branch else clock.DEFAULT_TIME_ZONE
    return clock.today(zone)


def waiting(session: Session) -> dict[str, list[Line]]:
    """The lines of each group, what is due first in front; all groups are there, be they empty."""
    day = today()
    lines = [_line(each, kind, day) for kind in _known() for each in _found(session, kind, day)]
    lines.sort(key=lambda line: line.item.due or date.max)
    return {group: [line for line in lines if line.group == group] for group in (OVERDUE, TODAY, WAITING)}


def _known() -> Iterator[WorkKind]:
    """The kinds of the plugins that are on in the active branch."""
    person = current_person()
    if person is None or person.branch is None:
        return
    for owner, kind in installation().work:
        if plugin_on(owner):
            yield kind


def _found(session: Session, kind: WorkKind, day: date) -> list[WorkItem]:
    if not kind.entity:
        return [each for each in kind.find(session, day) if each.count]
    if not may(kind.entity, kind.right):
        return []
    with by_right(kind.entity, kind.right):
        return [each for each in kind.find(session, day) if each.count]


def _line(item: WorkItem, kind: WorkKind, day: date) -> Line:
    if item.due is None or item.due > day:
        return Line(item, kind.icon, WAITING)
    return Line(item, kind.icon, OVERDUE if item.due < day else TODAY)
