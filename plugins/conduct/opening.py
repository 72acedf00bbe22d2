"""Slips that other departments open: drafts of what they found, for the head of the department to judge."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.breaches import Breach
from plugins.conduct import checks
from plugins.conduct.models import Employee, Offence, OffenceTariff, Slip
from plugins.conduct.rules.names import DRAFTED, PUBLISHED


def open_slip(session: Session, breach: Breach) -> str | None:
    """The address of the draft, made once for each source; None where the person is none of the staff."""
    slip = session.scalar(select(Slip).where(Slip.source == breach.source))
    if slip is None:
        employee = session.scalar(select(Employee).where(Employee.user_id == breach.user_id))
        if employee is None:
            return None
        slip = Slip(
            number=checks.numbered(session),
            employee_id=employee.id,
            subject_id=employee.user_id,
            occurred_on=breach.occurred_on,
            place=breach.place or None,
            offence_id=_item(session, breach),
            facts=breach.facts,
            evidence=breach.evidence,
            state=DRAFTED,
            source=breach.source,
        )
        session.add(slip)
        session.flush()
    return f"/conduct/slip/{slip.id}"


def _item(session: Session, breach: Breach) -> int | None:
    """The item of the rule in the tariff of that day."""
    return session.scalar(
        select(Offence.id)
        .join(OffenceTariff, OffenceTariff.id == Offence.tariff_id)
        .where(Offence.rule == breach.rule, OffenceTariff.state == PUBLISHED)
        .where(OffenceTariff.effective_on <= breach.occurred_on)
        .order_by(OffenceTariff.effective_on.desc(), Offence.id)
        .limit(1)
    )
