"""The positions of conduct (rule book, sections 3.1 and 9.1) and what each may do."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.people.positions import Position, grant
from plugins.conduct.entities import STAFF
from plugins.conduct.rules import names as n

LOOK = ("see", "export")
ITEMS, SLIPS, APPEALS = "GPN 3.1, GPN-E01", "HR 9.1, HR-E01", "HR 9.1, HR-E02"
WAGES, FINAL = "HR 9.1, HR-E15", "HR-R04, HR-R07, GPN-R15"
TOLD = _("GPN 3.1: sees that the department is told what rules want told (inferred)")
WHO = _("GPN-R18: the slip names an employee of the department")

EMPLOYEE = Position(
    n.EMPLOYEE,
    _("Staff member"),
    (
        grant(n.TARIFF, "see", clause=ITEMS),
        grant(n.OFFENCE, "see", clause=ITEMS),
        grant(n.SLIP, "see", "sign", clause=SLIPS),
        grant(STAFF, "see", clause=WHO),
        grant(n.APPEAL, "see", "add", clause=APPEALS),
    ),
)
WITNESS = Position(
    n.BYSTANDER,
    _("Witness of slips"),
    (
        grant(n.TARIFF, "see", clause=ITEMS),
        grant(n.OFFENCE, "see", clause=ITEMS),
        grant(n.SLIP, "see", clause=SLIPS),
        grant(STAFF, "see", clause=WHO),
        grant(n.WITNESS, "see", "add", clause="HR-R03"),
    ),
)
INSPECTOR = Position(
    n.INSPECTOR,
    _("Supervision officer"),
    (
        grant(n.TARIFF, "see", clause=ITEMS),
        grant(n.OFFENCE, "see", clause=ITEMS),
        grant(n.SLIP, "see", "add", clause="GPN 3.1, GPN-E02, HR-E01; GPN-R03"),
        grant(n.SLIP, "edit", "see-all", clause="GPN 3.1, GPN-E02"),
        grant(STAFF, "see", clause=WHO),
    ),
)
HEAD = Position(
    n.HEAD,
    _("Head of the department"),
    (
        grant(n.TARIFF, *LOOK, "add", "edit", "publish", clause="GPN 3.1, GPN-E01; GPN-R19, GPN-R20"),
        grant(n.OFFENCE, *LOOK, "add", "edit", clause="GPN 3.1, GPN-E01; GPN-R19"),
        grant(n.SLIP, *LOOK, "add", "edit", "print", "issue", "sign", "see-all", clause=SLIPS),
        grant(STAFF, *LOOK, "add", "edit", clause=WHO),
        grant(n.WITNESS, *LOOK, clause=SLIPS),
        grant(n.APPEAL, *LOOK, "edit", clause="HR-R09"),
        grant(n.MEASURE, *LOOK, "add", clause="HR-R01, HR-R04, HR-R07"),
        grant("core.target", "see", clause="GPN-K01, GPN-K02"),
        grant("core.outgoing", "see", "send", clause=TOLD),
    ),
)
APPROVER = Position(
    n.APPROVER,
    _("Approver of the company"),
    (
        grant(n.TARIFF, "see", clause="GPN 3.1, GPN-E01; GPN-R20"),
        grant(n.OFFENCE, "see", clause=ITEMS),
        grant(n.SLIP, "see", "see-all", clause=SLIPS),
        grant(STAFF, "see", clause=WHO),
        grant(n.WITNESS, "see", clause=SLIPS),
        grant(n.APPEAL, "see", clause=APPEALS),
        grant(n.MEASURE, *LOOK, clause=FINAL),
        grant("core.target", "see", clause="GPN-K01, GPN-K02"),
    ),
)
PERSONNEL = Position(
    n.PERSONNEL,
    _("Personnel office"),
    (
        grant(n.OFFENCE, "see", clause=SLIPS),
        grant(n.SLIP, *LOOK, "print", "see-all", clause=SLIPS),
        grant(STAFF, *LOOK, "add", "edit", "import", clause=WHO),
        grant(n.APPEAL, "see", clause=APPEALS),
        grant(n.MEASURE, "see", clause="HR-R04"),
        grant(n.DEDUCTION, *LOOK, "add", "book", clause=WAGES),
    ),
)
POSITIONS = (EMPLOYEE, WITNESS, INSPECTOR, HEAD, APPROVER, PERSONNEL)
