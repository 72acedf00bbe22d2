"""Who may do what with design commissions (DEC 1.1, DEC-E04)."""

from __future__ import annotations

from collections.abc import Mapping

from core.people.positions import Grant, grant
from plugins.decoration.rules import names as n

COMMISSIONS = "DEC 1.1, DEC-E04"
MOVES = "DEC 1.1, DEC-E04; DEC-W2"
PAID = "DEC-W2, DEC-R06, DEC-R07"
KEPT = ("see", "add", "edit")

GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (grant(n.COMMISSION, "see", "edit", "export", clause=COMMISSIONS),),
    n.ASSISTANT: (grant(n.COMMISSION, "see", clause=COMMISSIONS),),
    n.SPECIALIST: (grant(n.COMMISSION, *KEPT, clause=COMMISSIONS),),
    n.VIP_KEEPER: (grant(n.COMMISSION, "see", clause=COMMISSIONS),),
    n.GENERAL_MANAGER: (grant(n.COMMISSION, "see", clause=COMMISSIONS),),
    n.DESIGNER: (grant(n.COMMISSION, *KEPT, clause=COMMISSIONS), grant(n.COMMISSION, "move", clause=MOVES)),
    n.ENGINEERING: (grant(n.COMMISSION, "see", clause=COMMISSIONS),),
    n.INSPECTOR: (grant(n.COMMISSION, "see", clause=COMMISSIONS),),
    n.SALES: (grant(n.COMMISSION, "see", clause=COMMISSIONS),),
    n.FINANCE: (
        grant(n.COMMISSION, "see", clause=COMMISSIONS),
        grant(n.COMMISSION, "confirm-payment", clause=PAID),
    ),
}
