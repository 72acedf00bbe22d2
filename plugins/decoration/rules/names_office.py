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
APPOINT, DISMISS, PROMOTE, PAY, TRAIN = "appoint", "dismiss", "promote", "pay", "train"
MANAGER_POST, ASSISTANT_POST, SPECIALIST_POST = "manager", "assistant", "specialist"
GM_ASSISTANT, DEPUTY, GENERAL = "gm_assistant", "deputy", "general_manager"
OTHER_MANAGER, OTHER_POST = "other_manager", "other"
"""The posts that proposals name (DEC-R53, DEC-R54, DEC-R88)."""
JUNIOR_HIGH, SENIOR_HIGH, COLLEGE, BACHELOR, MASTER = (
    "junior_high",
    "senior_high",
    "college",
    "bachelor",
    "master",
)
"""Education, from the lowest to the highest (DEC-R52, DEC-R82)."""
DEPARTMENT_ROUND, MANAGER_ROUND = "decoration.department", "decoration.manager-qualification"
"""The rounds on which the manager looks at rules and people, and the general manager at the manager."""

APPRAISAL = "decoration.appraisal"
OF_DESIGNER, OF_INSPECTOR, OF_CREW = "designer", "inspector", "crew"
"""Whose service is appraised (DEC-R38)."""
DRAFTED, APPRAISED, FED_BACK = "drafted", "appraised", "fed_back"
GOOD, FAIR, POOR = "good", "fair", "poor"
"""How it stands with an appraisal (DEC-E18), and its result."""
SEE_ALL, SEE_CREWS = "see-all", "see-crews"
