"""How the department's rules and people are looked at (DEC-R29, DEC-R52, DEC-R82)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.inspections.kinds import InspectionRound
from plugins.decoration.rules.names import GENERAL_MANAGER, MANAGER
from plugins.decoration.rules.names_office import DEPARTMENT_ROUND, MANAGER_ROUND

INSPECTIONS = (
    InspectionRound(DEPARTMENT_ROUND, _("Rules and people of the department"), MANAGER, "DEC-R29-B", 20),
    InspectionRound(MANAGER_ROUND, _("Qualification of the manager"), GENERAL_MANAGER, "DEC-R52-C", 30),
)
