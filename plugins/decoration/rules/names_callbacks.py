"""The names that only call-backs need: their objects, states and kinds."""

from __future__ import annotations

from plugins.decoration.rules.names_complaints import COMPLAINT as COMPLAINT_SHEET
from plugins.decoration.rules.names_complaints import REPAIR as REPAIR_ORDER
from plugins.decoration.rules.names_construction import ACCEPTANCE as STAGE_ACCEPTANCE

CALL_BACK, CALL_TRY, CALL_SCORE = "decoration.call-back", "decoration.call-try", "decoration.call-score"
QUESTIONNAIRE, QUESTION = "decoration.questionnaire", "decoration.question"
CALL = "call"
"""The right to make call-backs."""

PLANNED, DONE, CALLED_OFF = "planned", "done", "called_off"
"""How a call-back stands."""

PROSPECT, PENDING_SIGNATURE, CONSTRUCTION = "prospect", "pending_signature", "construction"
SATISFACTION, WARRANTY, LIFETIME = "satisfaction", "warranty", "lifetime"
COMPLAINT, VIP_CALL, AD_HOC = "complaint", "vip_call", "ad_hoc"
REPAIR, ACCEPTANCE = "repair", "acceptance"
KINDS = (
    PROSPECT,
    PENDING_SIGNATURE,
    CONSTRUCTION,
    SATISFACTION,
    WARRANTY,
    LIFETIME,
    COMPLAINT,
    REPAIR,
    ACCEPTANCE,
    VIP_CALL,
    AD_HOC,
)
"""What a call-back is about. Of each that is done, `decoration.call-back.<kind>` is told."""
REPORTED, BY_MANAGER = f"{CALL_BACK}.reported", f"{CALL_BACK}.by-manager"
"""Told of a call-back that somebody else has made, and of one that the manager made in person."""
PROSPECT_BY_MANAGER = f"{CALL_BACK}.prospect-by-manager"
"""Told of a prospect whom the manager called in person (DEC-R30)."""
VIP_REPORTED = "decoration.customer.vip-reported"
"""Told of a customer of whom something was reported: a call, or the summary of a visit (DEC-R28)."""
FIELDS = {COMPLAINT_SHEET: "complaint_id", REPAIR_ORDER: "repair_id", STAGE_ACCEPTANCE: "acceptance_id"}
"""Objects that end with a call-back, and the field by which a call-back names the one that it is about."""
ENDED_BY = {COMPLAINT: COMPLAINT_SHEET, REPAIR: REPAIR_ORDER, ACCEPTANCE: STAGE_ACCEPTANCE}
"""Kinds of call-backs about such an object."""
BOTH_WEEKLY = (CONSTRUCTION, SATISFACTION)

TELEPHONE, WECHAT, VISIT, SMS = "telephone", "wechat", "visit", "sms"
"""How the customer was reached."""
NO_ANSWER, BUSY, LATER, WRONG_NUMBER = "no_answer", "busy", "later", "wrong_number"
"""How it went when the customer was not reached."""

DRAFT, IN_FORCE, REPLACED = "draft", "in_force", "replaced"
"""How a version of the questionnaire stands."""
OF_DESIGNER, OF_CONSULTANT, OF_INSPECTOR = "designer", "consultant", "inspector"
OF_CREW, OF_SERVICE, OF_FIRM = "crew", "service", "firm"
"""Whom a question is about; the firm is nobody in particular."""
LOWEST, HIGHEST = 1, 5
"""Scores."""


def event(kind: str) -> str:
    """What is told of a call-back of a kind that is done."""
    return f"{CALL_BACK}.{kind}"
