"""What a plugin declares about a round of looking; what is looked at are its checklist rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DAY, WEEK, MONTH = "day", "week", "month"
OK, NOT_OK, NOT_APPLICABLE = "ok", "not_ok", "n_a"
VERDICTS = (OK, NOT_OK, NOT_APPLICABLE)


@dataclass(frozen=True)
class InspectionRound:
    """A round (检查). `id` is `<plugin>.<name>`; checklist rules name it as their `round`.

    `by` is the position that fills it in. `every` says how often: day, week or month; the id of a cadence rule, whose
    length of time in force in the branch counts; or `<rule>.<setting>` for a setting of another. A round whose figure
    is unset rests. Rounds are listed by `order`.
    """

    id: str
    label: Any
    by: str
    every: str = DAY
    order: int = 50
    help: Any = ""

    @property
    def plugin(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]

    @property
    def path(self) -> str:
        """The address where it is filled in, `/core/inspections/gas/hall-opening`."""
        return f"/core/inspections/{self.plugin}/{self.name}"


def finished(round_id: str) -> str:
    """The event of one round alone that was finished: `core.inspection.gas-hall-opening-finished`."""
    return f"core.inspection.{round_id.replace('.', '-')}-finished"
