"""What the department brings: a round, its checklist and the position that makes it."""

from __future__ import annotations

from core.handbook.kinds import Checklist, Clause, Rule
from core.hooks import hookimpl
from core.inspections.kinds import InspectionRound
from core.people.positions import Position, grant

HALL = Clause("hall", "Hall rules", "4", "Before the hall opens, everything is ready.")
ITEMS = (
    ("equipment", "Printer and card reader work."),
    ("slips", "Blank slips are ready."),
    ("clean", "Floor and counters are clean."),
    ("signs", "Signs stand where customers see them."),
)


@hookimpl
def positions() -> list[Position]:
    look = grant("core.inspection", "see", "fill", clause="Hall 4")
    read = grant("core.inspection-result", "see", "export", clause="Hall 4")
    return [Position("looks.inspector", "Inspector", (look, read))]


@hookimpl
def inspections() -> list[InspectionRound]:
    return [InspectionRound("looks.opening", "Opening of the hall", "looks.inspector")]


@hookimpl
def rules() -> list[Rule]:
    return [
        Checklist(
            "LOOK-R01",
            HALL,
            "Before opening, the hall is ready.",
            round="looks.opening",
            by="looks.inspector",
            items=ITEMS,
        )
    ]
