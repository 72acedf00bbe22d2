"""How a customer becomes a member of the firm (DEC-W8, DEC-R43)."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_customers as c
from plugins.decoration.rules.book.files import PREMIUM

MEMBERS = Workflow(
    entity=c.MEMBER,
    field="state",
    initial=c.PROPOSED,
    states=(
        State(c.PROPOSED, N_("Proposed as a member"), "warning"),
        State(c.ADMITTED, N_("Member of the firm"), "success"),
        State(c.DECLINED, N_("Not admitted"), "neutral"),
        State(c.LEFT, N_("Member no more"), "neutral"),
    ),
    transitions=(
        Transition(
            id="propose",
            label=N_("Ask for admission"),
            source=(c.PROPOSED,),
            to=c.ADMITTED,
            right="propose",
            clause=PREMIUM,
            on="joined_on",
            asker="proposed_by",
            by="decided_by",
            otherwise="refuse",
            icon="user-plus",
            primary=True,
        ),
        Transition(
            id="admit",
            label=N_("Admit as a member"),
            source=(c.PROPOSED,),
            to=c.ADMITTED,
            right="admit",
            clause=PREMIUM,
            on="joined_on",
            by="decided_by",
            icon="user-check",
            primary=True,
        ),
        Transition(
            id="decline",
            label=N_("Do not admit"),
            source=(c.PROPOSED,),
            to=c.DECLINED,
            right="admit",
            fields=("ended_why",),
            clause=PREMIUM,
            on="ended_on",
            by="decided_by",
            icon="user-x",
        ),
        Transition(
            id="refuse",
            label=N_("The manager did not admit the customer"),
            source=(c.PROPOSED,),
            to=c.DECLINED,
            on="ended_on",
            clause=PREMIUM,
            icon="user-x",
        ),
        Transition(
            id="end",
            label=N_("End the membership"),
            source=(c.ADMITTED,),
            to=c.LEFT,
            right="admit",
            fields=("ended_why",),
            on="ended_on",
            by="decided_by",
            icon="user-minus",
        ),
    ),
)
WORKFLOWS = (MEMBERS,)
