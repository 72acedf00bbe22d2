"""Who may do what with what belongs to a site (DEC 1.1): columns E07 to E09, E10, E17, E19, E20, and what the
catalogue infers from E06 for contracts, payments, changes, stages and checks."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, grant
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c

START, COMPLETION = "DEC 1.1, DEC-E07; DEC-R62", "DEC 1.1, DEC-E08; DEC-R73"
ACCEPTANCE, CARD, HANDBOOK = "DEC 1.1, DEC-E09; DEC-R11, DEC-R12", "DEC 1.1, DEC-E10", "DEC 1.1, DEC-E17"
SHOW_FLAT, SETTLEMENT = "DEC 1.1, DEC-E19; DEC-R39", "DEC 1.1, DEC-E20; DEC-R67"
OWED = _("DEC 1.1, DEC-E06: what a site owes by its contract (inferred)")
WORKS = _("DEC 1.1, DEC-E06; DEC-W3: the stages of a site (inferred)")
HANDED_OVER = _("DEC-R10, DEC-W2: the hand-over of the three parties (inferred)")
CHECKED = _("DEC 1.1, DEC-E06: inspectors look at sites (inferred)")
FIGURES = "DEC-R51, DEC-R65; DEC-K02"
KEPT = ("see", "add", "edit")


def notices(*actions: str) -> tuple[Grant, ...]:
    """Start and completion notices."""
    return grant(c.START_NOTICE, *actions, clause=START), grant(
        c.COMPLETION_NOTICE, *actions, clause=COMPLETION
    )


def money(*actions: str) -> tuple[Grant, ...]:
    """Contracts, payments, change orders."""
    return tuple(grant(each, *actions, clause=OWED) for each in (c.CONTRACT, c.INSTALMENT, c.CHANGE_ORDER))


def works(*actions: str) -> tuple[Grant, ...]:
    """Stages and pauses."""
    held = tuple(each for each in actions if each in ("see", "export"))
    return grant(c.STAGE, *actions, clause=WORKS), grant(c.PAUSE, *held, clause=WORKS)


def seen() -> tuple[Grant, ...]:
    """What whoever sees sites sees of how they go on."""
    return (
        *works("see"),
        grant(c.HANDOVER, "see", clause=HANDED_OVER),
        grant(c.SITE_CHECK, "see", clause=CHECKED),
    )


def builds() -> tuple[Grant, ...]:
    """What engineering and its inspectors do."""
    return (
        *notices(*KEPT, "send", "print"),
        *works("see", "edit", "move"),
        grant(c.ACCEPTANCE, *KEPT, clause=ACCEPTANCE),
        grant(c.HANDOVER, *KEPT, clause=HANDED_OVER),
        grant(c.SITE_CHECK, *KEPT, clause=CHECKED),
        grant(c.CONTRACT, "see", clause=OWED),
        grant(c.CHANGE_ORDER, *KEPT, clause=OWED),
        grant(c.HANDBOOK, "see", clause=HANDBOOK),
        grant(c.SHOW_FLAT, "see", "add", clause=SHOW_FLAT),
        grant(c.SETTLEMENT, "see", clause=SETTLEMENT),
    )


GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (
        *notices("see", "export"),
        *works("see", "export", "override"),
        *money("see", "export"),
        grant(c.CONTRACT, "edit", "sign", clause=OWED),
        grant(c.CHANGE_ORDER, "edit", "sign", clause=OWED),
        grant(c.ACCEPTANCE, "see", "export", clause=ACCEPTANCE),
        grant(c.HANDOVER, *KEPT, "export", clause=HANDED_OVER),
        grant(c.SITE_CHECK, "see", "export", clause=CHECKED),
        grant(c.RECORD_CARD, "see", "export", clause=CARD),
        grant(c.HANDBOOK, "see", "export", clause=HANDBOOK),
        grant(c.SHOW_FLAT, "see", "export", clause=SHOW_FLAT),
        grant(c.SETTLEMENT, "see", "export", clause=SETTLEMENT),
        grant("core.visit", "see", clause=CHECKED),
        grant("core.target", "see", clause=FIGURES),
    ),
    n.ASSISTANT: (
        *notices("see"),
        *seen(),
        *money("see"),
        grant(c.ACCEPTANCE, "see", clause=ACCEPTANCE),
        grant(c.RECORD_CARD, "see", clause=CARD),
        grant(c.HANDBOOK, "see", clause=HANDBOOK),
        grant(c.SETTLEMENT, "see", clause=SETTLEMENT),
    ),
    n.SPECIALIST: (
        *notices("see", "receive", "print"),
        *works("see"),
        *money(*KEPT),
        grant(c.INSTALMENT, "delete", clause=OWED),
        grant(c.CONTRACT, "sign", clause=OWED),
        grant(c.CHANGE_ORDER, "sign", clause=OWED),
        grant(c.ACCEPTANCE, *KEPT, "notify", "close", clause=ACCEPTANCE),
        grant(c.HANDOVER, *KEPT, clause=HANDED_OVER),
        grant(c.SITE_CHECK, "see", clause=CHECKED),
        grant(c.RECORD_CARD, *KEPT, "print", clause=CARD),
        grant(c.HANDBOOK, *KEPT, "print", clause=HANDBOOK),
        grant(c.SETTLEMENT, *KEPT, "tell", clause=SETTLEMENT),
    ),
    n.VIP_KEEPER: (
        *seen(),
        grant(c.ACCEPTANCE, "see", clause=ACCEPTANCE),
        grant(c.RECORD_CARD, *KEPT, "print", clause=CARD),
    ),
    n.GENERAL_MANAGER: (
        *seen(),
        *money("see"),
        grant(c.SHOW_FLAT, "see", clause=SHOW_FLAT),
        grant("core.target", "see", clause=FIGURES),
    ),
    n.DESIGNER: (
        *works("see"),
        grant(c.HANDOVER, *KEPT, clause=HANDED_OVER),
        grant(c.CHANGE_ORDER, "see", clause=OWED),
        grant(c.SHOW_FLAT, "see", clause=SHOW_FLAT),
    ),
    n.ENGINEERING: (*builds(), grant(c.STAGE, "override", clause=WORKS)),
    n.INSPECTOR: (*builds(), grant("core.visit", "see", clause=CHECKED)),
    n.FINANCE: (
        *works("see"),
        *money("see"),
        grant(c.CONTRACT, "export", clause=OWED),
        grant(c.INSTALMENT, "confirm-payment", "export", clause=OWED),
        grant(c.SETTLEMENT, "see", "settle", clause=SETTLEMENT),
    ),
}
