"""The gas office's reports (GAS-K01, K02, K06, K09): what fills them, and who signs them off."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.reports.kinds import DAY, MONTH, Report
from plugins.gas.reports import collecting, reading, sales
from plugins.gas.rules.book.saying import (
    COLLECTION_REPORT,
    FINANCE,
    HEAD,
    READING_REPORT,
    READING_SUMMARY,
    SALES_SUMMARY,
    TEAM_LEADER,
)

REPORTS = (
    Report(
        READING_REPORT,
        _("Daily reading report"),
        rule="GAS-R24",
        fill=reading.day,
        signed_by=(HEAD,),
        period=DAY,
        asks=_("What was unusual on the day, and what follows."),
        order=10,
    ),
    Report(
        SALES_SUMMARY,
        _("Daily gas sales summary"),
        rule="GAS-R34",
        fill=sales.day,
        signed_by=(TEAM_LEADER, FINANCE),
        period=DAY,
        order=20,
    ),
    Report(
        READING_SUMMARY,
        _("Monthly reading summary and analysis"),
        rule="GAS-R25",
        fill=reading.month,
        signed_by=(HEAD,),
        period=MONTH,
        asks=_("The analysis: how the month differs from those before, why, and what follows."),
        order=30,
    ),
    Report(
        COLLECTION_REPORT,
        _("Monthly reading-and-collection report"),
        rule="GAS-R76",
        fill=collecting.month,
        signed_by=(HEAD,),
        period=MONTH,
        before=True,  # it is owed once the month before is billed
        asks=_("Once it is kept, attach the settlement slips on its page."),
        order=40,
    ),
)
