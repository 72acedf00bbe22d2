"""The penalty slip on paper (处罚单; GPN-P01): facts, opinion, and lines to sign for employee and witnesses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import Branch
from core.documents import capital_amount, render_pdf
from core.history import note
from core.history.models import PRINT
from core.ui import format as shown
from core.workflow.texts import told
from plugins.conduct.models import Employee, Offence, Slip, SlipWitness
from plugins.conduct.workflows import SLIPS

TEMPLATE = Path(__file__).parent / "documents" / "slip.typ"


def printed(session: Session, slip: Slip) -> Response:
    """The slip as a PDF; that it was printed is kept in its history. Commits."""
    pdf = render_pdf(TEMPLATE, slip_data(session, slip))
    note(session, PRINT, Slip.__tablename__, slip.id)
    session.commit()
    headers = {"Content-Disposition": f'inline; filename="slip-{slip.number}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def slip_data(session: Session, slip: Slip) -> dict[str, Any]:
    """The data of `documents/slip.typ`, in the language of the request."""
    employee = session.get_one(Employee, slip.employee_id)
    branch = session.get_one(Branch, slip.branch_id)
    return {
        "title": gettext("Penalty slip"),
        "company": str(branch),
        "number": f"{gettext('Slip number')} {slip.number}",
        "note": gettext("Whoever finds it unreasonable signs, and appeals in writing."),
        "facts": _facts(session, slip, employee),
        "parts": _parts(session, slip),
        "signatures": _signatures(session, slip),
        "labels": [
            gettext("Employee"),
            gettext("Witness"),
            gettext("Witness"),
            gettext("Head of the department"),
        ],
    }


def _facts(session: Session, slip: Slip, employee: Employee) -> list[list[str]]:
    issuer = session.get(User, slip.issued_by) if slip.issued_by else None
    return [
        [gettext("Employee"), employee.name],
        [gettext("Staff number"), employee.number],
        [gettext("Department"), employee.department],
        [gettext("State"), told(SLIPS.state(slip.state).label)],
        [gettext("Day of the breach"), shown.date(slip.occurred_on)],
        [gettext("Place"), slip.place or shown.DASH],
        [gettext("Issued on"), shown.date(slip.issued_on)],
        [gettext("Issued by"), _name(issuer)],
        [gettext("Fine"), shown.money(slip.fine) if slip.fine is not None else shown.DASH],
        [gettext("In capitals"), capital_amount(slip.fine) if slip.fine else shown.DASH],
        [gettext("In effect from"), shown.date(slip.effective_on)],
        [gettext("Appeal until"), shown.date(slip.appeal_until)],
    ]


def _parts(session: Session, slip: Slip) -> list[list[str]]:
    offence = session.get(Offence, slip.offence_id) if slip.offence_id else None
    item = f"{offence.number} {offence.says} ({offence.rule})" if offence is not None else ""
    return [
        [gettext("Facts of the breach"), slip.facts],
        [gettext("Evidence"), slip.evidence or ""],
        [gettext("Item of the tariff"), item],
        [gettext("Penalty opinion"), slip.opinion],
    ]


def _signatures(session: Session, slip: Slip) -> list[str]:
    """Who has signed already, a sentence each."""
    rows = session.execute(
        select(User, SlipWitness.signed_on)
        .join(User, User.id == SlipWitness.user_id)
        .where(SlipWitness.slip_id == slip.id)
        .order_by(SlipWitness.id)
    )
    told = []
    if slip.signed_on is not None:
        told.append(gettext("Signed by the employee on %(day)s.", day=shown.date(slip.signed_on)))
    if slip.refused_on is not None:
        told.append(gettext("The employee refused to sign on %(day)s.", day=shown.date(slip.refused_on)))
    told += [
        gettext("Witnessed by %(name)s on %(day)s.", name=_name(user), day=shown.date(day))
        for user, day in rows
    ]
    return told


def _name(user: User | None) -> str:
    return f"{user.last_name}{user.first_name}" if user is not None else shown.DASH
