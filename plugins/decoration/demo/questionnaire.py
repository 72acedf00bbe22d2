"""The questionnaire of the example firm, and what its customers answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from core.branches import setwise
from plugins.decoration.demo.firm import Firm
from plugins.decoration.demo.words_callbacks import NAME, PRAISE, QUESTIONS
from plugins.decoration.models.callbacks import CallScore, Question, Questionnaire
from plugins.decoration.models.construction import Site
from plugins.decoration.rules import names_callbacks as c

ASKED_EVERY = 4
"""Of the calls on satisfaction one in so many goes through the questionnaire."""
CONTENT = 4
Answers = dict[int, list[dict[str, Any]]]
"""By the place of a call-back among the rows, what was answered."""


@dataclass(frozen=True)
class Asked:
    """The questions by their ids: whom each is about, and whether a score answers it; and the crews of the sites."""

    questions: dict[int, tuple[str, bool]]
    crews: dict[int, int | None]

    def keep(self, firm: Firm, rows: list[dict[str, Any]], ids: dict[str, int], answers: Answers) -> None:
        kept = [
            {"call_back_id": ids[rows[place]["number"]], **answer}
            for place, some in answers.items()
            for answer in some
        ]
        if kept:
            setwise.insert_rows(firm.session, CallScore, kept)


def write(firm: Firm) -> Asked:
    """The version in force since the first day."""
    first = firm.stories[0].filed_on if firm.stories else firm.today
    version = Questionnaire(version=1, name=NAME, state=c.IN_FORCE, in_force_on=first)
    firm.session.add(version)
    firm.session.flush()
    made = [
        Question(questionnaire_id=version.id, place=place, about=about, text=text, scored=scored)
        for place, (about, text, scored) in enumerate(QUESTIONS, start=1)
    ]
    firm.session.add_all(made)
    firm.session.flush()
    sites = setwise.table_of(Site)
    crews = dict(setwise.fetch(firm.session, select(sites.c.id, sites.c.crew_id)))
    return Asked({each.id: (each.about, each.scored) for each in made}, crews)


def scores(firm: Firm, rows: list[dict[str, Any]], asked: Asked) -> Answers:
    """What customers answered in some of the calls; the rows of these get what it came to."""
    found: Answers = {}
    for place, row in enumerate(rows):
        if row["kind"] != c.SATISFACTION or row["state"] != c.DONE or place % ASKED_EVERY:
            continue
        some = [_answer(firm, row, key, *of, asked) for key, of in asked.questions.items()]
        found[place] = [each for each in some if each is not None]
        row["lowest"] = min(each["score"] for each in found[place] if each["score"] is not None)
        row["satisfied"] = row["lowest"] >= CONTENT
    return found


def _answer(
    firm: Firm, row: dict[str, Any], key: int, about: str, scored: bool, asked: Asked
) -> dict[str, Any] | None:
    person = {c.OF_DESIGNER: "designer", c.OF_CONSULTANT: "sales", c.OF_INSPECTOR: "inspector"}.get(about)
    crew = asked.crews.get(row["site_id"]) if about == c.OF_CREW else None
    if about in (c.OF_INSPECTOR, c.OF_CREW) and row["site_id"] is None:
        return None
    if not scored and firm.random.random() < 0.6:
        return None
    return {
        "customer_id": row["customer_id"],
        "question_id": key,
        "about": about,
        "person_id": firm.staff[person] if person is not None else None,
        "crew_id": crew,
        "given_on": row["done_on"],
        "score": firm.random.choices((5, 4, 3, 2), (60, 33, 5, 2))[0] if scored else None,
        "words": None if scored else firm.random.choice(PRAISE),
    }
