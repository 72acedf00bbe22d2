"""Who may do what for VIPs (DEC 1.1, DEC-E02): custodians for those whom they keep, the manager for all."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, grant
from core.people.rights.levels import WRITE
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

ARCHIVES = "DEC 1.1, DEC-E02; DEC-R19, DEC-R20"
MOVES = "DEC 1.1, DEC-E02; DEC-W6"
REVIEWS = "DEC-R25"
RECEIVES = "DEC-R27, DEC-R28"
BUYS = "DEC-R23"
CHANNELS = "DEC-R22"
AREA = "DEC-R26"
KNOWS_WAYS = _("DEC-R22: shows VIPs the way (inferred)")
LOOKS = _("DEC-E02: knows of an archive only where DEC-R20 lets in (inferred)")
SECRETS = {
    c.VIP_ARCHIVE: ("ground", "developments", "original_place"),
    c.VIP_REVIEW: ("developments",),
    c.RECEPTION: ("topic", "course", "summary", "outcome"),
    c.PURCHASE: ("what", "price", "benefit"),
}
"""What is masked for everybody but custodian and manager, also where somebody is let in by a change of rights."""


def reads() -> tuple[Grant, ...]:
    """What stands in archives, for whom DEC-R20 names; the rows say whose."""
    return tuple(
        grant(entity, "see", clause=ARCHIVES, fields=dict.fromkeys(names, WRITE))
        for entity, names in SECRETS.items()
    )


def shown_channels() -> Grant:
    return grant(c.CHANNEL, "see", clause=KNOWS_WAYS)


GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (
        *reads(),
        grant(c.VIP_ARCHIVE, "see-all", "edit", "export", clause=ARCHIVES),
        grant(c.VIP_ARCHIVE, "grant", clause=MOVES),
        grant(c.VIP_REVIEW, "add", clause=REVIEWS),
        grant(c.VIP_ARCHIVE, "review", clause=REVIEWS),
        grant(c.RECEPTION, "edit", "contact", clause=RECEIVES),
        grant(c.PURCHASE, "edit", clause=BUYS),
        grant(c.CHANNEL, "see", "add", "edit", "delete", clause=CHANNELS),
        grant(c.AREA_VISIT, "see", "add", "edit", clause=AREA),
    ),
    n.ASSISTANT: (shown_channels(),),
    n.SPECIALIST: (shown_channels(),),
    n.VIP_KEEPER: (
        *reads(),
        grant(c.VIP_ARCHIVE, "add", "edit", clause=ARCHIVES),
        grant(c.RECEPTION, "add", "edit", clause=RECEIVES),
        grant(c.PURCHASE, "add", "edit", clause=BUYS),
        shown_channels(),
    ),
    n.GENERAL_MANAGER: (
        grant(c.VIP_ARCHIVE, "see", clause=LOOKS),
        grant(c.AREA_VISIT, "see", clause=AREA),
        shown_channels(),
    ),
    n.SALES: (shown_channels(),),
}
