"""What is judged before an appraisal is saved, what customers' ratings come to, and who sees it (DEC-E18)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import has_request_context
from sqlalchemy import ColumnElement, and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from core.data import UserError
from core.data.marks import N_
from core.people.access import current_person, may
from plugins.decoration.checks.numbers import numbered
from plugins.decoration.models.callbacks import CallScore
from plugins.decoration.models.complaints import Complaint, Repair
from plugins.decoration.models.office import Appraisal
from plugins.decoration.rules import names_office as o

PREFIX = "KH"
LOWEST, HIGHEST = 1, 5
WHO = N_("Name the person or, of a crew, the crew whose service is appraised.")
BACKWARDS = N_("The last day of an appraisal comes after its first.")
NO_RATING = N_("The manager rates from 1 to 5.")
STANDS = N_("This was appraised already. It stays as it is.")
_PLACES = Decimal("0.0001")


def check_appraisal(appraisal: Appraisal) -> None:
    """It is about a crew, or about a person, and about some days."""
    of_crew = appraisal.role == o.OF_CREW
    wanted, other = ("crew_id", "person_id") if of_crew else ("person_id", "crew_id")
    if getattr(appraisal, wanted) is None or getattr(appraisal, other) is not None:
        raise UserError(WHO, field=wanted)
    if appraisal.last_day < appraisal.first_day:
        raise UserError(BACKWARDS, field="last_day")
    if appraisal.manager_rating is not None and not LOWEST <= appraisal.manager_rating <= HIGHEST:
        raise UserError(NO_RATING, field="manager_rating")
    numbered(appraisal, PREFIX)


def guard_appraisal(appraisal: Appraisal) -> None:
    """What was appraised is changed by no form."""
    if appraisal.state != o.DRAFTED:
        raise UserError(STANDS, status=409)


def after_appraisal(session: Session, appraisal: Appraisal, what: str) -> None:
    """Until it is appraised it takes the ratings that customers gave in its days, with it (DEC-R41)."""
    if what == o.FED_BACK:
        return
    count, total = ratings_of(session, appraisal)
    appraisal.ratings = count
    appraisal.customer_rating = (Decimal(total) / count).quantize(_PLACES) if count else None
    session.flush()


def ratings_of(session: Session, appraisal: Appraisal) -> tuple[int, int]:
    """How many ratings customers gave of whom an appraisal is about, and their sum: in call-backs, and when complaints
    and repairs were called back. One statement."""
    crew, person = appraisal.crew_id, appraisal.person_id
    days = appraisal.first_day, appraisal.last_day
    scored, complained, repaired = (
        (CallScore.crew_id == crew, Complaint.crew_id == crew, Repair.crew_id == crew)
        if crew is not None
        else (
            CallScore.person_id == person,
            Complaint.responsible_id == person,
            Repair.handler_id == person,
        )
    )
    here = appraisal.branch_id
    given = union_all(
        select(CallScore.score.label("rating")).where(
            CallScore.branch_id == here, scored, CallScore.given_on.between(*days)
        ),
        select(Complaint.rating).where(
            Complaint.branch_id == here, complained, Complaint.called_back_on.between(*days)
        ),
        select(Repair.rating).where(Repair.branch_id == here, repaired, Repair.called_back_on.between(*days)),
    ).subquery()
    count, total = session.execute(select(func.count(given.c.rating), func.sum(given.c.rating))).one()
    return int(count), int(total or 0)


def own_appraisals() -> Sequence[ColumnElement[bool]]:
    """What was fed back of oneself; of crews for those who see these; all for those who may see all of it."""
    person = current_person() if has_request_context() else None
    if person is None or may(o.APPRAISAL, o.SEE_ALL):
        return ()
    whose = [Appraisal.person_id == person.user_id]
    if may(o.APPRAISAL, o.SEE_CREWS):
        whose.append(Appraisal.crew_id.is_not(None))
    return (and_(Appraisal.state == o.FED_BACK, or_(*whose)),)
