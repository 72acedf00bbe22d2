"""How call-backs are made, and questionnaires put in force."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_callbacks as c

CALL_BACKS = Workflow(
    entity=c.CALL_BACK,
    field="state",
    initial=c.PLANNED,
    states=(
        State(c.PLANNED, N_("Call planned"), "info"),
        State(c.DONE, N_("Customer reached"), "success"),
        State(c.CALLED_OFF, N_("Call-back called off"), "neutral"),
    ),
    transitions=(
        Transition(
            id="reach",
            label=N_("The customer was reached"),
            source=(c.PLANNED,),
            to=c.DONE,
            right=c.CALL,
            fields=("channel", "summary"),
            asks=("rating", "problems", "passed_to", "follow_up", "next_on"),
            by="caller_id",
            on="done_on",
            icon="phone-check",
            many=False,
        ),
        Transition(
            id="call-off",
            label=N_("Call it off"),
            source=(c.PLANNED,),
            to=c.CALLED_OFF,
            right=c.CALL,
            fields=("called_off_why",),
            icon="phone-x",
        ),
    ),
)
QUESTIONNAIRES = Workflow(
    entity=c.QUESTIONNAIRE,
    field="state",
    initial=c.DRAFT,
    states=(
        State(c.DRAFT, N_("Draft of a questionnaire"), "neutral"),
        State(c.IN_FORCE, N_("Questionnaire in force"), "success"),
        State(c.REPLACED, N_("Replaced by a later version"), "neutral"),
    ),
    transitions=(
        Transition(
            id="put-in-force",
            label=N_("Put in force"),
            source=(c.DRAFT,),
            to=c.IN_FORCE,
            right="publish",
            on="in_force_on",
            confirm=N_(
                "From now on callers ask by this version; it and its questions are not changed any more. Is it right?"
            ),
            icon="check",
            primary=True,
            many=False,
        ),
        Transition(
            id="replace",
            label=N_("Replace"),
            source=(c.IN_FORCE,),
            to=c.REPLACED,
        ),
    ),
)
WORKFLOWS = (CALL_BACKS, QUESTIONNAIRES)
