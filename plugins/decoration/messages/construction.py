"""The words of what customers and colleagues are told of the works (DEC-P10)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.messages.kinds import MessageTemplate
from plugins.decoration.rules import names_construction as c

TEMPLATES = (
    MessageTemplate(
        "decoration.handover",
        _("Entry to the site and hand-over"),
        c.HANDOVER,
        N_("Works on your home begin on %(entry_on)s"),
        N_(
            "We enter your home on %(entry_on)s. On %(planned_on)s design, engineering and you hand the site over"
            " together; please be there. %(branch)s"
        ),
    ),
    MessageTemplate(
        "decoration.acceptance",
        _("Acceptance of a stage"),
        c.ACCEPTANCE,
        N_("Acceptance on %(planned_on)s: %(checkpoint)s"),
        N_(
            "The stage %(checkpoint)s of the works in your home is ready. Please come to the site on"
            " %(planned_on)s for the acceptance. %(branch)s"
        ),
    ),
    MessageTemplate(
        "decoration.settlement",
        _("Completed works to be settled"),
        c.SETTLEMENT,
        N_("Completed works: settle the final payment of %(site_id)s"),
        N_(
            "The works of %(site_id)s were completed on %(completed_on)s; %(owed)s are open. Settle: %(link)s"
        ),
    ),
)
