"""Who may do what with construction sites and crews (DEC 1.1, DEC-E06)."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, grant
from plugins.decoration.rules import names as n

SITES = "DEC 1.1, DEC-E06"
MOVES = "DEC 1.1, DEC-E06; DEC-W3"
CREWS = _("DEC 1.1, DEC-E06: a site names its crew (inferred)")
KEPT = ("see", "add", "edit")


def sites(*actions: str) -> tuple[Grant, ...]:
    """Sites, and the crews that they name."""
    return grant(n.SITE, *actions, clause=SITES), grant(n.CREW, "see", clause=CREWS)


def builds() -> tuple[Grant, ...]:
    """What engineering and its inspectors do with sites."""
    return (*sites(*KEPT), grant(n.SITE, "move", clause=MOVES))


GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (*sites("see", "export"), grant(n.SITE, "move", clause=MOVES)),
    n.ASSISTANT: sites("see"),
    n.SPECIALIST: sites(*KEPT),
    n.VIP_KEEPER: sites("see"),
    n.GENERAL_MANAGER: sites("see"),
    n.DESIGNER: sites("see"),
    n.ENGINEERING: (*builds(), grant(n.CREW, "add", "edit", "import", clause=CREWS)),
    n.INSPECTOR: builds(),
    n.FINANCE: sites("see"),
}
