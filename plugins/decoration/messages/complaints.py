"""What is told of complaints: to the manager, to whoever is to take part, to the general manager."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.messages.kinds import MessageTemplate
from plugins.decoration.rules import names_complaints as c

TEMPLATES = (
    MessageTemplate(
        "decoration.complaint-received",
        _("Complaint received"),
        c.COMPLAINT,
        N_("Complaint %(number)s of %(customer_id)s"),
        N_("%(customer_id)s complains: %(content)s To be answered until %(respond_until)s: %(link)s"),
    ),
    MessageTemplate(
        "decoration.complaint-involved",
        _("Taking part in a complaint"),
        c.INVOLVED,
        N_("You are to take part in complaint %(complaint_id)s"),
        N_("About complaint %(complaint_id)s this is yours to do until %(due_on)s: %(measure)s %(link)s"),
    ),
    MessageTemplate(
        "decoration.complaint-recurring",
        _("Problem that recurs"),
        c.COMPLAINT,
        N_("A problem recurs: %(kind)s"),
        N_(
            "Complaint %(number)s is about a common or special problem (%(kind)s): %(content)s Handling opinion:"
            " %(opinion)s %(link)s"
        ),
    ),
)
