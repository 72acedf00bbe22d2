"""The words with which a customer gets the link to their page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.messages.kinds import MessageTemplate
from plugins.decoration.owners.links import with_address
from plugins.decoration.rules import names_owner as o

TEMPLATES = (
    MessageTemplate(
        o.MESSAGE,
        _("Link to the customer's page"),
        o.OWNER_LINK,
        N_("Your page with %(branch)s"),
        N_(
            "%(branch)s: this page shows how your home comes along, and there you confirm days with us: %(page)s It is"
            " good until %(ends_on)s. Whoever has the address can read it; keep it to yourself."
        ),
        finish=with_address,
    ),
)
