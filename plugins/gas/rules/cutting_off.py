"""Up to the cut-off: names that rule book, workflows and tables share, and what bars every step (GAS-R82)."""

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Facts, Refusal, Settings

CUT_OFF, HOLD = "gas.cut-off", "gas.hold"

DISPUTE, IN_TRANSIT = "dispute", "in_transit"
OPEN, ENDED = "open", "closed"
"""The kinds of holds, and their states."""
UPHELD, REJECTED, ARRIVED, NOT_ARRIVED = "upheld", "rejected", "arrived", "not_arrived"
"""What came of a dispute, and of money on the way."""

HANDED_OVER, NOTICED, DECIDED = "handed-over", "noticed", "decided"
EXECUTED, RESTORED, WITHDRAWN = "executed", "restored", "withdrawn"
"""The states of an order."""
NOTICE, DECIDE, EXECUTE, RESTORE, WITHDRAW = "notice", "decide", "execute", "restore", "withdraw"
TOWARDS = (NOTICE, DECIDE, EXECUTE)
"""The moves that lead towards the cut-off."""
UNDER_WAY = (HANDED_OVER, NOTICED, DECIDED)
"""The states before gas is cut off."""
AT_AN_END = (RESTORED, WITHDRAWN)
"""The states after which an account may be handed over again."""

PROTECTED = N_("The gas of a protected customer is not cut off: %(protected)s.")
DISPUTED = N_("Of what is owed this is under dispute: %(disputed)s. Settle the dispute first.")
ON_THE_WAY = N_("%(in_transit)s are on the way. Wait until they are here, or note that they did not come.")
SETTLED = N_("Nothing is owed on these bills any more. Withdraw the order.")


NOT_REMINDED = N_("The customer has not been reminded yet. Call them, or see that the reminder goes out.")
TOO_EARLY = N_("The customer was reminded, and has time until then: this can be handed over from %(day)s.")


def is_too_early(facts: Facts, _settings: Settings) -> Refusal | None:
    """GAS-R81: handed over some days after the reminder, and never without one."""
    if not facts["too_early"]:
        return None
    day = facts["handed_from"]
    return (
        Refusal(TOO_EARLY, {"day": day}, ("account_id",))
        if day
        else Refusal(NOT_REMINDED, {}, ("account_id",))
    )


def is_barred(facts: Facts, _settings: Settings) -> Refusal | None:
    """GAS-R82: never for a protected customer, a disputed bill, money on the way, or where nothing is owed any more."""
    if facts["protected"]:
        return Refusal(PROTECTED, {"protected": facts["protected"]}, ("account_id",))
    if facts["disputed"]:
        return Refusal(DISPUTED, {"disputed": facts["disputed"]})
    if facts["in_transit"]:
        return Refusal(ON_THE_WAY, {"in_transit": facts["in_transit"]})
    if not facts["still_owed"]:
        return Refusal(SETTLED)
    return None
