"""How contracts, what is owed by them, change orders and the papers after completion move (DEC-W3, DEC-W8)."""

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Facts, Refusal
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules.book import construction as book


def adds_up(facts: Facts) -> Refusal | None:
    """The parts of a contract come to its amount."""
    if facts["planned"] == facts["amount"]:
        return None
    return Refusal(
        N_("The payment plan does not come to the amount of the contract. Correct one of them."),
        {},
        ("amount",),
    )


def has_a_contract(facts: Facts) -> Refusal | None:
    """A change changes what was signed."""
    if facts["contract_signed"]:
        return None
    return Refusal(
        N_("This site has no signed contract that could be changed. Sign the contract first."),
        {},
        ("site_id",),
    )


def is_paid_in_full(facts: Facts) -> Refusal | None:
    """A site is settled when nothing is owed on it."""
    if not facts["still_owed"]:
        return None
    return Refusal(N_("Payments of this site are open. Confirm what has come in first."))


CONTRACTS = Workflow(
    entity=c.CONTRACT,
    field="state",
    initial=c.DRAFTED,
    states=(
        State(c.DRAFTED, N_("Contract drafted"), "neutral"),
        State(c.SIGNED, N_("Contract signed"), "success"),
    ),
    transitions=(
        Transition(
            id="sign",
            label=N_("The contract is signed"),
            source=(c.DRAFTED,),
            to=c.SIGNED,
            right="sign",
            asks=("signed_on",),
            guards=(adds_up,),
            on="signed_on",
            icon="signature",
            primary=True,
            confirm=N_(
                "A signed contract changes only by change orders. Does the payment plan stand as it should?"
            ),
        ),
    ),
)

INSTALMENTS = Workflow(
    entity=c.INSTALMENT,
    field="state",
    initial=c.PLANNED,
    states=(
        State(c.PLANNED, N_("Not due yet"), "neutral"),
        State(c.DUE, N_("Payment due"), "warning"),
        State(c.PAID, N_("Payment has come in"), "success"),
    ),
    transitions=(
        Transition(
            id="fall-due",
            label=N_("Falls due"),
            source=(c.PLANNED,),
            to=c.DUE,
            asks=("due_on",),
            on="due_on",
            icon="calendar-due",
        ),
        Transition(
            id="confirm",
            label=N_("Confirm the payment"),
            source=(c.PLANNED, c.DUE),
            to=c.PAID,
            right="confirm-payment",
            asks=("paid_on", "receipt"),
            by="confirmed_by",
            on="paid_on",
            icon="cash",
            primary=True,
            confirm=N_("A payment that was confirmed stays. Has it come in?"),
        ),
    ),
)

CHANGES = Workflow(
    entity=c.CHANGE_ORDER,
    field="state",
    initial=c.DRAFTED,
    states=(
        State(c.DRAFTED, N_("Change drafted"), "neutral"),
        State(c.PROPOSED, N_("Put to the customer"), "warning"),
        State(c.AGREED, N_("Agreed by the customer"), "info"),
        State(c.SIGNED, N_("Change signed"), "success"),
        State(c.DECLINED, N_("Declined by the customer"), "neutral"),
    ),
    transitions=(
        Transition(
            id="propose",
            label=N_("Put to the customer"),
            source=(c.DRAFTED,),
            to=c.PROPOSED,
            right="edit",
            on="proposed_on",
            icon="send",
            primary=True,
        ),
        Transition(
            id="agree",
            label=N_("The customer agrees"),
            source=(c.PROPOSED,),
            to=c.AGREED,
            right="edit",
            fields=("agreed_by",),
            asks=("agreed_on",),
            on="agreed_on",
            icon="check",
            primary=True,
            many=False,
        ),
        Transition(
            id="decline",
            label=N_("The customer declines"),
            source=(c.PROPOSED, c.AGREED),
            to=c.DECLINED,
            right="edit",
            icon="x",
        ),
        Transition(
            id="sign",
            label=N_("The change is signed"),
            source=(c.AGREED,),
            to=c.SIGNED,
            right="sign",
            guards=(has_a_contract,),
            by="signed_by",
            on="signed_on",
            icon="signature",
            primary=True,
            confirm=N_("What a signed change costs is added to what the customer owes. Is it signed?"),
        ),
    ),
)

CARDS = Workflow(
    entity=c.RECORD_CARD,
    field="state",
    initial=c.DRAFTED,
    states=(
        State(c.DRAFTED, N_("Card being filled in"), "warning"),
        State(c.FILED, N_("Card on file"), "success"),
    ),
    transitions=(
        Transition(
            id="file",
            label=N_("File the card"),
            source=(c.DRAFTED,),
            to=c.FILED,
            right="edit",
            fields=("details", "summary"),
            clause=book.CARD,
            by="filed_by",
            on="filed_on",
            icon="archive",
            primary=True,
            many=False,
        ),
    ),
)

HANDBOOKS = Workflow(
    entity=c.HANDBOOK,
    field="state",
    initial=c.AWAITED,
    states=(
        State(c.AWAITED, N_("Handbook to be collected"), "warning"),
        State(c.COLLECTED, N_("Handbook collected"), "info"),
        State(c.CHECKED, N_("Handbook looked through"), "success"),
    ),
    transitions=(
        Transition(
            id="collect",
            label=N_("The handbook is here"),
            source=(c.AWAITED,),
            to=c.COLLECTED,
            right="edit",
            clause=book.COMPLETED,
            by="collected_by",
            on="collected_on",
            icon="book-download",
            primary=True,
        ),
        Transition(
            id="check",
            label=N_("Looked through"),
            source=(c.COLLECTED,),
            to=c.CHECKED,
            right="edit",
            asks=(*c.ITEMS, "findings"),
            guards=(book.LOOKED_THROUGH.id,),
            clause=book.COMPLETED,
            by="checked_by",
            on="checked_on",
            icon="list-check",
            primary=True,
            many=False,
        ),
    ),
)

SHOW_FLATS = Workflow(
    entity=c.SHOW_FLAT,
    field="state",
    initial=c.PROPOSED,
    states=(
        State(c.PROPOSED, N_("Show flat proposed"), "warning"),
        State(c.APPROVED, N_("Show flat approved"), "success"),
        State(c.REFUSED, N_("Show flat refused"), "neutral"),
    ),
    transitions=(
        Transition(
            id="approve",
            label=N_("Approve as show flat"),
            source=(c.PROPOSED,),
            to=c.APPROVED,
            right="add",
            clause=book.SHOWN,
            on="decided_on",
            otherwise="refuse",
            icon="home-star",
            primary=True,
        ),
        Transition(
            id="refuse",
            label=N_("Refuse the show flat"),
            source=(c.PROPOSED,),
            to=c.REFUSED,
            clause=book.SHOWN,
            on="decided_on",
            icon="x",
        ),
    ),
)

SETTLEMENTS = Workflow(
    entity=c.SETTLEMENT,
    field="state",
    initial=c.LISTED,
    states=(
        State(c.LISTED, N_("On the settlement list"), "warning"),
        State(c.TOLD, N_("Materials and finance told"), "info"),
        State(c.SETTLED, N_("Settled"), "success"),
    ),
    transitions=(
        Transition(
            id="tell",
            label=N_("Tell materials and finance"),
            source=(c.LISTED,),
            to=c.TOLD,
            right="tell",
            clause=book.SETTLED,
            within=book.TOLD_AT_ONCE.id,
            by="told_by",
            on=("materials_told_on", "finance_told_on"),
            icon="send",
            primary=True,
        ),
        Transition(
            id="settle",
            label=N_("Settle"),
            source=(c.TOLD,),
            to=c.SETTLED,
            right="settle",
            guards=(is_paid_in_full,),
            clause=book.SETTLED,
            by="settled_by",
            on="settled_on",
            icon="cash",
            primary=True,
            confirm=N_("With this the site is settled. Is everything paid?"),
        ),
    ),
)
WORKFLOWS = (CONTRACTS, INSTALMENTS, CHANGES, CARDS, HANDBOOKS, SHOW_FLATS, SETTLEMENTS)
