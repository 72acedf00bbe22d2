"""How holds and cut-off orders move (GAS-W3)."""

from __future__ import annotations

from core.data.marks import N_
from core.workflow.kinds import State, Transition, Workflow
from plugins.gas.rules import cutting_off as names
from plugins.gas.rules.book.arrears import NOTICE_UP_TO_CUT_OFF

BARRED = "GAS-R82-C"

HOLDS = Workflow(
    entity=names.HOLD,
    field="state",
    initial=names.OPEN,
    states=(State(names.OPEN, N_("Open hold"), "warning"), State(names.ENDED, N_("Closed hold"), "neutral")),
    transitions=(
        Transition(
            id="close",
            label=N_("Close the hold"),
            source=(names.OPEN,),
            to=names.ENDED,
            right="close",
            fields=("outcome",),
            asks=("remark",),
            clause=NOTICE_UP_TO_CUT_OFF,
            by="closed_by",
            on="closed_on",
            locks="account_id",
            icon="lock-open",
            primary=True,
        ),
    ),
)

CUT_OFFS = Workflow(
    entity=names.CUT_OFF,
    field="state",
    initial=names.HANDED_OVER,
    states=(
        State(names.HANDED_OVER, N_("Handed over to the reader"), "info"),
        State(names.NOTICED, N_("Dunning notice issued"), "warning"),
        State(names.DECIDED, N_("Cut-off decided"), "warning"),
        State(names.EXECUTED, N_("Gas cut off"), "danger"),
        State(names.RESTORED, N_("Gas restored"), "success"),
        State(names.WITHDRAWN, N_("Withdrawn"), "neutral"),
    ),
    transitions=(
        Transition(
            id=names.NOTICE,
            label=N_("Issue the dunning notice"),
            source=(names.HANDED_OVER,),
            to=names.NOTICED,
            right="notice",
            fields=("notice_number",),
            guards=(BARRED,),
            clause=NOTICE_UP_TO_CUT_OFF,
            within="GAS-R82-B",
            by="noticed_by",
            on="noticed_on",
            locks="account_id",
            icon="mail",
            many=False,
            primary=True,
        ),
        Transition(
            id=names.DECIDE,
            label=N_("Decide on the cut-off"),
            source=(names.NOTICED,),
            to=names.DECIDED,
            right="propose",
            guards=(BARRED,),
            clause=NOTICE_UP_TO_CUT_OFF,
            by="decided_by",
            on="decided_on",
            locks="account_id",
            icon="gavel",
            primary=True,
            confirm=N_("Ask for the decision to cut off the gas?"),
        ),
        Transition(
            id=names.EXECUTE,
            label=N_("Cut off the gas"),
            source=(names.DECIDED,),
            to=names.EXECUTED,
            right="execute",
            guards=(BARRED,),
            clause=NOTICE_UP_TO_CUT_OFF,
            by="executed_by",
            on="executed_on",
            locks="account_id",
            icon="flame-off",
            danger=True,
            confirm=N_("Is the gas of this customer cut off now?"),
        ),
        Transition(
            id=names.RESTORE,
            label=N_("Restore the gas"),
            source=(names.EXECUTED,),
            to=names.RESTORED,
            right="execute",
            clause=NOTICE_UP_TO_CUT_OFF,
            by="restored_by",
            on="restored_on",
            icon="flame",
            primary=True,
        ),
        Transition(
            id=names.WITHDRAW,
            label=N_("Withdraw the order"),
            source=names.UNDER_WAY,
            to=names.WITHDRAWN,
            right="withdraw",
            fields=("withdrawn_why",),
            clause=NOTICE_UP_TO_CUT_OFF,
            by="withdrawn_by",
            on="withdrawn_on",
            icon="x",
        ),
    ),
)
WORKFLOWS = (HOLDS, CUT_OFFS)
