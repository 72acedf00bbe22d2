"""Figures as the records give them now, and the targets that are entered; read from the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.measures.kinds import Measure, Part, Sum, Sums
from core.measures.models import Target
from core.measures.months import Months
from core.measures.reach import reading

Key = tuple[int, str]
"""A branch's id and a month."""


class Adder:
    """Adds up what measures ask for; what several of them have a part in is read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._together: dict[tuple[Any, tuple[int, ...], Months], Mapping[str, Sequence[Sum]]] = {}

    def sums(self, measure: Measure, branches: tuple[int, ...], months: Months) -> dict[Key, Sum]:
        """What a measure comes to in these branches, which are the caller's to read."""
        with reading(branches):
            return {(each.branch_id, each.month): each for each in self._read(measure.sums, branches, months)}

    def _read(self, sums: Sums | Part, branches: tuple[int, ...], months: Months) -> Iterable[Sum]:
        if not isinstance(sums, Part):
            return sums(self._session, months)
        key = sums.read, branches, months
        if key not in self._together:
            self._together[key] = sums.read(self._session, months)
        return self._together[key][sums.name]


def entered(session: Session, branches: Iterable[int], months: Months) -> dict[str, dict[Key, Decimal]]:
    """The targets that somebody entered, by measure. One statement."""
    found: dict[str, dict[Key, Decimal]] = {}
    with reading(tuple(sorted(branches))):
        rows = session.execute(
            select(Target.measure, Target.branch_id, Target.month, Target.value).where(
                Target.month.in_(months.all)
            )
        )
        for measure, branch_id, month, value in rows:
            found.setdefault(measure, {})[branch_id, month] = value
    return found
