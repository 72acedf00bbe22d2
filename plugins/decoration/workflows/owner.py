"""How a link to a customer's page ends before its last day."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_owner as o

LINKS = Workflow(
    entity=o.OWNER_LINK,
    field="state",
    initial=o.OPEN,
    states=(
        State(o.OPEN, N_("Link given out"), "success"),
        State(o.REVOKED, N_("Link taken back"), "neutral"),
    ),
    transitions=(
        Transition(
            id=o.REVOKE,
            label=N_("Take the link back"),
            source=(o.OPEN,),
            to=o.REVOKED,
            right="revoke",
            by="revoked_by",
            on="revoked_on",
            icon="link-off",
            danger=True,
            confirm=N_("Is this link good no longer, for anybody who has it?"),
        ),
    ),
)
WORKFLOWS = (LINKS,)
