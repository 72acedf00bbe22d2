"""How a deposit or fee moves: asked for, told to the customer, confirmed by finance; taken back or withdrawn."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.book import design as book

FEES = Workflow(
    entity=d.FEE,
    field="state",
    initial=d.OPEN,
    states=(
        State(d.OPEN, N_("Customer to be told"), "warning"),
        State(d.NOTIFIED, N_("Customer told to pay"), "info"),
        State(d.PAID, N_("Payment confirmed"), "success"),
        State(d.REVERSED, N_("Payment taken back"), "danger"),
        State(d.WITHDRAWN, N_("Not asked for any more"), "neutral"),
    ),
    transitions=(
        Transition(
            id=d.NOTIFY,
            label=N_("Tell the customer to pay"),
            source=(d.OPEN,),
            to=d.NOTIFIED,
            right="notify",
            fields=("amount", "notified_through"),
            clause=book.DEPOSIT_AT_DRAFT,
            by="notified_by",
            on="notified_on",
            icon="message",
            primary=True,
        ),
        Transition(
            id=d.PAY,
            label=N_("Confirm the payment"),
            source=d.UNPAID,
            to=d.PAID,
            right="confirm",
            fields=("amount", "method"),
            clause=book.FEE_FIRST,
            by="clerk_id",
            on="paid_on",
            icon="cash",
            primary=True,
            many=False,
        ),
        Transition(
            id=d.REVERSE,
            label=N_("Take the payment back"),
            source=(d.PAID,),
            to=d.REVERSED,
            right="confirm",
            fields=("reversed_why",),
            icon="arrow-back-up",
            danger=True,
            confirm=N_(
                "A second receipt takes the first one back; both stay on record. Take the payment back?"
            ),
            many=False,
        ),
        Transition(
            id=d.WITHDRAW,
            label=N_("Ask for it no more"),
            source=d.UNPAID,
            to=d.WITHDRAWN,
            right="edit",
            icon="x",
        ),
    ),
)
