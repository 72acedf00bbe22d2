"""The positions of the decoration firm (rule book, section 1.1). What each may do, `rights/` says area by area."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.people.positions import Position
from plugins.decoration.rights import grants_of
from plugins.decoration.rules import names as n

LABELS = (
    (n.MANAGER, _("Customer service manager")),
    (n.ASSISTANT, _("Assistant of the customer service manager")),
    (n.SPECIALIST, _("Customer service specialist")),
    (n.VIP_KEEPER, _("VIP custodian")),
    (n.GENERAL_MANAGER, _("General manager of the firm")),
    (n.DESIGNER, _("Designer")),
    (n.ENGINEERING, _("Engineering department")),
    (n.INSPECTOR, _("Site inspector")),
    (n.SALES, _("Sales department")),
    (n.FINANCE, _("Finance and materials")),
)
POSITIONS = tuple(Position(position, label, grants_of(position)) for position, label in LABELS)
