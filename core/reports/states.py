"""How a report moves: written, handed in, signed off or sent back with a reason."""

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Facts, Refusal
from core.reports.kinds import ENTITY
from core.workflow.kinds import State, Transition, Workflow

DRAFT, HANDED_IN, SENT_BACK, SIGNED = "draft", "handed-in", "sent-back", "signed"
OPEN = (DRAFT, SENT_BACK)
FILED = (HANDED_IN, SIGNED)
HAND_IN, SIGN, SEND_BACK = "hand-in", "sign", "send-back"
FILL, SIGNS, SEE_ALL = "fill", "sign", "see-all"

NOT_YOURS_TO_FILL = N_("Another position hands this report in.")
NOT_YOURS_TO_SIGN = N_("Another position signs this report off.")
CHANGED = N_(
    "The figures have changed since this was kept. Open the report, read them again, and hand it in there."
)
NOT_WRITTEN = N_("Write what is asked for beside the figures, then hand the report in.")


def is_filled_by_reader(facts: Facts) -> Refusal | None:
    """Each kind is handed in by the position that owes it."""
    return None if facts["is_filler"] else Refusal(NOT_YOURS_TO_FILL)


def is_signed_by_reader(facts: Facts) -> Refusal | None:
    """Each kind is signed off by its own positions."""
    return None if facts["is_signer"] else Refusal(NOT_YOURS_TO_SIGN)


def is_fresh(facts: Facts) -> Refusal | None:
    """Nobody hands in figures that the data do not give any more."""
    return None if facts["is_fresh"] else Refusal(CHANGED)


def says_what_is_asked(facts: Facts) -> Refusal | None:
    """A plan or a summary is no plan without words."""
    return Refusal(NOT_WRITTEN) if facts["lacks_text"] else None


REPORTS = Workflow(
    entity=ENTITY,
    field="state",
    initial=DRAFT,
    states=(
        State(DRAFT, N_("Being written"), "neutral"),
        State(HANDED_IN, N_("Handed in"), "info"),
        State(SENT_BACK, N_("Sent back"), "warning"),
        State(SIGNED, N_("Signed off"), "success"),
    ),
    transitions=(
        Transition(
            id=HAND_IN,
            label=N_("Hand in"),
            source=OPEN,
            to=HANDED_IN,
            right=FILL,
            guards=(is_filled_by_reader, says_what_is_asked, is_fresh),
            by="handed_in_by",
            on="handed_in_on",
            icon="send",
            primary=True,
            confirm=N_("What was handed in never changes, whatever becomes of the data. Hand it in now?"),
        ),
        Transition(
            id=SIGN,
            label=N_("Sign off"),
            source=(HANDED_IN,),
            to=SIGNED,
            right=SIGNS,
            guards=(is_signed_by_reader,),
            not_by=("handed_in_by",),
            by="signed_by",
            on="signed_on",
            icon="signature",
            primary=True,
        ),
        Transition(
            id=SEND_BACK,
            label=N_("Send back"),
            source=(HANDED_IN,),
            to=SENT_BACK,
            right=SIGNS,
            fields=("reason",),
            guards=(is_signed_by_reader,),
            not_by=("handed_in_by",),
            by="sent_back_by",
            on="sent_back_on",
            icon="arrow-back-up",
        ),
    ),
)
