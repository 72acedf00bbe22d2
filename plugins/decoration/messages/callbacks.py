"""What the manager is told of call-backs."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.messages.kinds import MessageTemplate
from plugins.decoration.rules.names_callbacks import CALL_BACK

TEMPLATES = (
    MessageTemplate(
        "decoration.call-report",
        _("Report of an ad hoc call-back"),
        CALL_BACK,
        N_("Ad hoc call-back %(number)s was made"),
        N_("On %(done_on)s the customer said: %(summary)s Read all of it: %(link)s"),
    ),
)
