"""What is judged before a penalty is saved, and what follows from one that is decided."""

from __future__ import annotations

from flask_babel import gettext
from sqlalchemy.orm import Session

from core import breaches
from core.data import UserError
from core.data.marks import N_
from core.people.access import current_user_id
from core.work.groups import today
from plugins.decoration.checks.numbers import numbered
from plugins.decoration.checks.numbers import session as here
from plugins.decoration.models.complaints import Complaint, Penalty
from plugins.decoration.models.construction import Site
from plugins.decoration.rules import names_complaints as c

PREFIX = "CF"
WHO = N_("Name the person or the crew that the penalty is for, and not both.")
NO_COMPLAINT = N_("Name the complaint that the penalty follows from.")
NO_SITE = N_("Name the site whose quality is below standard.")
NOTHING = N_("Say what the penalty is: a measure, an amount, or both.")
NO_AMOUNT = N_("The amount of a penalty is more than nothing.")
FUTURE = N_("Nobody is penalised for what has not happened yet.")
ON_ITS_WAY = N_("This penalty is decided, so it stays as it is.")


def check_penalty(penalty: Penalty) -> None:
    """A penalty is for somebody, has a ground and says what it is; what belongs to another ground is left out."""
    if (penalty.subject_id is None) == (penalty.crew_id is None):
        raise UserError(WHO, field="subject_id")
    if penalty.ground == c.OF_SITE:
        penalty.complaint_id = None
        if penalty.site_id is None:
            raise UserError(NO_SITE, field="site_id")
    elif penalty.complaint_id is None:
        raise UserError(NO_COMPLAINT, field="complaint_id")
    if penalty.amount is not None and penalty.amount <= 0:
        raise UserError(NO_AMOUNT, field="amount")
    if penalty.amount is None and not penalty.measure:
        raise UserError(NOTHING, field="measure")
    if penalty.occurred_on > today():
        raise UserError(FUTURE, field="occurred_on")
    if not penalty.id:
        penalty.proposed_by, penalty.proposed_on = current_user_id(), today()
    numbered(penalty, PREFIX)


def guard_penalty(penalty: Penalty) -> None:
    """What is decided, for the time being or for good, is changed by no form."""
    if penalty.state != c.PROPOSED:
        raise UserError(ON_ITS_WAY, status=409)


def after_penalty(session: Session, penalty: Penalty, what: str) -> None:
    """A decided penalty of a person opens a slip with the department for conduct, where there is one; its address is
    kept. Crews have no accounts."""
    if what != c.DECIDED or penalty.subject_id is None or penalty.slip is not None:
        return
    breach = breaches.Breach(
        user_id=penalty.subject_id,
        occurred_on=penalty.occurred_on,
        facts=penalty.facts,
        evidence=_evidence(penalty),
        source=f"{c.PENALTY}:{penalty.id}",
        place=_place(penalty),
    )
    opened = breaches.tell(session, breach)
    if opened:
        penalty.slip = opened[0]
        session.flush()


def _evidence(penalty: Penalty) -> str:
    """Which sheet it rests on, in the language of whoever decided it."""
    complaint = here().get(Complaint, penalty.complaint_id) if penalty.complaint_id else None
    if complaint is not None:
        return gettext("Complaint acceptance sheet %(number)s", number=complaint.number)
    return gettext("Penalty proposal %(number)s", number=penalty.number)


def _place(penalty: Penalty) -> str:
    site = here().get(Site, penalty.site_id) if penalty.site_id else None
    return site.number if site is not None else ""
