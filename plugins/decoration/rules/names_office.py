"""Names that only the area of the office needs."""

from __future__ import annotations

WEEKLY, SITE_COUNT = "decoration.weekly", "decoration.site-count"
SPECIALIST_MONTH, QUARTER_PLAN = "decoration.specialist-monthly", "decoration.quarter-plan"
MONTH_END, DESIGNERS = "decoration.month-end", "decoration.designers"
"""The reports of the reporting chain (DEC-W7)."""
REPORT_RULES = ("DEC-R40", "DEC-R42-B", "DEC-R58", "DEC-R65", "DEC-R72", "DEC-R72-B")
"""The rules that ask for them."""
