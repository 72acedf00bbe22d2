"""How service is appraised and fed back (DEC-E18, DEC-R38)."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names_office as o
from plugins.decoration.rules.book import appraisals as book

APPRAISALS = Workflow(
    entity=o.APPRAISAL,
    field="state",
    initial=o.DRAFTED,
    states=(
        State(o.DRAFTED, N_("To be appraised"), "warning"),
        State(o.APPRAISED, N_("Appraised, not fed back"), "info"),
        State(o.FED_BACK, N_("Fed back"), "success"),
    ),
    transitions=(
        Transition(
            id="appraise",
            label=N_("Appraise"),
            source=(o.DRAFTED,),
            to=o.APPRAISED,
            right="appraise",
            fields=("manager_rating", "result"),
            clause=book.APPRAISED,
            on="appraised_on",
            by="appraised_by",
            icon="star",
            primary=True,
        ),
        Transition(
            id="feed-back",
            label=N_("Feed back"),
            source=(o.APPRAISED,),
            to=o.FED_BACK,
            right="appraise",
            fields=("feedback",),
            clause=book.APPRAISED,
            on="fed_back_on",
            icon="message-reply",
            primary=True,
        ),
    ),
)
WORKFLOWS = (APPRAISALS,)
