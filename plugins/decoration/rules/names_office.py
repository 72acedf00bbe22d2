"""Names that only the area of the office needs."""

from __future__ import annotations

WEEKLY, SITE_COUNT = "decoration.weekly", "decoration.site-count"
SPECIALIST_MONTH, QUARTER_PLAN = "decoration.specialist-monthly", "decoration.quarter-plan"
MONTH_END, DESIGNERS = "decoration.month-end", "decoration.designers"
"""The reports of the reporting chain (DEC-W7)."""
REPORT_RULES = ("DEC-R40", "DEC-R42-B", "DEC-R58", "DEC-R65", "DEC-R72", "DEC-R72-B")
"""The rules that ask for them."""

EXPENSE, PERSONNEL = "decoration.expense", "decoration.personnel-proposal"
DOCUMENT, SUGGESTION = "decoration.document", "decoration.suggestion"
OPEN, SIGNED, RETURNED, PAID = "open", "signed", "returned", "paid"
"""An expense claim (DEC-E22)."""
PROPOSED, DECIDED, DECLINED = "proposed", "decided", "declined"
"""A personnel proposal (DEC-E23)."""
DRAFT, ISSUED = "draft", "issued"
"""A document of the department (DEC-E21)."""
MADE, ANSWERED = "made", "answered"
"""A suggestion (DEC-R84)."""
MINUTES, PAPER, FORM = "minutes", "document", "form"
APPOINT, DISMISS, PROMOTE = "appoint", "dismiss", "promote"
SEE_ALL = "see-all"
