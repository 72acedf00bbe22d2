"""Who may do what with customers, those who belong to them, and their houses (DEC 1.1, DEC-E01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, grant
from core.people.rights.levels import READ, WRITE, Level
from plugins.decoration.reach import ALL, SITES, VIPS
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c

FILES = "DEC 1.1, DEC-E01"
CALLS = _("DEC 1.1, DEC-E01: enters customers and calls them")
CALLED = _("DEC-R09, DEC-R11: agrees days with the customer on site (inferred)")
SERVES_ALL = _("DEC 1.1, DEC-E01: serves every customer of the branch")
SERVES_VIPS = _("DEC 1.1, DEC-E01: VIPs and key accounts only (inferred)")
OWN_SITES = _("DEC 1.1, DEC-E01: the customers of its sites (inferred)")
DECIDES = "DEC-W1, DEC-R31"
CARDS = "DEC 1.1, DEC-E10"
MEMBERS = "DEC 1.1, DEC-E16; DEC-R43"
COLLECTS = "DEC-R60, DEC-W7"
READS = "DEC-R33, DEC-R34"
ONE_FILE = _("DEC-R15, DEC-R60: each customer has one file, and it can be found again (inferred)")
KEPT = ("see", "add", "edit")


def files(*actions: str) -> tuple[Grant, ...]:
    """A customer's file is one: with contacts and houses."""
    return tuple(grant(each, *actions, clause=FILES) for each in (n.CUSTOMER, n.CONTACT, n.HOUSE))


def phones(level: Level, clause: Any) -> tuple[Grant, ...]:
    """Telephones, for those whose work asks for them; for everybody else they are masked."""
    return (
        grant(n.CUSTOMER, "see", clause=clause, fields={"phone": level, "second_phone": level}),
        grant(n.CONTACT, "see", clause=clause, fields={"phone": level}),
    )


def reaches(right: str, clause: Any) -> Grant:
    """Whose customers are seen beside one's own."""
    return grant(n.CUSTOMER, right, clause=clause)


def members(*actions: str, cares: bool = False) -> tuple[Grant, ...]:
    """Members, and the log of what is done for them."""
    care = ("see", "add", "edit") if cares else ("see",)
    return grant(c.MEMBER, *actions, clause=MEMBERS), grant(c.MEMBER_CARE, *care, clause=MEMBERS)


CARD = grant(n.CUSTOMER, "print", clause=CARDS)
OWN_DAY = grant(c.COLLECTION, "see", "hand-in", clause=COLLECTS)
DOUBTS = grant(c.DUPLICATE, "see", "add", "tell-apart", clause=ONE_FILE)

GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (
        *files("see", "edit", "export"),
        *phones(WRITE, CALLS),
        reaches(ALL, SERVES_ALL),
        grant(n.CUSTOMER, "decide", clause=DECIDES),
        CARD,
        *members("see", "add", "admit", cares=True),
        grant(c.COLLECTION, "see", "export", clause=COLLECTS),
        grant(c.FILE_READING, "see", "add", "export", clause=READS),
        DOUBTS,
        grant(c.DUPLICATE, "merge", "export", clause=ONE_FILE),
    ),
    n.ASSISTANT: (
        *files("see", "edit", "export"),
        *phones(WRITE, CALLS),
        reaches(ALL, SERVES_ALL),
        CARD,
        *members("see"),
        grant(c.COLLECTION, "see", "export", clause=COLLECTS),
        grant(c.FILE_READING, "see", clause=READS),
        DOUBTS,
    ),
    n.SPECIALIST: (
        *files(*KEPT, "import"),
        grant(n.CONTACT, "delete", clause=FILES),
        *phones(WRITE, CALLS),
        reaches(ALL, SERVES_ALL),
        CARD,
        *members("see", "add", "propose"),
        OWN_DAY,
        DOUBTS,
    ),
    n.VIP_KEEPER: (
        *files(*KEPT),
        *phones(WRITE, CALLS),
        reaches(VIPS, SERVES_VIPS),
        CARD,
        *members("see", "edit", cares=True),
        OWN_DAY,
    ),
    n.GENERAL_MANAGER: (*files("see", "export"), reaches(ALL, FILES)),
    n.DESIGNER: (*files("see"), *phones(READ, CALLED)),
    n.ENGINEERING: (*files("see"), *phones(READ, CALLED), reaches(SITES, OWN_SITES)),
    n.INSPECTOR: (*files("see"), *phones(READ, CALLED)),
    n.SALES: (*files("see", "add"), *phones(WRITE, CALLS), reaches(ALL, FILES)),
    n.FINANCE: (*files("see"), reaches(ALL, FILES)),
}
