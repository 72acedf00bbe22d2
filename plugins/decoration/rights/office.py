"""Who may do what in the office (DEC 1.1): columns E18 and E21 to E23, suggestions (DEC-R84), rounds."""

from __future__ import annotations

from collections.abc import Mapping

from core.people.positions import Grant, grant
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o

APPRAISED, LOOKED_AT = "DEC 1.1, DEC-E18; DEC-R38", "DEC-R29, DEC-R52, DEC-R82"
DOCUMENTS, CLAIMS = "DEC 1.1, DEC-E21; DEC-R55, DEC-R56, DEC-R57", "DEC 1.1, DEC-E22; DEC-R48"
PERSONNEL, SUGGESTED = "DEC 1.1, DEC-E23; DEC-R49", "DEC-R84"


def documents(*actions: str) -> Grant:
    return grant(o.DOCUMENT, *actions, clause=DOCUMENTS)


def claims(*actions: str) -> Grant:
    return grant(o.EXPENSE, *actions, clause=CLAIMS)


def appraisals(*actions: str) -> Grant:
    return grant(o.APPRAISAL, *actions, clause=APPRAISED)


ROUNDS = (
    grant("core.inspection", "see", "fill", clause=LOOKED_AT),
    grant("core.inspection-result", "see", clause=LOOKED_AT),
)
OWN = claims("see", "add", "edit")
SUGGESTS = grant(o.SUGGESTION, "see", "add", clause=SUGGESTED)
GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (
        documents("see", "print"),
        claims("see", o.SEE_ALL, "export"),
        grant(o.PERSONNEL, "see", "add", "export", clause=PERSONNEL),
        grant(o.SUGGESTION, "see", o.SEE_ALL, "answer", "export", clause=SUGGESTED),
        appraisals("see", o.SEE_ALL, "add", "edit", "appraise", "export"),
        *ROUNDS,
    ),
    n.ASSISTANT: (documents("see", "add", "edit", "issue", "print", "export"), OWN, SUGGESTS),
    n.SPECIALIST: (documents("see"), OWN, SUGGESTS),
    n.VIP_KEEPER: (documents("see"), OWN),
    n.GENERAL_MANAGER: (
        claims("see", o.SEE_ALL),
        grant(o.PERSONNEL, "see", clause=PERSONNEL),
        appraisals("see", o.SEE_ALL),
        *ROUNDS,
    ),
    n.DESIGNER: (appraisals("see"),),
    n.INSPECTOR: (appraisals("see"),),
    n.ENGINEERING: (appraisals("see", o.SEE_CREWS),),
    n.FINANCE: (claims("see", o.SEE_ALL, "pay"),),
}
