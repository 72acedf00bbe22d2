"""How claims are signed, personnel proposals decided, documents issued and suggestions answered (DEC-W8)."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_office as o
from plugins.decoration.rules.book import papers as book

EXPENSES = Workflow(
    entity=o.EXPENSE,
    field="state",
    initial=o.OPEN,
    states=(
        State(o.OPEN, N_("Not signed yet"), "warning"),
        State(o.SIGNED, N_("Signed by the manager"), "info"),
        State(o.RETURNED, N_("Returned to the claimant"), "danger"),
        State(o.PAID, N_("Paid out"), "success"),
    ),
    transitions=(
        Transition(
            id="sign",
            label=N_("Ask for the signature"),
            source=(o.OPEN, o.RETURNED),
            to=o.SIGNED,
            right="add",
            only_by="claimant_id",
            clause=book.CLAIMS,
            on="decided_on",
            by="decided_by",
            asker="claimant_id",
            otherwise="return",
            icon="signature",
            primary=True,
        ),
        Transition(
            id="return",
            label=N_("Return the claim"),
            source=(o.OPEN, o.RETURNED),
            to=o.RETURNED,
            clause=book.CLAIMS,
            on="decided_on",
            icon="arrow-back-up",
        ),
        Transition(
            id="pay",
            label=N_("Pay out"),
            source=(o.SIGNED,),
            to=o.PAID,
            right="pay",
            on="paid_on",
            by="paid_by",
            icon="cash",
            primary=True,
        ),
    ),
)
PROPOSALS = Workflow(
    entity=o.PERSONNEL,
    field="state",
    initial=o.PROPOSED,
    states=(
        State(o.PROPOSED, N_("Not decided yet"), "warning"),
        State(o.DECIDED, N_("Approved by the general manager"), "success"),
        State(o.DECLINED, N_("Declined by the general manager"), "neutral"),
    ),
    transitions=(
        Transition(
            id="decide",
            label=N_("Put to the general manager"),
            source=(o.PROPOSED,),
            to=o.DECIDED,
            right="add",
            clause=book.PERSONNEL,
            on="decided_on",
            by="decided_by",
            asker="proposed_by",
            otherwise="decline",
            icon="send",
            primary=True,
        ),
        Transition(
            id="decline",
            label=N_("The general manager declined"),
            source=(o.PROPOSED,),
            to=o.DECLINED,
            clause=book.PERSONNEL,
            on="decided_on",
            icon="x",
        ),
    ),
)
DOCUMENTS = Workflow(
    entity=o.DOCUMENT,
    field="state",
    initial=o.DRAFT,
    states=(
        State(o.DRAFT, N_("Document drafted"), "warning"),
        State(o.ISSUED, N_("Document issued"), "success"),
    ),
    transitions=(
        Transition(
            id="issue",
            label=N_("Issue the document"),
            source=(o.DRAFT,),
            to=o.ISSUED,
            right="issue",
            fields=("issued_to",),
            clause=book.FORMS,
            on="issued_on",
            icon="send",
            primary=True,
        ),
    ),
)
SUGGESTIONS = Workflow(
    entity=o.SUGGESTION,
    field="state",
    initial=o.MADE,
    states=(
        State(o.MADE, N_("Not answered yet"), "warning"),
        State(o.ANSWERED, N_("Suggestion answered"), "success"),
    ),
    transitions=(
        Transition(
            id="answer",
            label=N_("Answer the suggestion"),
            source=(o.MADE,),
            to=o.ANSWERED,
            right="answer",
            fields=("answer",),
            clause=book.SUGGESTED,
            on="answered_on",
            by="answered_by",
            icon="message-reply",
            primary=True,
        ),
    ),
)
WORKFLOWS = (EXPENSES, PROPOSALS, DOCUMENTS, SUGGESTIONS)
