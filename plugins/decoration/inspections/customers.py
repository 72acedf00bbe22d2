"""How customers are served."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.inspections.kinds import MONTH, InspectionRound
from plugins.decoration.rules.names import MANAGER
from plugins.decoration.rules.names_customers import SERVICE_ROUND

INSPECTIONS = (InspectionRound(SERVICE_ROUND, _("Service to customers"), MANAGER, MONTH, 10),)
