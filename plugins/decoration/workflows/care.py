"""How news of the house, batches of messages and the messages in them move (DEC-W5, DEC-W6)."""

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Facts, Refusal
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_care as c
from plugins.decoration.rules.book.care import EVENTS, VIPS_FIRST

APPROVE = "approve"
"""The right to word, approve and send what customers hear."""


def is_in_a_draft(facts: Facts) -> Refusal | None:
    if facts["batch_id.state"] == c.DRAFT:
        return None
    return Refusal(N_("The batch of this message is no longer a draft. Make a new one for this customer."))


HOUSE_EVENTS = Workflow(
    entity=c.EVENT,
    field="state",
    initial=c.PLANNED,
    states=(
        State(c.PLANNED, N_("Nobody told yet"), "info"),
        State(c.VIPS_TOLD, N_("VIPs told"), "warning"),
        State(c.ALL_TOLD, N_("All customers told"), "success"),
        State(c.CANCELLED, N_("Event called off"), "neutral"),
    ),
    transitions=(
        Transition(
            id="tell-vips",
            label=N_("VIPs are told"),
            source=(c.PLANNED,),
            to=c.VIPS_TOLD,
            on="vips_told_on",
            clause=VIPS_FIRST,
        ),
        Transition(
            id="tell-all",
            label=N_("All customers are told"),
            source=(c.VIPS_TOLD,),
            to=c.ALL_TOLD,
            on="all_told_on",
            clause=EVENTS,
        ),
        Transition(
            id="cancel",
            label=N_("Call off"),
            source=(c.PLANNED, c.VIPS_TOLD),
            to=c.CANCELLED,
            right="edit",
            icon="x",
            danger=True,
            confirm=N_("Messages of this event that are still drafts are discarded. Call it off?"),
        ),
    ),
)

BATCHES = Workflow(
    entity=c.BATCH,
    field="state",
    initial=c.DRAFT,
    states=(
        State(c.DRAFT, N_("To be approved"), "warning"),
        State(c.APPROVED, N_("Approved for sending"), "info"),
        State(c.SENT, N_("All sent"), "success"),
        State(c.DISCARDED, N_("Discarded"), "neutral"),
    ),
    transitions=(
        Transition(
            id="approve",
            label=N_("Approve and send"),
            source=(c.DRAFT,),
            to=c.APPROVED,
            right=APPROVE,
            by="approved_by",
            on="approved_on",
            icon="send",
            primary=True,
        ),
        Transition(
            id="reword",
            label=N_("Change the words"),
            source=(c.DRAFT,),
            to=c.DRAFT,
            right=APPROVE,
            fields=("text",),
            asks=("channel",),
            icon="pencil",
            many=False,
        ),
        Transition(
            id="discard",
            label=N_("Discard"),
            source=(c.DRAFT,),
            to=c.DISCARDED,
            right=APPROVE,
            icon="trash",
            danger=True,
            confirm=N_("Nobody hears of it. Discard these messages?"),
        ),
        Transition(id="sent", label=N_("Everything is sent"), source=(c.APPROVED,), to=c.SENT, on="sent_on"),
    ),
)

MESSAGES = Workflow(
    entity=c.MESSAGE,
    field="state",
    initial=c.DRAFT,
    states=(
        State(c.DRAFT, N_("To be approved"), "warning"),
        State(c.LEFT_OUT, N_("Left out"), "neutral"),
        State(c.APPROVED, N_("Approved for sending"), "info"),
        State(c.RELEASED, N_("Sent"), "success"),
        State(c.MISSED, N_("Its day is over"), "danger"),
    ),
    transitions=(
        Transition(
            id="reword",
            label=N_("Change the words"),
            source=(c.DRAFT,),
            to=c.DRAFT,
            right=APPROVE,
            fields=("text",),
            asks=("channel",),
            sets=(("worded", True),),
            icon="pencil",
            many=False,
        ),
        Transition(
            id="leave-out",
            label=N_("Leave out"),
            source=(c.DRAFT, c.APPROVED),
            to=c.LEFT_OUT,
            right=APPROVE,
            icon="x",
        ),
        Transition(
            id="take-in",
            label=N_("Take in again"),
            source=(c.LEFT_OUT,),
            to=c.DRAFT,
            right=APPROVE,
            guards=(is_in_a_draft,),
            icon="refresh",
        ),
        Transition(id="approved", label=N_("Approved for sending"), source=(c.DRAFT,), to=c.APPROVED),
        Transition(id="released", label=N_("Sent"), source=(c.APPROVED,), to=c.RELEASED),
        Transition(id="missed", label=N_("Its day is over"), source=(c.DRAFT, c.APPROVED), to=c.MISSED),
    ),
)
WORKFLOWS = (HOUSE_EVENTS, BATCHES, MESSAGES)
