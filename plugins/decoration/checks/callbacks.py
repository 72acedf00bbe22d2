"""What is judged, and filled in, before a call-back or a part of the questionnaire is saved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from core.data import UserError
from core.data.marks import N_
from core.people.access import current_user_id
from plugins.decoration.checks.belonging import demand_own_house
from plugins.decoration.checks.complaints import check_rating
from plugins.decoration.checks.construction import OTHER_COMMISSION
from plugins.decoration.checks.numbers import numbered, session
from plugins.decoration.models.callbacks import CallBack, Question, Questionnaire
from plugins.decoration.models.complaints import Complaint, Repair
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_stages import Acceptance
from plugins.decoration.models.design import Commission
from plugins.decoration.rules import names_callbacks as c

PREFIX = "HF"
OTHER_SITE = N_("This site belongs to another customer. Choose one of this customer's.")
NO_SITE = N_("A call about the works is about a site. Choose it.")
NO_COMMISSION = N_("A call about the persons involved is about a design commission. Choose it.")
OTHER_SUBJECT = N_("This belongs to another customer. Choose one of this customer's.")
NO_SUBJECT = N_("Such a call is about a complaint, a repair or an acceptance. Choose it.")
EARLIER = N_("What follows lies after the call itself.")
KEPT = N_("This call-back is over and stays as it was.")
IN_USE = N_("Callers have asked by this version, so it stays as it is. Write a new version.")
NO_QUESTIONS = N_("A questionnaire without a question cannot be put in force.")


def check_call_back(record: CallBack) -> None:
    """A new call-back gets its number and who promised it, and what its site or commission says already."""
    with session().no_autoflush:
        _belongs(record)
        _complete(record)
    demand_own_house(record)
    if record.kind in (c.CONSTRUCTION, c.WARRANTY, c.LIFETIME) and record.site_id is None:
        raise UserError(NO_SITE, field="site_id")
    if record.kind == c.SATISFACTION and record.commission_id is None:
        raise UserError(NO_COMMISSION, field="commission_id")
    subject = c.FIELDS.get(c.ENDED_BY.get(record.kind, ""), "")
    if subject and getattr(record, subject) is None:
        raise UserError(NO_SUBJECT, field=subject)
    check_rating(record)
    if record.next_on is not None and record.done_on is not None and record.next_on <= record.done_on:
        raise UserError(EARLIER, field="next_on")
    if not record.id and record.kind == c.AD_HOC and record.person_id is None:
        record.person_id = current_user_id()
    numbered(record, PREFIX)


def _complete(record: CallBack) -> None:
    """A site leads to its commission and house; a commission to its house, and to its site where there is one. What a
    complaint or an acceptance is about leads to the site."""
    for model, key in ((Complaint, record.complaint_id), (Acceptance, record.acceptance_id)):
        about: Any = session().get(model, key) if key is not None else None
        if about is not None and record.site_id is None:
            record.site_id = about.site_id
    if record.site_id is not None:
        site = session().get(Site, record.site_id)
        if site is not None:
            record.commission_id = record.commission_id or site.commission_id
            record.house_id = record.house_id or site.house_id
    elif record.commission_id is not None:
        ids = (
            session()
            .scalars(select(Site.id).where(Site.commission_id == record.commission_id).limit(2))
            .all()
        )
        record.site_id = ids[0] if len(ids) == 1 else None
        commission = session().get(Commission, record.commission_id)
        if commission is not None:
            record.house_id = record.house_id or commission.house_id


def _belongs(record: CallBack) -> None:
    ways: tuple[tuple[str, type[Any], str], ...] = (
        ("site_id", Site, OTHER_SITE),
        ("commission_id", Commission, OTHER_COMMISSION),
        ("complaint_id", Complaint, OTHER_SUBJECT),
        ("repair_id", Repair, OTHER_SUBJECT),
        ("acceptance_id", Acceptance, OTHER_SUBJECT),
    )
    for name, model, text in ways:
        key = getattr(record, name)
        found = session().get(model, key) if key is not None else None
        if key is not None and (found is None or found.customer_id != record.customer_id):
            raise UserError(text, field=name)


def guard_call_back(record: CallBack) -> None:
    """What is over is not changed."""
    if record.state != c.PLANNED:
        raise UserError(KEPT, status=409)


def check_questionnaire(record: Questionnaire) -> None:
    """A new version counts on; none is put in force without questions."""
    if not record.version:
        with session().no_autoflush:
            record.version = (session().scalar(select(func.max(Questionnaire.version))) or 0) + 1
    if record.in_force_on is not None and record.state == c.DRAFT:
        with session().no_autoflush:
            some = session().scalar(
                select(Question.id).where(Question.questionnaire_id == record.id).limit(1)
            )
        if some is None:
            raise UserError(NO_QUESTIONS, status=409)


def guard_questionnaire(record: Questionnaire) -> None:
    if record.state != c.DRAFT:
        raise UserError(IN_USE, status=409)


def check_question(record: Question) -> None:
    """A new question belongs to a draft, and comes last where no place is said."""
    with session().no_autoflush:
        of = session().get(Questionnaire, record.questionnaire_id)
        if of is None or of.state != c.DRAFT:
            raise UserError(IN_USE, field="questionnaire_id")
        if not record.place:
            same = Question.questionnaire_id == record.questionnaire_id
            record.place = (session().scalar(select(func.max(Question.place)).where(same)) or 0) + 1


def guard_question(record: Question) -> None:
    of = session().get(Questionnaire, record.questionnaire_id)
    if of is not None:
        guard_questionnaire(of)
