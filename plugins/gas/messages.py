"""The words of what the gas office tells: customers who are late, readers who urge them, heads about meters."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.messages.kinds import MessageTemplate

TEMPLATES = (
    MessageTemplate(
        "gas.reminder",
        _("Reminder of a gas bill"),
        "gas.bill",
        N_("Your gas bill %(number)s is due"),
        N_("Your gas bill %(number)s of %(total)s was payable until %(due_on)s. Please pay at %(branch)s."),
    ),
    MessageTemplate(
        "gas.urge-payment",
        _("Customer to be urged"),
        "gas.bill",
        N_("Bill %(number)s was not paid in time"),
        N_("The bill %(number)s of %(total)s was payable until %(due_on)s. Urge the customer: %(link)s"),
    ),
    MessageTemplate(
        "gas.abnormal-meter",
        _("Abnormal meter"),
        "core.visit",
        N_("A meter does not work as it should"),
        N_("On the reading round a meter was found abnormal. Look at %(link)s"),
    ),
)
