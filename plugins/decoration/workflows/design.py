"""How a design commission moves through its stages (DEC-W2)."""

from __future__ import annotations

from typing import Any

from core.data.marks import N_
from core.handbook.kinds import Clause
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.book import design as book
from plugins.decoration.rules.meetings import after_meeting
from plugins.decoration.workflows.appointments import APPOINTMENTS
from plugins.decoration.workflows.fees import FEES

OPEN = (
    n.ENTRUSTED,
    n.WELCOMED,
    n.MET,
    n.MEASURED,
    n.SKETCHED,
    n.REFINED,
    n.DRAFTED,
    n.DEPOSIT_PAID,
    n.FEE_PAID,
    n.REVIEWED,
    n.FIXED,
)


def _on(move: str, label: str, source: str, to: str, right: str = "move", **more: Any) -> Transition:
    """A move to the next stage."""
    return Transition(id=move, label=label, source=(source,), to=to, right=right, primary=True, **more)


def _met(stage: str) -> dict[str, Any]:
    """What a move rests on that follows a meeting."""
    return {"guards": (after_meeting(stage),), "clause": book.BOOKED}


def _paid(move: str, label: str, source: tuple[str, ...], to: str, clause: Clause) -> Transition:
    """What the program does once finance has confirmed a payment, or taken one back."""
    return Transition(id=move, label=label, source=source, to=to, clause=clause, icon="cash")


COMMISSIONS = Workflow(
    entity=n.COMMISSION,
    field="state",
    initial=n.ENTRUSTED,
    states=(
        State(n.ENTRUSTED, N_("Design entrusted"), "neutral"),
        State(n.WELCOMED, N_("Customer welcomed"), "info"),
        State(n.MET, N_("First meeting held"), "info"),
        State(n.MEASURED, N_("Measured"), "info"),
        State(n.SKETCHED, N_("Sketch made"), "info"),
        State(n.REFINED, N_("Plan refined"), "info"),
        State(n.DRAFTED, N_("Initial draft confirmed"), "warning"),
        State(n.DEPOSIT_PAID, N_("Design deposit paid"), "warning"),
        State(n.FEE_PAID, N_("Design fee paid"), "info"),
        State(n.REVIEWED, N_("Rendering reviewed"), "info"),
        State(n.FIXED, N_("Plan fixed"), "success"),
        State(n.HANDED_OVER, N_("Handed over to construction"), "success"),
        State(n.GIVEN_UP, N_("Design given up"), "neutral"),
    ),
    transitions=(
        _on(
            d.WELCOME,
            N_("The customer was welcomed"),
            n.ENTRUSTED,
            n.WELCOMED,
            "edit",
            clause=book.WELCOMED,
            within=book.WELCOME.id,
            icon="message",
        ),
        _on(
            "meet", N_("The first meeting was held"), n.WELCOMED, n.MET, icon="users", **_met(d.FIRST_MEETING)
        ),
        _on(
            "measure",
            N_("The house was measured"),
            n.MET,
            n.MEASURED,
            icon="ruler-measure",
            **_met(d.MEASURING),
        ),
        _on("sketch", N_("The sketch is made"), n.MEASURED, n.SKETCHED, icon="pencil"),
        _on("refine", N_("The plan is refined"), n.SKETCHED, n.REFINED, icon="pencil-plus", **_met(d.SKETCH)),
        _on(
            "draft",
            N_("The customer confirms the draft"),
            n.REFINED,
            n.DRAFTED,
            on="draft_on",
            icon="check",
            **_met(d.REFINED_PLAN),
        ),
        _paid(
            d.PAY_DEPOSIT,
            N_("The design deposit is paid"),
            (n.DRAFTED,),
            n.DEPOSIT_PAID,
            book.DEPOSIT_AT_DRAFT,
        ),
        _paid(d.PAY_FEE, N_("The design fee is paid"), (n.DEPOSIT_PAID,), n.FEE_PAID, book.FEE_FIRST),
        _paid(
            d.TAKE_BACK_DEPOSIT,
            N_("The design deposit was taken back"),
            (n.DEPOSIT_PAID, n.FEE_PAID),
            n.DRAFTED,
            book.DEPOSIT_AT_DRAFT,
        ),
        _paid(
            d.TAKE_BACK_FEE,
            N_("The design fee was taken back"),
            (n.FEE_PAID,),
            n.DEPOSIT_PAID,
            book.FEE_FIRST,
        ),
        Transition(
            id=d.REVIEW,
            label=N_("The rendering was reviewed"),
            source=(n.DEPOSIT_PAID, n.FEE_PAID),
            to=n.REVIEWED,
            right="move",
            guards=(book.FEE_GATE.id, book.REVIEW_HELD.id),
            clause=book.REVIEWED,
            icon="eye",
            primary=True,
        ),
        _on(
            d.FIX,
            N_("The plan is fixed"),
            n.REVIEWED,
            n.FIXED,
            guards=(book.FEE_GATE.id,),
            on="fixed_on",
            icon="lock",
        ),
        _on(
            "hand-over",
            N_("Handed over by the three parties"),
            n.FIXED,
            n.HANDED_OVER,
            fields=("entry_on",),
            on="handed_over_on",
            icon="transfer",
        ),
        Transition(
            id="give-up",
            label=N_("The design is given up"),
            source=OPEN,
            to=n.GIVEN_UP,
            right="edit",
            sets=(("signing", n.LOST),),
            on="ended_on",
            icon="x",
            danger=True,
            confirm=N_("A design that was given up is not taken up again. Is it given up?"),
        ),
    ),
)
WORKFLOWS = (COMMISSIONS, APPOINTMENTS, FEES)
