"""Settings in force (规则参数): of a rule, in a branch, on a day. The nearest branch up the tree wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.data.base import freed
from core.handbook import stored
from core.handbook.kinds import Rule, Settings
from core.handbook.models import RuleSetting
from core.people.access import remembered, tree_above
from core.people.rights.snapshot import count

Rows = Mapping[tuple[str, str, int], Sequence[RuleSetting]]
"""By rule, setting and branch: the rows that took or take effect, the latest first."""

count(RuleSetting)


@dataclass(frozen=True)
class InForce:
    """A setting's value, and the row that says so; the rule book's own default where there is none."""

    value: Any
    row: RuleSetting | None = None


def settings_on(session: Session, rule: Rule, branch_id: int, day: date) -> Settings:
    """The values in force in a branch on a day, by name; None for what is unset."""
    return settings_of_branches(session, rule, (branch_id,), (day,))[branch_id, day]


def settings_of_branches(
    session: Session, rule: Rule, branch_ids: Iterable[int], days: Iterable[date]
) -> dict[tuple[int, date], Settings]:
    """As `settings_on` for each of the branches on each of the days, in two statements at most."""
    shelf = Shelf(session, (rule,))
    wanted = tuple(days)
    return {(branch, day): shelf.settings(rule, branch, day) for branch in set(branch_ids) for day in wanted}


class Shelf:
    """The settings of some rules, read once (one statement, and one for the tree), asked for any branch and day.

    `proposed` are rows that are not published: a preview asks what would be if they had held all along.
    """

    def __init__(self, session: Session, rules: Iterable[Rule], proposed: Sequence[RuleSetting] = ()) -> None:
        wanted = [each.id for each in rules if each.settings]
        self._rows = _read(session, wanted)
        self._proposed = {(each.rule, each.setting, each.branch_id): each for each in proposed}
        self._above = tree_above(session) if self._rows or proposed else {}

    def settings(self, rule: Rule, branch_id: int, day: date) -> Settings:
        return {each.name: self.in_force(rule, each.name, branch_id, day).value for each in rule.settings}

    def in_force(self, rule: Rule, name: str, branch_id: int, day: date) -> InForce:
        """One setting's value with where it comes from; of one that is fixed, the rule book's own."""
        if rule.setting(name).fixed:
            return InForce(rule.setting(name).default)
        for here in self._way_up(branch_id):
            key = (rule.id, name, here)
            begun = (
                each
                for each in self._rows.get(key, ())
                if each.in_force_on is not None and each.in_force_on <= day
            )
            row = self._proposed.get(key) or next(begun, None)
            if row is not None and not row.inherits:
                return InForce(stored.live(row.value), row)
        return InForce(rule.setting(name).default)

    def _way_up(self, branch_id: int) -> Iterable[int]:
        here: int | None = branch_id
        seen: set[int] = set()
        while here is not None and here not in seen:
            seen.add(here)
            yield here
            here = self._above.get(here)


def _read(session: Session, rules: Sequence[str]) -> Rows:
    if not rules:
        return {}

    def rows() -> Rows:
        statement = select(RuleSetting).where(
            RuleSetting.rule.in_(rules),
            RuleSetting.withdrawn_at.is_(None),
            RuleSetting.in_force_on.is_not(None),
        )
        with session.no_autoflush:
            read = session.scalars(statement.order_by(RuleSetting.id)).all()
        found: defaultdict[tuple[str, str, int], list[RuleSetting]] = defaultdict(list)
        for each in reversed(read):
            found[each.rule, each.setting, each.branch_id].append(freed(each))
        for held in found.values():
            held.sort(key=lambda each: each.in_force_on or date.min, reverse=True)
        return dict(found)

    held: Rows = remembered(session, ("settings", *rules), rows)
    return held


def decisive(rule: Rule, settings: Settings) -> Settings:
    """The settings without which a rule does nothing; those that are `optional` are left out."""
    return {each.name: settings[each.name] for each in rule.settings if not each.optional}


def is_unset(settings: Settings) -> bool:
    """Whether a rule does nothing because a figure that its text leaves open was not filled in."""
    return any(value is None for value in settings.values())
