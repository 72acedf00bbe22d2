"""How the day's collection is reported (DEC-W7), and what becomes of files that may be one customer's."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_customers as c
from plugins.decoration.rules.book.files import DAILY_REPORT

COLLECTIONS = Workflow(
    entity=c.COLLECTION,
    field="state",
    initial=c.OPEN,
    states=(
        State(c.OPEN, N_("Being collected"), "warning"),
        State(c.HANDED_IN, N_("Reported to the assistant"), "success"),
    ),
    transitions=(
        Transition(
            id="hand-in",
            label=N_("Report the day's collection"),
            source=(c.OPEN,),
            to=c.HANDED_IN,
            right="hand-in",
            only_by="specialist_id",
            asks=("remark",),
            clause=DAILY_REPORT,
            within="DEC-R60",
            on="handed_in_at",
            icon="send",
            many=False,
            primary=True,
        ),
    ),
)
DUPLICATES = Workflow(
    entity=c.DUPLICATE,
    field="state",
    initial=c.FOUND,
    states=(
        State(c.FOUND, N_("To be looked at"), "warning"),
        State(c.APART, N_("Two customers"), "neutral"),
        State(c.MERGED, N_("Files merged"), "success"),
    ),
    transitions=(
        Transition(
            id="tell-apart",
            label=N_("These are two customers"),
            source=(c.FOUND,),
            to=c.APART,
            right="tell-apart",
            fields=("reason",),
            on="decided_on",
            by="decided_by",
            icon="arrows-split",
        ),
        Transition(
            id="look-again",
            label=N_("Look at it again"),
            source=(c.APART,),
            to=c.FOUND,
            right="tell-apart",
            sets=(("decided_on", None), ("decided_by", None)),
            icon="refresh",
        ),
        Transition(
            id="merge",
            label=N_("Merge both files"),
            source=(c.FOUND,),
            to=c.MERGED,
            right="merge",
            fields=("kept", "reason"),
            on="decided_on",
            by="decided_by",
            icon="git-merge",
            danger=True,
            many=False,
            confirm=N_(
                "All that belongs to the one file goes over to the other, for good. Are both one customer?"
            ),
        ),
    ),
)
WORKFLOWS = (COLLECTIONS, DUPLICATES)
