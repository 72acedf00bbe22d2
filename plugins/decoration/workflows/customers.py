"""How a prospect moves from the first contact to the contract (DEC-W1)."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c
from plugins.decoration.rules.book.customers import DEPOSIT_LIST, INTENT, TO_DESIGN, WALK_INS
from plugins.decoration.workflows import files, members

PROSPECTS = Workflow(
    entity=n.CUSTOMER,
    field="state",
    initial=n.REGISTERED,
    states=(
        State(n.REGISTERED, N_("Prospect registered"), "neutral"),
        State(n.CONTACTED, N_("Prospect called"), "info"),
        State(n.BOOKED, N_("Meeting booked"), "info"),
        State(n.REFERRED, N_("Referred to design"), "info"),
        State(n.PENDING, N_("Deposit received, contract pending"), "warning"),
        State(n.SIGNED, N_("Contract signed"), "success"),
        State(n.LOST, N_("Prospect lost"), "neutral"),
        State(c.MERGED, N_("Merged into another file"), "neutral"),
    ),
    transitions=(
        Transition(
            id="contact",
            label=N_("Record the first call"),
            source=(n.REGISTERED,),
            to=n.CONTACTED,
            right="edit",
            fields=("call_result",),
            asks=("intent", "call_back_on"),
            clause=WALK_INS,
            within="DEC-R02",
            icon="phone",
            many=False,
            primary=True,
        ),
        Transition(
            id="book",
            label=N_("A meeting is booked"),
            source=(n.CONTACTED,),
            to=n.BOOKED,
            right="edit",
            clause=INTENT,
            within="DEC-R08",
            icon="calendar",
        ),
        Transition(
            id="refer",
            label=N_("Refer to the design department"),
            source=(n.CONTACTED, n.BOOKED),
            to=n.REFERRED,
            right="edit",
            fields=("designer_id",),
            clause=TO_DESIGN,
            icon="ruler",
        ),
        Transition(
            id="deposit",
            label=N_("Register the deposit"),
            source=n.IN_TALKS,
            to=n.PENDING,
            right="decide",
            asks=("deposit_amount", "deposit_on"),
            clause=DEPOSIT_LIST,
            on="deposit_on",
            icon="cash",
        ),
        Transition(
            id="sign",
            label=N_("The contract is signed"),
            source=(n.PENDING,),
            to=n.SIGNED,
            right="decide",
            sets=(("phase", n.IN_SALE),),
            on="decided_on",
            icon="signature",
            primary=True,
        ),
        Transition(
            id="lose",
            label=N_("The prospect is lost"),
            source=(n.REGISTERED, *n.IN_TALKS, n.PENDING),
            to=n.LOST,
            right="decide",
            fields=("lost_why",),
            on="decided_on",
            icon="x",
        ),
        Transition(
            id="merge",
            label=N_("The file goes into another"),
            source=(*n.UNDECIDED, n.SIGNED, n.LOST),
            to=c.MERGED,
            icon="git-merge",
        ),
    ),
)
WORKFLOWS = (PROSPECTS, *members.WORKFLOWS, *files.WORKFLOWS)
