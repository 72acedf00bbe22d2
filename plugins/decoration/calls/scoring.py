"""What customers answer: the questions that are asked in a call, and the answers about the persons concerned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.data import UserError
from core.data.marks import N_
from plugins.decoration.calls.closing import satisfied_from
from plugins.decoration.models.callbacks import CallBack, CallScore, Question, Questionnaire
from plugins.decoration.models.construction import Site
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Commission
from plugins.decoration.rules import names_callbacks as c

NO_SCORE = N_("A score is a number from 1 to 5.")
NOT_ASKED = N_("This question is not asked any more. Open the call again.")


@dataclass(frozen=True)
class Concerned:
    """Whom a question is about: a person or a crew of the firm; nobody in particular where both are None."""

    person_id: int | None = None
    crew_id: int | None = None


@dataclass(frozen=True)
class Answer:
    """To a question: a score, words, or both."""

    score: int | None = None
    words: str = ""

    @property
    def is_given(self) -> bool:
        return self.score is not None or bool(self.words)


def questions(session: Session) -> Sequence[Question]:
    """Those of the version in force, in their order; none before a branch has one."""
    version = select(Questionnaire.id).where(Questionnaire.state == c.IN_FORCE).limit(1).scalar_subquery()
    asked = select(Question).where(Question.questionnaire_id == version)
    return session.scalars(asked.order_by(Question.place, Question.id)).all()


def concerned(
    session: Session, customer: Customer, commission_id: int | None, site_id: int | None
) -> dict[str, Concerned]:
    """The persons concerned as they are now; whom a question is about and who is not there is left out."""
    commission = session.get(Commission, commission_id) if commission_id is not None else None
    site = session.get(Site, site_id) if site_id is not None else None
    designer = (commission.designer_id if commission is not None else None) or customer.designer_id
    found = {c.OF_FIRM: Concerned(), c.OF_SERVICE: Concerned()}
    if designer is not None:
        found[c.OF_DESIGNER] = Concerned(designer)
    if customer.consultant_id is not None:
        found[c.OF_CONSULTANT] = Concerned(customer.consultant_id)
    if site is not None and site.inspector_id is not None:
        found[c.OF_INSPECTOR] = Concerned(site.inspector_id)
    if site is not None and site.crew_id is not None:
        found[c.OF_CREW] = Concerned(crew_id=site.crew_id)
    return found


def keep_answers(
    session: Session, record: CallBack, answers: Mapping[int, Answer], day: date
) -> Sequence[CallScore]:
    """Keep what was answered to questions by their ids, and what the call came to. UserError for no score."""
    asked = {each.id: each for each in questions(session)}
    customer = session.get_one(Customer, record.customer_id)
    people = concerned(session, customer, record.commission_id, record.site_id)
    kept = []
    for key, answer in answers.items():
        if not answer.is_given:
            continue
        question = asked.get(key)
        if question is None or question.about not in people:
            raise UserError(NOT_ASKED, status=409)
        if answer.score is not None and not c.LOWEST <= answer.score <= c.HIGHEST:
            raise UserError(NO_SCORE, field=f"score_{key}")
        who = people[question.about]
        kept.append(
            CallScore(
                branch_id=record.branch_id,
                call_back_id=record.id,
                customer_id=record.customer_id,
                question_id=key,
                about=question.about,
                person_id=who.person_id,
                crew_id=who.crew_id,
                given_on=day,
                score=answer.score,
                words=answer.words or None,
            )
        )
    session.add_all(kept)
    scores = [each.score for each in kept if each.score is not None]
    if scores:
        record.lowest = min(scores)
        record.satisfied = record.lowest >= satisfied_from(session, day)
    return kept
