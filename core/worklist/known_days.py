"""What was known of days off and hours of service at any time: by the rows of today, and the history of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, and_, case, cast, literal, or_, select
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Session

from core.branches.setwise import table_of
from core.history.models import ADD, BRING_BACK, CHUNK, DELETE, EDIT, HistoryEntry
from core.history.values import typed
from core.people.access import time_zone
from core.workdays.kept import hours_by, lineage, told_by
from core.workdays.models import ServiceTime, Workday
from core.worklist.reckoning import Place

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
TOGETHER = timedelta(seconds=1)
"""Rows that are written one after the other, as a year's notice is, are known together."""


@dataclass(frozen=True)
class Version:
    """The values of a row, from an instant on up to another."""

    values: Mapping[str, Any]
    first: datetime
    end: datetime

    def has(self, at: datetime) -> bool:
        return self.first <= at < self.end


class KnownDays:
    """Every state of what was known, numbered from 0, the oldest, to the one of today. Two statements for each table.

    What was changed in sets left no values behind: states before `unknown_before` are not whole.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._places: dict[tuple[int, int], Place] = {}
        self.unknown_before = FIRST
        self._days, self._times = self._versions(Workday), self._versions(ServiceTime)
        bounds = {each.first for each in (*self._days, *self._times)}
        bounds |= {each.end for each in (*self._days, *self._times)} | {self.unknown_before}
        self._changes = list(_apart(sorted(bounds - {FIRST, LAST})))

    def number(self, column: Any) -> ColumnElement[int]:
        """The number of the state at the instant in a column, to be asked of thousands at once."""
        before = [(column < each, place) for place, each in enumerate(self._changes)]
        return case(*before, else_=len(self._changes)) if before else literal(0)

    @property
    def present(self) -> int:
        """The number of today's state."""
        return len(self._changes)

    def is_whole(self, number: int) -> bool:
        """Whether all that was known in a state is known still."""
        if self.unknown_before == FIRST:
            return True
        return number > bisect_left(self._changes, self.unknown_before)

    def place(self, branch_id: int, number: int) -> Place:
        """Where days of a branch were counted in a state."""
        key = branch_id, number
        if key not in self._places:
            at = self._changes[number - 1] if number else FIRST
            line = lineage(self._session, branch_id)
            days, times = (_rows(each, at, line) for each in (self._days, self._times))
            zone = ZoneInfo(time_zone(self._session, branch_id))
            self._places[key] = Place(told_by(days, line)[0], hours_by(times, line), zone)
        return self._places[key]

    def _versions(self, model: type[Any]) -> list[Version]:
        table = table_of(model)
        names = [each.key for each in sa_inspect(model).column_attrs]
        now = {row.id: row._asdict() for row in self._session.execute(select(table))}
        in_sets = and_(HistoryEntry.action == CHUNK, cast(HistoryEntry.details, Text).contains(table.name))
        of_table = or_(HistoryEntry.table_name == table.name, in_sets)
        wanted = select(HistoryEntry).where(of_table).order_by(HistoryEntry.id.desc())
        entries: dict[int, list[HistoryEntry]] = {}
        for each in self._session.scalars(wanted):
            if _tells_nothing(each, table.name):
                self.unknown_before = max(self.unknown_before, each.at)
            elif each.table_name == table.name and each.record_id is not None:
                entries.setdefault(each.record_id, []).append(each)
        return [
            version
            for row_id in {*now, *entries}
            for version in _back(table, names, now.get(row_id), entries.get(row_id, ()))
        ]


def _tells_nothing(entry: HistoryEntry, name: str) -> bool:
    """Whether rows were changed or removed of which the entry does not say what they were. Added ones tell when."""
    if entry.action == CHUNK:
        return bool({EDIT, DELETE} & entry.details.get("counts", {}).get(name, {}).keys())
    if entry.record_id is None:
        return entry.action != ADD
    was_bare = entry.action == DELETE and not entry.changes
    return was_bare or any(len(both) < 2 for both in entry.changes.values())


def _back(
    table: Any, names: Sequence[str], now: dict[str, Any] | None, entries: Sequence[HistoryEntry]
) -> Iterator[Version]:
    """A row's versions, the latest first: each entry undone."""
    values, end = now, LAST
    for each in entries:
        old = {name: typed(table.c[name], both[0]) for name, both in each.changes.items() if name in table.c}
        if values is not None and each.action != DELETE:
            yield Version(values, each.at, end)
        if each.action == DELETE:
            values = {**dict.fromkeys(names), **old}
        elif each.action in (ADD, BRING_BACK):
            values = None
        elif values is not None:
            values = {**values, **old}
        end = each.at
    if values is not None:
        yield Version(values, values.get("created_at") or FIRST, end)


def _apart(instants: Sequence[datetime]) -> Iterator[datetime]:
    """Of instants that follow each other at once, the last."""
    for place, each in enumerate(instants):
        if place + 1 == len(instants) or instants[place + 1] - each > TOGETHER:
            yield each


def _rows(versions: Sequence[Version], at: datetime, line: Sequence[int]) -> list[Any]:
    held = (each.values for each in versions if each.has(at))
    return [SimpleNamespace(**each) for each in held if each["branch_id"] in (None, *line)]
