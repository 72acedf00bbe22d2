"""Whether a round is asked for on a day: it has a period, and something is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from core.handbook.kinds import Checklist, Rule, Settings
from core.handbook.own.rules import Term
from core.handbook.periods import Period
from core.handbook.registry import book
from core.inspections.items import items_of
from core.inspections.kinds import InspectionRound
from core.inspections.often import setting_of
from core.inspections.rhythm import period_by

SettingsOf = Callable[[Rule], Settings]


def lists_of(round_: InspectionRound) -> list[Checklist]:
    """The checklist rules that stand on a round."""
    return [each for each in book().of_kind(Checklist) if each.round == round_.id]


def rules_of(round_: InspectionRound) -> list[Rule]:
    """The rules whose settings say whether a round is made, and how often."""
    named = setting_of(round_, book().rules)
    return [*lists_of(round_), *((named[0],) if named is not None else ())]


def is_looked_at(lists: Sequence[Checklist], settings_of: SettingsOf) -> bool:
    """Whether any of some checklists has an item under the settings of a day."""
    return any(items_of(each, settings_of(each)) for each in lists)


def asked(
    round_: InspectionRound, day: date, settings_of: SettingsOf, own: Sequence[Term] = ()
) -> Period | None:
    """The period of a day, under the settings of that day; None where the round rests.

    `own` are the items of administrators' own that are always asked.
    """
    period = period_by(round_, day, settings_of)
    if period is None:
        return None
    further = any(each.row.moment == round_.id and each.has(day) for each in own)
    return period if further or is_looked_at(lists_of(round_), settings_of) else None
