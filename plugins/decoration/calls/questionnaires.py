"""The next version of the branch's questionnaire."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from plugins.decoration.checks.callbacks import check_questionnaire
from plugins.decoration.models.callbacks import Question, Questionnaire


def next_version(session: Session, earlier: Questionnaire) -> Questionnaire:
    """A draft with the questions of an earlier version; the caller commits."""
    made = Questionnaire(branch_id=earlier.branch_id, name=earlier.name)
    check_questionnaire(made)
    session.add(made)
    session.flush()
    of_earlier = select(Question).where(Question.questionnaire_id == earlier.id).order_by(Question.place)
    session.add_all(
        Question(
            branch_id=made.branch_id,
            questionnaire_id=made.id,
            place=each.place,
            about=each.about,
            text=each.text,
            scored=each.scored,
        )
        for each in session.scalars(of_earlier).all()
    )
    session.flush()
    return made
