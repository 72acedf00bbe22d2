"""Who gives customers their page: whoever tells them of meetings, acceptances and payments."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, grant
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_owner as o

PAGES = _("DEC-R05, DEC-R11: whoever tells the customer gives the page (inferred)")


def gives() -> tuple[Grant, ...]:
    """Makes links, releases photos, takes links back."""
    return (
        grant(n.SITE, o.LINK, clause=PAGES),
        grant(n.COMMISSION, o.LINK, clause=PAGES),
        grant(o.OWNER_LINK, "see", "export", "revoke", clause=PAGES),
    )


GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: gives(),
    n.SPECIALIST: gives(),
    n.ASSISTANT: (grant(o.OWNER_LINK, "see", clause=PAGES),),
}
