"""How an application for leave moves."""

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Clause, Facts, Refusal
from core.workflow.kinds import State, Transition, Witnesses, Workflow

CLAUSE = Clause(
    "leave", "Leave rules", "2.1", N_("Leave is asked for in writing and granted before it begins.")
)
MOST_DAYS = 30


def not_too_long(facts: Facts) -> Refusal | None:
    if facts["days"] <= MOST_DAYS:
        return None
    return Refusal(N_("Leave lasts %(most)s days at most."), {"most": MOST_DAYS}, ("days",))


LEAVE = Workflow(
    entity="leave.application",
    field="state",
    initial="draft",
    states=(
        State("draft", N_("Draft")),
        State("submitted", N_("Submitted"), "info"),
        State("granted", N_("Granted"), "success"),
        State("refused", N_("Turned down"), "danger"),
        State("missed", N_("Absent without leave"), "warning"),
    ),
    transitions=(
        Transition(
            id="submit",
            label=N_("Submit"),
            source=("draft", "refused"),
            to="submitted",
            right="edit",
            guards=(not_too_long,),
            icon="send",
            primary=True,
        ),
        Transition(
            id="grant",
            label=N_("Grant"),
            source=("submitted",),
            to="granted",
            right="decide",
            asks=("note",),
            clause=CLAUSE,
            icon="check",
            primary=True,
        ),
        Transition(
            id="turn-down",
            label=N_("Turn down"),
            source=("submitted",),
            to="refused",
            right="decide",
            fields=("note",),
            icon="x",
            danger=True,
        ),
        Transition(
            id="note-absence",
            label=N_("Note absence"),
            source=("draft",),
            to="missed",
            right="decide",
            fields=("reason",),
            witnesses=Witnesses(2, ("person_id",)),
            icon="eye",
        ),
    ),
)
