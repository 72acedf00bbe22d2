"""How an ordinary customer becomes a VIP with an archive, and what follows on a VIP's visit (DEC-W6)."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_care as c
from plugins.decoration.rules.book.callbacks import VIPS
from plugins.decoration.rules.book.vip import ARCHIVES, ATTENDANT, RECEIVED, REVIEWED

GRANT = "grant"
"""The manager's right to decide who is a VIP and who keeps the archive."""
REVIEW = "review"

VIP_ARCHIVES = Workflow(
    entity=c.VIP_ARCHIVE,
    field="state",
    initial=c.PROPOSED,
    states=(
        State(c.PROPOSED, N_("Proposed as VIP"), "info"),
        State(c.GRANTED, N_("VIP, archive to be opened"), "warning"),
        State(c.KEPT, N_("Archive is kept"), "success"),
        State(c.ENDED, N_("No VIP any more"), "neutral"),
    ),
    transitions=(
        Transition(
            id="grant",
            label=N_("Make a VIP"),
            source=(c.PROPOSED,),
            to=c.GRANTED,
            right=GRANT,
            fields=("ground",),
            asks=("customer_class", "keeper_id"),
            by="granted_by",
            on="granted_on",
            clause=ARCHIVES,
            icon="crown",
            primary=True,
            many=False,
        ),
        Transition(
            id="decline",
            label=N_("Leave as an ordinary customer"),
            source=(c.PROPOSED,),
            to=c.ENDED,
            right=GRANT,
            fields=("end_why",),
            on="ended_on",
            icon="x",
        ),
        Transition(
            id="open",
            label=N_("Open the archive"),
            source=(c.GRANTED,),
            to=c.KEPT,
            right=GRANT,
            fields=("keeper_id",),
            asks=("original_place",),
            on="opened_on",
            clause=ARCHIVES,
            icon="archive",
            primary=True,
            many=False,
        ),
        Transition(
            id="review",
            label=N_("Reviewed"),
            source=(c.KEPT,),
            to=c.KEPT,
            right=REVIEW,
            fields=("developments",),
            on="last_reviewed_on",
            clause=REVIEWED,
            icon="eye-check",
            primary=True,
        ),
        Transition(
            id="hand-over",
            label=N_("Hand over to another custodian"),
            source=(c.KEPT,),
            to=c.KEPT,
            right=GRANT,
            fields=("keeper_id", "handed_over_why"),
            clause=ATTENDANT,
            icon="users",
        ),
        Transition(
            id="end",
            label=N_("Make an ordinary customer again"),
            source=(c.GRANTED, c.KEPT),
            to=c.ENDED,
            right=GRANT,
            fields=("end_why",),
            on="ended_on",
            icon="archive-off",
            danger=True,
            confirm=N_("Nothing more is asked of this archive. End it?"),
        ),
        Transition(
            id="again",
            label=N_("Propose again"),
            source=(c.ENDED,),
            to=c.PROPOSED,
            right="add",
            fields=("ground",),
            icon="refresh",
            many=False,
        ),
    ),
)

RECEPTIONS = Workflow(
    entity=c.RECEPTION,
    field="state",
    initial=c.FOLLOWED,
    states=(
        State(c.FOLLOWED, N_("Is followed"), "info"),
        State(c.SUMMED_UP, N_("Summary handed in"), "warning"),
        State(c.CONTACTED, N_("Manager asked personally"), "success"),
    ),
    transitions=(
        Transition(
            id="sum-up",
            label=N_("Hand in the summary"),
            source=(c.FOLLOWED,),
            to=c.SUMMED_UP,
            right="edit",
            fields=("course", "summary"),
            on="summed_up_on",
            clause=RECEIVED,
            icon="clipboard-text",
            primary=True,
            many=False,
        ),
        Transition(
            id="contact",
            label=N_("Enter what the customer said"),
            source=(c.SUMMED_UP,),
            to=c.CONTACTED,
            fields=("outcome",),
            by="contacted_by",
            on="contacted_on",
            clause=VIPS,
            icon="phone",
        ),
    ),
)
WORKFLOWS = (VIP_ARCHIVES, RECEPTIONS)
