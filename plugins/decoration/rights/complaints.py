"""Who may do what with complaints, penalties, repair files and repairs (DEC 1.1, DEC-E11 to DEC-E13)."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, grant
from plugins.decoration.reach_complaints import ALL, OF_CUSTOMERS, OF_ENGINEERING
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c

SHEETS = "DEC 1.1, DEC-E12"
MOVES = "DEC 1.1, DEC-E12; DEC-W4"
NAMED = _("DEC 1.1, DEC-E12: only what names them (inferred)")
HANDLES = _("DEC-W4: the handler reports the result")
PENALTIES = "DEC 1.1, DEC-E13"
PROPOSES = "DEC 1.1, DEC-E13; DEC-R83, DEC-R85, DEC-R86"
DECIDES = "DEC-R46, DEC-R47, DEC-R85"
OWN = _("DEC 1.1, DEC-E13: one's own proposals and penalties (inferred)")
FILES = "DEC 1.1, DEC-E11"
REPAIRS = "DEC 1.1, DEC-E11; DEC-W4"
KEPT = ("see", "add", "edit")


def sheets(*actions: str, moves: tuple[str, ...] = ()) -> tuple[Grant, ...]:
    """Acceptance sheets of everybody, and the departments that take part in them."""
    found = [grant(c.COMPLAINT, *actions, clause=SHEETS), grant(c.INVOLVED, "see", clause=SHEETS)]
    return (*found, *((grant(c.COMPLAINT, *moves, clause=MOVES),) if moves else ()))


def named(*more: str) -> tuple[Grant, ...]:
    """Of sheets those that name the reader, who reports the result, and notes what was done."""
    return (
        grant(c.COMPLAINT, "see", clause=NAMED),
        grant(c.COMPLAINT, "resolve", *more, clause=HANDLES),
        grant(c.INVOLVED, "see", "edit", clause=HANDLES),
        grant(c.PENALTY, "see", clause=OWN),
    )


def involves() -> Grant:
    """Names the departments that take part."""
    return grant(c.INVOLVED, *KEPT, clause="DEC-R35, DEC-R64")


def repairs(*actions: str) -> tuple[Grant, ...]:
    """Repair files and repair orders are one thing in the matrix."""
    return tuple(grant(each, *actions, clause=FILES) for each in (c.REPAIR_FILE, c.REPAIR))


def repairs_moved(*actions: str) -> tuple[Grant, ...]:
    return (*repairs(*actions), grant(c.REPAIR, "move", clause=REPAIRS))


GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (
        *sheets("see", "edit", "print", ALL, moves=("assign", "resolve", "verify")),
        involves(),
        grant(c.PENALTY, "see", "add", ALL, clause=PENALTIES),
        grant(c.PENALTY, "decide", clause=DECIDES),
        *repairs("see"),
    ),
    n.ASSISTANT: (
        *sheets(*KEPT, "print", ALL, moves=("record", "respond")),
        involves(),
        grant(c.PENALTY, "see", clause=OWN),
        grant(c.PENALTY, "add", "propose", clause=PROPOSES),
        *repairs("see", "export"),
    ),
    n.SPECIALIST: (
        *sheets(*KEPT, "print", ALL, moves=("record", "resolve", "verify")),
        involves(),
        grant(c.PENALTY, "see", clause=OWN),
        grant(c.PENALTY, "add", "propose", clause=PROPOSES),
        *repairs_moved(*KEPT),
        grant(c.REPAIR_FILE, "print", clause=FILES),
        grant(c.REPAIR, "print", "call-back", clause=REPAIRS),
    ),
    n.VIP_KEEPER: (*sheets("see", "add", OF_CUSTOMERS), *repairs("see")),
    n.GENERAL_MANAGER: (*sheets("see", ALL), grant(c.PENALTY, "see", "decide", ALL, clause=PENALTIES)),
    n.DESIGNER: named(),
    n.ENGINEERING: (
        *named(OF_ENGINEERING),
        grant(c.PENALTY, OF_ENGINEERING, clause=OWN),
        *repairs_moved("see", "edit"),
    ),
    n.INSPECTOR: (*named(), *repairs_moved("see", "edit")),
    n.FINANCE: (grant(c.PENALTY, "see", ALL, clause=PENALTIES),),
}
