"""The reports of the department (DEC-K01 to DEC-K05, K08; DEC-W7): what fills them, and who signs them off.

An area whose records the department reports too adds lines to `counting.LINES`.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.reports.kinds import MONTH, QUARTER, WEEK, Report
from plugins.decoration.reports import monthly, weekly
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o

PLAN = _("The summary of the month, and the plan for the next.")

REPORTS = (
    Report(
        o.WEEKLY,
        _("Weekly report of customer service"),
        rule="DEC-R58",
        fill=weekly.week,
        signed_by=(n.MANAGER,),
        period=WEEK,
        asks=_("What was out of the ordinary in the week, and what is planned for the next."),
        order=10,
    ),
    Report(
        o.SITE_COUNT,
        _("Weekly count of sites"),
        rule="DEC-R65",
        fill=weekly.sites,
        signed_by=(n.MANAGER,),
        period=WEEK,
        order=20,
    ),
    Report(
        o.SPECIALIST_MONTH,
        _("Monthly reports and summary of the specialists"),
        rule="DEC-R72",
        fill=monthly.month,
        signed_by=(n.MANAGER,),
        period=MONTH,
        asks=_("The summary of the month."),
        text_needed=True,
        order=30,
    ),
    Report(
        o.QUARTER_PLAN,
        _("Quarterly plan of the specialists"),
        rule="DEC-R72-B",
        fill=monthly.outlook,
        signed_by=(n.MANAGER,),
        period=QUARTER,
        asks=_("The plan for the next quarter."),
        text_needed=True,
        order=40,
    ),
    Report(
        o.MONTH_END,
        _("Reports, summary and plan of the month's end"),
        rule="DEC-R40",
        fill=monthly.month,
        signed_by=(n.GENERAL_MANAGER,),
        period=MONTH,
        asks=PLAN,
        text_needed=True,
        order=50,
    ),
    Report(
        o.DESIGNERS,
        _("Designers' figures for the regular meeting"),
        rule="DEC-R42-B",
        fill=weekly.designers_figures,
        signed_by=(n.GENERAL_MANAGER,),
        period=WEEK,
        before=True,  # the meeting at the beginning of a week looks back on the one before
        order=60,
    ),
)

__all__ = ["REPORTS"]
