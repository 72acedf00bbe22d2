"""How slips, appeals, tariffs, measures and deductions move."""

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Facts, Refusal
from core.workflow.kinds import State, Transition, Workflow
from plugins.conduct.rules import names as n
from plugins.conduct.rules.appeals import HR_R09
from plugins.conduct.rules.effects import HR_R04, HR_R05, HR_R07
from plugins.conduct.rules.slips import GPN_R17, GPN_R20, HR_R02, HR_R03


def has_items(facts: Facts) -> Refusal | None:
    """A tariff without items says nothing."""
    return None if facts["items"] else Refusal(N_("Give the tariff its items before you sign it."))


SLIPS = Workflow(
    entity=n.SLIP,
    field="state",
    initial=n.DRAFTED,
    states=(
        State(n.DRAFTED, N_("Drafted"), "neutral"),
        State(n.ISSUED, N_("Issued"), "info"),
        State(n.REFUSED, N_("Signature refused"), "warning"),
        State(n.EFFECTIVE, N_("In effect"), "danger"),
        State(n.CANCELLED, N_("Called off"), "neutral"),
    ),
    transitions=(
        Transition(
            id=n.ISSUE,
            label=N_("Issue"),
            source=(n.DRAFTED,),
            to=n.ISSUED,
            right="issue",
            guards=(GPN_R17.id, HR_R02.id),
            clause=HR_R02.clause,
            by="issued_by",
            on="issued_on",
            icon="send",
            primary=True,
            confirm=N_("An issued slip can never be changed. Issue it now?"),
        ),
        Transition(
            id=n.SIGN,
            label=N_("Sign"),
            source=(n.ISSUED,),
            to=n.EFFECTIVE,
            right="sign",
            only_by="subject_id",
            guards=(HR_R02.id,),
            clause=HR_R02.clause,
            on=("signed_on", "effective_on"),
            icon="signature",
            primary=True,
            confirm=N_("Your signature is no consent: you may still appeal. Sign now?"),
        ),
        Transition(
            id="refuse",
            label=N_("Signature refused"),
            source=(n.ISSUED,),
            to=n.REFUSED,
            right="issue",
            clause=HR_R03.clause,
            on="refused_on",
            icon="x",
            confirm=N_("Witnesses then sign in the employee's place. Did the employee refuse?"),
        ),
        Transition(
            id="refuse-badly",
            label=N_("Refused with a bad attitude"),
            source=(n.ISSUED,),
            to=n.REFUSED,
            right="issue",
            sets=(("bad_attitude", True),),
            clause=HR_R04.clause,
            on="refused_on",
            icon="alert-triangle",
            danger=True,
            confirm=N_(
                "The company can then be asked for a final measure. Was it refused with a bad attitude?"
            ),
        ),
        Transition(
            id=n.CONFIRM,
            label=N_("Witnessed by enough people"),
            source=(n.REFUSED,),
            to=n.EFFECTIVE,
            guards=(HR_R02.id,),
            clause=HR_R03.clause,
            on="effective_on",
            icon="eye",
        ),
        Transition(
            id=n.CALL_OFF,
            label=N_("Called off on appeal"),
            source=(n.ISSUED, n.REFUSED, n.EFFECTIVE),
            to=n.CANCELLED,
            clause=HR_R09.clause,
            icon="x",
        ),
    ),
)

APPEALS = Workflow(
    entity=n.APPEAL,
    field="state",
    initial=n.FILED,
    states=(
        State(n.FILED, N_("Waits for an answer"), "warning"),
        State(n.ANSWERED, N_("Answered"), "success"),
    ),
    transitions=(
        Transition(
            id=n.ANSWER,
            label=N_("Answer the appeal"),
            source=(n.FILED,),
            to=n.ANSWERED,
            right="edit",
            fields=("answer", "outcome"),
            asks=("new_fine",),
            not_by=("slip.subject_id",),
            clause=HR_R09.clause,
            within=HR_R09.id,
            by="answered_by",
            on="answered_on",
            locks="slip_id",
            icon="message-reply",
            primary=True,
        ),
    ),
)

TARIFFS = Workflow(
    entity=n.TARIFF,
    field="state",
    initial=n.DRAFT,
    states=(
        State(n.DRAFT, N_("Tariff being written"), "neutral"),
        State(n.PUBLISHED, N_("Tariff in force"), "success"),
    ),
    transitions=(
        Transition(
            id=n.PUBLISH,
            label=N_("Sign and put forward"),
            source=(n.DRAFT,),
            to=n.PUBLISHED,
            right="publish",
            guards=(has_items,),
            clause=GPN_R20.clause,
            by="signed_by_approver",
            on="published_on",
            asker="signed_by_head",
            icon="signature",
            primary=True,
            confirm=N_("A signed tariff can never be changed. Sign it now?"),
        ),
    ),
)

MEASURES = Workflow(
    entity=n.MEASURE,
    field="state",
    initial=n.ASKED,
    states=(
        State(n.ASKED, N_("The company is asked"), "warning"),
        State(n.GRANTED, N_("Granted"), "danger"),
        State(n.DECLINED, N_("Declined"), "neutral"),
    ),
    transitions=(
        Transition(
            id=n.GRANT,
            label=N_("Grant"),
            source=(n.ASKED,),
            to=n.GRANTED,
            right="add",
            clause=HR_R07.clause,
            by="decided_by",
            on="decided_on",
            otherwise=n.DECLINE,
            icon="check",
            primary=True,
            confirm=N_("Ask for this measure? What lies beyond the department the company decides."),
        ),
        Transition(
            id=n.DECLINE,
            label=N_("Decline"),
            source=(n.ASKED,),
            to=n.DECLINED,
            clause=HR_R07.clause,
            by="decided_by",
            on="decided_on",
            icon="x",
        ),
    ),
)

DEDUCTIONS = Workflow(
    entity=n.DEDUCTION,
    field="state",
    initial=n.WAITING,
    states=(
        State(n.WAITING, N_("To be booked"), "warning"),
        State(n.BOOKED, N_("Booked"), "success"),
    ),
    transitions=(
        Transition(
            id=n.BOOK,
            label=N_("Book"),
            source=(n.WAITING,),
            to=n.BOOKED,
            right="book",
            clause=HR_R05.clause,
            within=HR_R05.id,
            on="booked_at",
            icon="check",
            primary=True,
            confirm=N_("Was it kept back of the wage?"),
        ),
    ),
)
WORKFLOWS = (SLIPS, APPEALS, TARIFFS, MEASURES, DEDUCTIONS)
