"""How a design commission moves through its stages (DEC-W2)."""

from __future__ import annotations

from typing import Any

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names as n

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
        _on("welcome", N_("The customer was welcomed"), n.ENTRUSTED, n.WELCOMED, "edit", icon="message"),
        _on("meet", N_("The first meeting was held"), n.WELCOMED, n.MET, icon="users"),
        _on("measure", N_("The house was measured"), n.MET, n.MEASURED, icon="ruler-measure"),
        _on("sketch", N_("The sketch is made"), n.MEASURED, n.SKETCHED, icon="pencil"),
        _on("refine", N_("The plan is refined"), n.SKETCHED, n.REFINED, icon="pencil-plus"),
        _on(
            "draft", N_("The customer confirms the draft"), n.REFINED, n.DRAFTED, on="draft_on", icon="check"
        ),
        _on(
            "pay-deposit",
            N_("The design deposit is paid"),
            n.DRAFTED,
            n.DEPOSIT_PAID,
            "confirm-payment",
            on="deposit_on",
            icon="cash",
        ),
        _on(
            "pay-fee",
            N_("The design fee is paid"),
            n.DEPOSIT_PAID,
            n.FEE_PAID,
            "confirm-payment",
            on="fee_on",
            icon="cash",
        ),
        _on("review", N_("The rendering was reviewed"), n.FEE_PAID, n.REVIEWED, icon="eye"),
        _on("fix", N_("The plan is fixed"), n.REVIEWED, n.FIXED, on="fixed_on", icon="lock"),
        _on(
            "hand-over",
            N_("Handed over by the three parties"),
            n.FIXED,
            n.HANDED_OVER,
            fields=("entry_on",),
            on=("handed_over_on", "ended_on"),
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
WORKFLOWS = (COMMISSIONS,)
