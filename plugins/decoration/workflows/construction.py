"""How a construction site moves from the hand-over to the final payment (DEC-W3)."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names as n
from plugins.decoration.rules.book.construction import CARD_ON_FILE, COMPLETED, FILE_OPENED, SETTLED, STARTED
from plugins.decoration.workflows.construction_stages import is_accepted

SITES = Workflow(
    entity=n.SITE,
    field="state",
    initial=n.PREPARED,
    states=(
        State(n.PREPARED, N_("Site prepared"), "neutral"),
        State(n.UNDER_WAY, N_("Under construction"), "info"),
        State(n.PAUSED, N_("Construction paused"), "warning"),
        State(n.COMPLETED, N_("Works completed"), "success"),
        State(n.SETTLED, N_("Final payment settled"), "success"),
    ),
    transitions=(
        Transition(
            id="start",
            label=N_("Start the works"),
            source=(n.PREPARED,),
            to=n.UNDER_WAY,
            right="move",
            asks=("started_on",),
            guards=(FILE_OPENED.id,),
            clause=STARTED,
            on="started_on",
            icon="player-play",
            primary=True,
        ),
        Transition(
            id="pause",
            label=N_("Pause the works"),
            source=(n.UNDER_WAY,),
            to=n.PAUSED,
            right="move",
            fields=("pause_reason",),
            on="paused_on",
            icon="player-pause",
        ),
        Transition(
            id="resume",
            label=N_("Resume the works"),
            source=(n.PAUSED,),
            to=n.UNDER_WAY,
            right="move",
            sets=(("pause_reason", None), ("paused_on", None)),
            icon="player-play",
            primary=True,
        ),
        Transition(
            id="complete",
            label=N_("The works are completed"),
            source=(n.UNDER_WAY,),
            to=n.COMPLETED,
            right="move",
            asks=("completed_on",),
            sets=(("stage", n.COMPLETION),),
            guards=(is_accepted,),
            clause=COMPLETED,
            on="completed_on",
            icon="flag",
            primary=True,
        ),
        Transition(
            id="settle",
            label=N_("The final payment is settled"),
            source=(n.COMPLETED,),
            to=n.SETTLED,
            guards=(CARD_ON_FILE.id,),
            clause=SETTLED,
            on="settled_on",
            icon="cash",
        ),
    ),
)
WORKFLOWS = (SITES,)
