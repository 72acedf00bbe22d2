"""What is told about prospects."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.messages.kinds import MessageTemplate
from plugins.decoration.rules.names import CUSTOMER

TEMPLATES = (
    MessageTemplate(
        "decoration.designer-needed",
        _("Customer who needs a designer"),
        CUSTOMER,
        N_("%(name)s needs a designer"),
        N_("The customer %(number)s %(name)s needs a designer. Needs and ideas: %(needs)s. Look at %(link)s"),
    ),
)
