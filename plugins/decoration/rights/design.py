"""Who may do what with design commissions, appointments and payments (DEC 1.1, DEC-E03 to DEC-E05)."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, grant
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

COMMISSIONS = "DEC 1.1, DEC-E04"
MOVES = "DEC 1.1, DEC-E04; DEC-W2"
MEETINGS = "DEC 1.1, DEC-E03"
BOOKS = "DEC 1.1, DEC-E03; DEC-R05"
RECORDS = _("DEC 1.1, DEC-E03, DEC-R09: whoever met the customer records it (inferred)")
PAYMENTS = "DEC 1.1, DEC-E05"
TELLS = "DEC 1.1, DEC-E05; DEC-R06, DEC-R07"
CONFIRMS = "DEC 1.1, DEC-E05; DEC-W2"
PRINTED = _("DEC-P10: whoever tells the customer prints it (inferred)")
KEPT = ("see", "add", "edit")


def meetings(*actions: str) -> Grant:
    return grant(d.APPOINTMENT, *actions, clause=MEETINGS)


def books() -> tuple[Grant, ...]:
    """Whoever books customers: invites, confirms, puts off, records, prints."""
    return (
        meetings(*KEPT),
        grant(d.APPOINTMENT, "invite", "confirm", clause=BOOKS),
        grant(d.APPOINTMENT, "hold", clause=RECORDS),
        grant(d.APPOINTMENT, "print", clause=PRINTED),
    )


def asks() -> tuple[Grant, ...]:
    """Whoever announces stages and meets the customer."""
    return (
        meetings("see", "add", "confirm"),
        grant(d.APPOINTMENT, "hold", clause=RECORDS),
    )


def payments(*actions: str) -> tuple[Grant, ...]:
    """Deposits and fees, and the receipts for them, which nobody enters."""
    return grant(d.FEE, *actions, clause=PAYMENTS), grant(d.RECEIPT, "see", clause=PAYMENTS)


GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (
        grant(n.COMMISSION, "see", "edit", "export", clause=COMMISSIONS),
        meetings("see", "edit", "invite", "confirm", "hold"),
        *payments(*KEPT),
    ),
    n.ASSISTANT: (grant(n.COMMISSION, "see", clause=COMMISSIONS), meetings("see"), *payments("see")),
    n.SPECIALIST: (
        grant(n.COMMISSION, *KEPT, clause=COMMISSIONS),
        *books(),
        *payments("see", "add"),
        grant(d.FEE, "notify", clause=TELLS),
        grant(d.FEE, "print", clause=PRINTED),
    ),
    n.VIP_KEEPER: (grant(n.COMMISSION, "see", clause=COMMISSIONS), *books(), *payments("see")),
    n.GENERAL_MANAGER: (grant(n.COMMISSION, "see", clause=COMMISSIONS), *payments("see")),
    n.DESIGNER: (
        grant(n.COMMISSION, *KEPT, clause=COMMISSIONS),
        grant(n.COMMISSION, "move", clause=MOVES),
        *asks(),
        *payments("see"),
    ),
    n.ENGINEERING: (grant(n.COMMISSION, "see", clause=COMMISSIONS), *asks()),
    n.INSPECTOR: (grant(n.COMMISSION, "see", clause=COMMISSIONS), *asks()),
    n.SALES: (grant(n.COMMISSION, "see", clause=COMMISSIONS), meetings("see"), *payments("see")),
    n.FINANCE: (
        grant(n.COMMISSION, "see", clause=COMMISSIONS),
        *payments(*KEPT),
        grant(d.FEE, "confirm", clause=CONFIRMS),
        grant(d.RECEIPT, "print", clause=CONFIRMS),
    ),
}
