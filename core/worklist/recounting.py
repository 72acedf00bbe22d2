"""Dates of deadlines worked out anew, because days off were announced or hours of service are others now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

from sqlalchemy import Boolean, Date, Integer, select, update
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from core.branches.scope import current_branch_id
from core.branches.setwise import change, fetch, table_of
from core.data import UtcDateTime
from core.handbook import stored
from core.handbook.basis import basis_of
from core.handbook.kinds import Deadline
from core.handbook.settings import settings_of_branches
from core.worklist.given import given
from core.worklist.merging import merge
from core.worklist.models import OPEN, Obligation
from core.worklist.places import place_of
from core.worklist.reckoning import Reckoned, by_deadline, put_off

OBLIGATION = table_of(Obligation)
AT_ONCE = 5_000
_INSTANTS: dict[str, TypeEngine[Any]] = {
    "id": Integer(),
    "nominal_on": Date(),
    "due_on": Date(),
    "due_at": UtcDateTime(),
    "provisional": Boolean(),
}


class Again:
    """What a rule makes of a day in the active branch, under settings of that day; each is worked out once."""

    def __init__(self, session: Session, rule: Deadline, days: set[date]) -> None:
        self.rule, self._branch_id = rule, current_branch_id()
        self._place = place_of(session, self._branch_id)
        self._settings = settings_of_branches(session, rule, (self._branch_id,), days)
        self._bases = {
            day: basis_of(session, rule, self._settings[self._branch_id, day]).id for day in sorted(days)
        }

    def dates(self, starts_on: date, basis_id: int, rested: int, at: Any = None) -> Reckoned | None:
        """None also for what was decided under other settings: that stays."""
        if self._bases[starts_on] != basis_id:
            return None
        settings = self._settings[self._branch_id, starts_on]
        found = by_deadline(self.rule, settings, starts_on, self._place, at)
        return put_off(found, rested, self.rule, self._place.calendar) if found is not None else None


def recount_deadline(session: Session, rule: Deadline, day: date) -> int:
    """Move what is open and was still to come on `day`; answers how many moved."""
    own = OBLIGATION
    still = (own.c.rule == rule.id, own.c.state == OPEN, own.c.due_on >= day, own.c.paused_on.is_(None))
    count = _by_days(session, rule, still) + _by_instants(session, rule, still)
    if count:
        merge(session, rule)
    return count


def _by_days(session: Session, rule: Deadline, still: Sequence[Any]) -> int:
    """Once for each different start and basis, however many there are of it."""
    own = OBLIGATION
    still = (*still, own.c.due_at.is_(None))
    alike = (own.c.starts_on, own.c.basis_id, own.c.due_on, own.c.provisional, own.c.paused_days)
    known = fetch(session, select(*alike).where(*still).distinct())
    again, moved = Again(session, rule, {row[0] for row in known}), []
    for starts_on, basis_id, due_on, provisional, rested in known:
        found = again.dates(starts_on, basis_id, rested)
        if found is not None and (found.due_on, found.provisional) != (due_on, provisional):
            moved.append((starts_on, basis_id, rested, found))
    count = 0
    for starts_on, basis_id, rested, found in moved:
        same = (own.c.starts_on == starts_on, own.c.basis_id == basis_id, own.c.paused_days == rested)
        values = {
            "nominal_on": found.nominal_on,
            "due_on": found.due_on,
            "provisional": found.provisional,
        }
        count += change(session, Obligation, update(own).where(*still, *same).values(**values))
    return count


def _by_instants(session: Session, rule: Deadline, still: Sequence[Any]) -> int:
    """What counts hours, or names a time of day: each from its own instant."""
    own = OBLIGATION
    columns = (own.c.id, own.c.starts_on, own.c.basis_id, own.c.due_at, own.c.provisional)
    wanted = select(*columns, own.c.paused_days, own.c.inputs).where(*still, own.c.due_at.is_not(None))
    known = fetch(session, wanted)
    again, moved = Again(session, rule, {row.starts_on for row in known}), []
    for row in known:
        at = stored.live_map(row.inputs).get("at")
        found = again.dates(row.starts_on, row.basis_id, row.paused_days, at and at.astimezone(UTC))
        if found is not None and (found.due_at, found.provisional) != (row.due_at, row.provisional):
            moved.append((row.id, found.nominal_on, found.due_on, found.due_at, found.provisional))
    return sum(_put(session, moved[start : start + AT_ONCE]) for start in range(0, len(moved), AT_ONCE))


def _put(session: Session, rows: Sequence[tuple[Any, ...]]) -> int:
    own, into = OBLIGATION, given(session, "moved", _INSTANTS, rows)
    values = {
        name: select(into.c[name]).where(into.c.id == own.c.id).correlate(own).scalar_subquery()
        for name in _INSTANTS
        if name != "id"
    }
    return change(session, Obligation, update(own).where(own.c.id.in_(select(into.c.id))).values(**values))
