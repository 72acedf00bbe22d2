"""Names that only the area of customers needs."""

from __future__ import annotations

MEMBER, MEMBER_CARE = "decoration.member", "decoration.member-care"
COLLECTION, FILE_READING = "decoration.collection", "decoration.file-reading"
DUPLICATE = "decoration.duplicate"
SERVICE_ROUND = "decoration.service"

INTENT_SHOWN, DESIGNER_NEEDED = "decoration.customer.intent-shown", "decoration.customer.designer-needed"
"""Events: a customer who showed no intent does now, and one who needed no designer needs one."""

MERGED = "merged"
"""The state of a customer's file that went into another, and of the pair of files that was merged."""
PROPOSED, ADMITTED, DECLINED, LEFT = "proposed", "admitted", "declined", "left"
"""How it stands with a member (DEC-E16)."""
OPEN, HANDED_IN = "open", "handed_in"
"""A day's collection before and after it was reported (DEC-R60)."""
FOUND, APART = "found", "apart"
"""A pair of files that may be one customer's, and one of which somebody said that they are two."""
BY_PHONE, BY_NAME, BY_HAND = "phone", "name", "hand"
"""By what a pair was found."""
OLDER, NEWER = "older", "newer"
"""Which file of a pair stays."""
