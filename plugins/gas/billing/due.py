"""By when a bill is to be paid: by its customer's class of use, as settled where and when it is billed (GAS-R78,
GAS-R79)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, case, literal
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.branches.scope import current_branch_id
from core.handbook.basis import basis_of
from core.handbook.kinds import Deadline, Settings
from core.handbook.settings import is_unset, settings_of_branches
from core.worklist.places import place_of
from core.worklist.reckoning import by_deadline
from plugins.gas.rules.book.arrears import PAID_WITHIN


@dataclass(frozen=True)
class Payable:
    """The day until which a bill is payable, that day included, and the id of what it rests on."""

    until: date
    basis_id: int


PayableBy = Mapping[tuple[str, date], Payable]
"""By class of use and day of the bill."""


def payable(session: Session, days: Iterable[date]) -> PayableBy:
    """Until when bills of these days are payable in the active branch; the statements are as many for any number of
    bills.

    A bill has such a day always: where a branch has left the figure open, it is the rule book's own.
    """
    branch_id, wanted = current_branch_id(), sorted(set(days))
    place = place_of(session, branch_id)
    found: dict[tuple[str, date], Payable] = {}
    for rule, classes in PAID_WITHIN:
        here = settings_of_branches(session, rule, (branch_id,), wanted)
        for day in wanted:
            settings = _settled(rule, here[branch_id, day])
            reckoned = by_deadline(rule, settings, day, place)
            if reckoned is None:
                raise ValueError(f"{rule.id} names no day")
            each = Payable(reckoned.due_on, basis_of(session, rule, settings).id)
            found.update({(use_class, day): each for use_class in classes})
    return found


def _settled(rule: Deadline, settings: Settings) -> Settings:
    if not is_unset(settings):
        return settings
    return {each.name: each.default for each in rule.settings}


def columns(use_class: Any, day: date, known: PayableBy) -> dict[str, ColumnElement[Any]]:
    """`due_on` and `due_basis_id` of the bills of a day, for a statement that knows the class of use."""
    of_the_day = {each: found for (each, billed_on), found in known.items() if billed_on == day}
    return {
        "due_on": case({each: literal(found.until) for each, found in of_the_day.items()}, value=use_class),
        "due_basis_id": case(
            {each: literal(found.basis_id, Integer) for each, found in of_the_day.items()}, value=use_class
        ),
    }
