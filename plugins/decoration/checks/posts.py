"""Who holds the posts that proposals name."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.people.models import Appointment
from core.work.groups import today
from plugins.decoration.models.office import PersonnelProposal
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o

POSITIONS = {
    o.MANAGER_POST: n.MANAGER,
    o.ASSISTANT_POST: n.ASSISTANT,
    o.SPECIALIST_POST: n.SPECIALIST,
    o.GENERAL: n.GENERAL_MANAGER,
}
"""The posts that have accounts here."""


def holders(session: Session, proposal: PersonnelProposal) -> int:
    """How many people hold the post of a proposal in the branch today; 0 of a post without accounts."""
    position = POSITIONS.get(proposal.post)
    if position is None:
        return 0
    day = today()
    held = select(func.count(func.distinct(Appointment.user_id))).where(
        Appointment.branch_id == current_branch_id(),
        Appointment.position == position,
        Appointment.valid_from <= day,
        Appointment.valid_to.is_(None) | (Appointment.valid_to >= day),
    )
    return int(session.scalar(held) or 0)
