"""The rounds on which the hall, the counter and the department are looked at; what is looked at are checklist rules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.inspections.kinds import DAY, MONTH, WEEK, InspectionRound
from plugins.gas.rules.book.saying import CLOSING, DEPARTMENT, HALL, LOOKS, OPENING, SERVICE, SIGNS

INSPECTIONS: tuple[InspectionRound, ...] = (
    InspectionRound(OPENING, _("Before opening"), LOOKS[OPENING], DAY, 10),
    InspectionRound(HALL, _("Hall inspection"), LOOKS[HALL], DAY, 20),
    InspectionRound(CLOSING, _("After closing"), LOOKS[CLOSING], DAY, 30),
    InspectionRound(SIGNS, _("Signs and notices"), LOOKS[SIGNS], WEEK, 40),
    InspectionRound(SERVICE, _("Service at the counter"), LOOKS[SERVICE], WEEK, 50),
    InspectionRound(DEPARTMENT, _("The department"), LOOKS[DEPARTMENT], MONTH, 60),
)
