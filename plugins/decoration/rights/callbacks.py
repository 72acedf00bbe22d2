"""Who may do what with call-backs, what customers answer, and the questionnaire (DEC 1.1, DEC-E14)."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, grant
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c

CALLS = "DEC 1.1, DEC-E14"
ASKS = _("DEC-R70: asks about each person involved (inferred: by the branch's questionnaire)")
WRITES = _("DEC-R41: sees that evaluations are recorded (inferred: writes the questionnaire)")
KEPT = (c.CALL_BACK, c.CALL_TRY, c.CALL_SCORE)


def seen(*more: str) -> tuple[Grant, ...]:
    """Call-backs with their tries and scores."""
    return tuple(grant(each, "see", *more, clause=CALLS) for each in KEPT)


def makes() -> tuple[Grant, ...]:
    """Whoever calls."""
    asks = tuple(grant(each, "see", clause=ASKS) for each in (c.QUESTIONNAIRE, c.QUESTION))
    return (*seen(), grant(c.CALL_BACK, "add", "edit", c.CALL, clause=CALLS), *asks)


GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (
        *makes(),
        *seen("export"),
        grant(c.QUESTIONNAIRE, "see", "add", "edit", "publish", clause=WRITES),
        grant(c.QUESTION, "see", "add", "edit", "delete", clause=WRITES),
    ),
    n.ASSISTANT: seen(),
    n.SPECIALIST: makes(),
    n.VIP_KEEPER: makes(),
    n.DESIGNER: seen(),
    n.ENGINEERING: seen(),
    n.INSPECTOR: seen(),
}
