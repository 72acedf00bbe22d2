"""How hand-overs, notices, stages, acceptances and site checks move (DEC-W3)."""

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Facts, Refusal
from core.workflow.kinds import State, Transition, Workflow
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules.book import construction as book


def is_prepared(facts: Facts) -> Refusal | None:
    """A site starts once."""
    if facts["site.state"] == n.PREPARED:
        return None
    return Refusal(N_("The works of this site have started already."), {}, ("site_id",))


def is_under_way(facts: Facts) -> Refusal | None:
    """What is completed was under way."""
    if facts["site.state"] == n.UNDER_WAY:
        return None
    return Refusal(N_("The works of this site are not under way."), {}, ("site_id",))


def is_accepted(facts: Facts) -> Refusal | None:
    """Works are completed when every stage was accepted."""
    if not facts["open_stages"]:
        return None
    return Refusal(N_("Not every stage of this site has passed its acceptance."), {}, ("site_id",))


HANDOVERS = Workflow(
    entity=c.HANDOVER,
    field="state",
    initial=c.PLANNED,
    states=(
        State(c.PLANNED, N_("Hand-over planned"), "info"),
        State(c.HELD, N_("Hand-over held"), "success"),
    ),
    transitions=(
        Transition(
            id="hold",
            label=N_("The hand-over was held"),
            source=(c.PLANNED,),
            to=c.HELD,
            right="edit",
            asks=("designer_id", "engineer_id", "customer_head", "record", "held_on"),
            guards=(book.ATTENDED.id,),
            clause=book.HANDED_OVER,
            on="held_on",
            icon="users",
            primary=True,
            many=False,
        ),
    ),
)


def _notices(entity: str, guard: object, clause: object) -> Workflow:
    """Engineering sends a notice, customer service receives it."""
    return Workflow(
        entity=entity,
        field="state",
        initial=c.DRAFTED,
        states=(
            State(c.DRAFTED, N_("Notice drafted"), "neutral"),
            State(c.SENT, N_("Notice sent"), "warning"),
            State(c.RECEIVED, N_("Notice received"), "success"),
        ),
        transitions=(
            Transition(
                id="send",
                label=N_("Send the notice"),
                source=(c.DRAFTED,),
                to=c.SENT,
                right="send",
                guards=(guard,),  # type: ignore[arg-type]
                clause=clause,  # type: ignore[arg-type]
                by="sent_by",
                on="sent_on",
                icon="send",
                primary=True,
            ),
            Transition(
                id="receive",
                label=N_("Receive the notice"),
                source=(c.SENT,),
                to=c.RECEIVED,
                right="receive",
                guards=(guard,),  # type: ignore[arg-type]
                clause=clause,  # type: ignore[arg-type]
                by="received_by",
                on="received_on",
                locks="site_id",
                icon="inbox",
                primary=True,
            ),
        ),
    )


STARTS = _notices(c.START_NOTICE, is_prepared, book.STARTED)
COMPLETIONS = _notices(c.COMPLETION_NOTICE, is_under_way, book.COMPLETED)

STAGES = Workflow(
    entity=c.STAGE,
    field="state",
    initial=c.WAITING,
    states=(
        State(c.WAITING, N_("Stage waits"), "neutral"),
        State(c.WORKING, N_("Stage under way"), "info"),
        State(c.DONE, N_("Stage accepted"), "success"),
    ),
    transitions=(
        Transition(
            id="begin",
            label=N_("Begin the stage"),
            source=(c.WAITING,),
            to=c.WORKING,
            right="move",
            asks=("started_on",),
            guards=(book.IN_TURN.id,),
            clause=book.ACCEPTED,
            on="started_on",
            icon="player-play",
            primary=True,
        ),
        Transition(
            id="begin-early",
            label=N_("Begin before the one before is accepted"),
            source=(c.WAITING,),
            to=c.WORKING,
            right="override",
            fields=("override_why",),
            clause=book.ACCEPTED,
            by="overridden_by",
            on="started_on",
            icon="player-skip-forward",
            danger=True,
            confirm=N_("The stage before has no acceptance yet. Does this one begin all the same?"),
        ),
        Transition(
            id="pass",
            label=N_("The stage was accepted"),
            source=(c.WAITING, c.WORKING),
            to=c.DONE,
            asks=("passed_on",),
            on="passed_on",
            icon="check",
        ),
    ),
)

ACCEPTANCES = Workflow(
    entity=c.ACCEPTANCE,
    field="state",
    initial=c.PLANNED,
    states=(
        State(c.PLANNED, N_("Acceptance planned"), "neutral"),
        State(c.ANNOUNCED, N_("Day announced"), "info"),
        State(c.NOTIFIED, N_("Customer notified"), "info"),
        State(c.PASSED, N_("Passed"), "success"),
        State(c.FAILED, N_("Failed"), "danger"),
        State(c.CLOSED, N_("Closed with record and call-back"), "success"),
    ),
    transitions=(
        Transition(
            id="announce",
            label=N_("Announce the day"),
            source=(c.PLANNED,),
            to=c.ANNOUNCED,
            right="edit",
            fields=("planned_on",),
            clause=book.ACCEPTED,
            on="announced_on",
            icon="calendar",
            primary=True,
            many=False,
        ),
        Transition(
            id="notify",
            label=N_("Notify the customer"),
            source=(c.ANNOUNCED,),
            to=c.NOTIFIED,
            right="notify",
            clause=book.ACCEPTED,
            within=book.CALLED_IN_TIME.id,
            by="notified_by",
            on="notified_on",
            icon="phone",
            primary=True,
        ),
        Transition(
            id="pass",
            label=N_("Passed"),
            source=(c.NOTIFIED,),
            to=c.PASSED,
            right="edit",
            asks=("record", "attended", "held_on"),
            clause=book.ACCEPTED,
            by="held_by",
            on="held_on",
            locks="site_id",
            icon="check",
            primary=True,
            many=False,
        ),
        Transition(
            id="fail",
            label=N_("Failed"),
            source=(c.NOTIFIED,),
            to=c.FAILED,
            right="edit",
            fields=("record",),
            asks=("attended", "held_on"),
            clause=book.ACCEPTED,
            by="held_by",
            on="held_on",
            locks="site_id",
            icon="x",
            many=False,
        ),
        Transition(
            id="close",
            label=N_("Close the checkpoint"),
            source=(c.PASSED,),
            to=c.CLOSED,
            right="close",
            asks=("record",),
            guards=(book.CLOSED_WITH_PAPERS.id,),
            clause=book.ACCEPTED,
            icon="phone-check",
            primary=True,
            many=False,
        ),
    ),
)

SITE_CHECKS = Workflow(
    entity=c.SITE_CHECK,
    field="state",
    initial=c.FINE,
    states=(
        State(c.FINE, N_("Nothing found"), "success"),
        State(c.OPEN, N_("Quality issue open"), "danger"),
        State(c.SETTLED, N_("Quality issue put right"), "success"),
    ),
    transitions=(
        Transition(
            id="report",
            label=N_("Something was found"),
            source=(c.FINE,),
            to=c.OPEN,
            right="add",
            fields=("found",),
            icon="alert-triangle",
            many=False,
        ),
        Transition(
            id="settle",
            label=N_("Put right"),
            source=(c.OPEN,),
            to=c.SETTLED,
            right="edit",
            fields=("settled_how",),
            on="settled_on",
            icon="check",
            primary=True,
            many=False,
        ),
    ),
)
WORKFLOWS = (HANDOVERS, STARTS, COMPLETIONS, STAGES, ACCEPTANCES, SITE_CHECKS)
