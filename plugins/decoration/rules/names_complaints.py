"""The names that only complaints, penalties and repairs need (DEC-E11 to DEC-E13, DEC-W4)."""

from __future__ import annotations

COMPLAINT, INVOLVED, PENALTY = "decoration.complaint", "decoration.involved", "decoration.penalty"
REPAIR_FILE, REPAIR = "decoration.repair-file", "decoration.repair"

RECEIVED, RECORDED, RESPONDED, ASSIGNED = "received", "recorded", "responded", "assigned"
HANDLING, RESOLVED, VERIFIED, CLOSED = "handling", "resolved", "verified", "closed"
"""The states of a complaint (DEC-W4)."""
UNANSWERED = (RECEIVED, RECORDED)
UNSETTLED = (*UNANSWERED, RESPONDED, ASSIGNED, HANDLING, RESOLVED, VERIFIED)

PHONE, VISIT, CHAT, WRITING, CALL_BACK, ELSEWHERE = (
    "phone",
    "visit",
    "chat",
    "writing",
    "call_back",
    "elsewhere",
)
"""How a complaint came."""
DESIGN, WORKMANSHIP, WATERPROOFING, MAIN_MATERIALS = "design", "workmanship", "waterproofing", "materials"
SCHEDULE, ATTITUDE, PRICE, OTHER_KIND = "schedule", "attitude", "price", "other"
"""What a complaint, or a fault, is about."""

OF_ENGINEERING, OF_DESIGN, OF_SALES, OF_FINANCE = "engineering", "design", "sales", "finance"
"""The departments that take part (DEC-R64); materials stand with finance, as the positions have it."""

OF_COMPLAINT, OF_SITE, OF_REPEAT = "complaint", "site", "repeat"
"""The grounds of penalties (DEC-E13)."""
PROPOSED, PROVISIONAL, DECIDED, DECLINED = "proposed", "provisional", "decided", "declined"
SUBMIT, IMPOSE, EMERGENCY = "submit", "impose", "emergency"
ALLOWED, NOT_ALLOWED = "allowed", "not_allowed"

GENERAL, WATERPROOF = "general", "waterproof"
"""What the warranty is counted for: the works, and what keeps water out."""
REPORTED, APPOINTED, DONE, ACCEPTED = "reported", "appointed", "done", "accepted"
CANCELLED = "cancelled"
"""The states of a repair order; the last before it is filed is `closed`."""
UNDONE = (REPORTED, APPOINTED)
