"""The office of the example firm: claims, personnel proposals, documents with minutes, suggestions, appraisals."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select

from core.branches import setwise
from plugins.decoration.checks.appraisals import PREFIX, after_appraisal
from plugins.decoration.demo import words_office as words
from plugins.decoration.demo.firm import DAYS, Firm
from plugins.decoration.models.construction import Crew
from plugins.decoration.models.office import Appraisal, Document, Expense, PersonnelProposal, Suggestion
from plugins.decoration.rules import names_office as o

CLAIM_EVERY, MEETINGS, QUARTER, QUARTERS = 12, 26, 91, 4
"""Days between claims, weeks with minutes, days of an appraisal, and how many of these there are."""
CREWS_APPRAISED = 3
UNDER_WAY, RETURNED_AT = ((3, o.OPEN), (8, o.SIGNED)), 5
"""How younger claims stand, by the age in days below which they do; and the age of the one that was returned."""


def fill(firm: Firm) -> None:
    # Figures of its own, so that what other areas draw stays the same.
    random = Random(f"office {firm.branch.code}")  # noqa: S311 - example data, not secrets
    setwise.insert_rows(firm.session, Expense, _claims(firm, random))
    setwise.insert_rows(firm.session, PersonnelProposal, _proposals(firm))
    setwise.insert_rows(firm.session, Document, _documents(firm))
    setwise.insert_rows(firm.session, Suggestion, _suggestions(firm))
    _appraise(firm, random)


def _claims(firm: Firm, random: Random) -> list[dict[str, Any]]:
    first = firm.today - timedelta(days=DAYS)
    days = [first + timedelta(days=each) for each in range(0, DAYS, CLAIM_EVERY)]
    days += [firm.today - timedelta(days=each) for each in (7, 5, 2, 1)]
    claimants = [firm.staff[each] for each in ("specialist", "assistant", "vip-keeper")]
    return [
        _claim(firm, random, day, claimants[place % len(claimants)], place)
        for place, day in enumerate(sorted(days))
    ]


def _claim(firm: Firm, random: Random, day: date, claimant: int | None, place: int) -> dict[str, Any]:
    age = (firm.today - day).days
    state = next((state for below, state in UNDER_WAY if age < below), o.PAID)
    state = o.RETURNED if age == RETURNED_AT else state
    decided, paid = state != o.OPEN, state == o.PAID
    return {
        "claimant_id": claimant,
        "claimed_on": day,
        "purpose": words.PURPOSES[place % len(words.PURPOSES)],
        "amount": Decimal(random.randint(1800, 42000)) / 100,
        "state": state,
        "decided_on": min(day + timedelta(days=2), firm.today) if decided else None,
        "decided_by": firm.staff["manager"] if decided else None,
        "paid_on": min(day + timedelta(days=6), firm.today) if paid else None,
        "paid_by": firm.staff["finance"] if paid else None,
    }


def _proposals(firm: Firm) -> list[dict[str, Any]]:
    rows = []
    for each in words.PROPOSALS:
        day = firm.today - timedelta(days=each.days_ago)
        decided = each.state != o.PROPOSED
        rows.append(
            {
                "employee": each.employee,
                "kind": each.kind,
                "present_post": each.present,
                "post": each.post,
                "education": each.education,
                "reason": each.reason,
                "proposed_on": day,
                "proposed_by": firm.staff["manager"],
                "state": each.state,
                "decided_on": day + timedelta(days=5) if decided else None,
                "decided_by": firm.staff["general-manager"] if decided else None,
            }
        )
    return rows


def _documents(firm: Firm) -> list[dict[str, Any]]:
    """Minutes of each Monday's meeting, of which the last are not issued yet; documents and forms."""
    monday = firm.today - timedelta(days=firm.today.weekday())
    meetings = [monday - timedelta(weeks=each) for each in reversed(range(MEETINGS))]
    rows = [
        _document(firm, o.MINUTES, f"{day:%Y-%m-%d} {words.MEETING}", day, issued=place < MEETINGS - 1)
        for place, day in enumerate(meetings)
    ]
    papers = [(o.PAPER, each) for each in words.PAPERS] + [(o.FORM, each) for each in words.FORMS]
    day = firm.today - timedelta(days=DAYS)
    return [*rows, *(_document(firm, kind, title, day, issued=True) for kind, title in papers)]


def _document(firm: Firm, kind: str, title: str, day: date, *, issued: bool) -> dict[str, Any]:
    minutes = kind == o.MINUTES
    return {
        "kind": kind,
        "title": title,
        "day": day,
        "author_id": firm.staff["assistant"],
        "attended": words.ATTENDED if minutes else None,
        "text": words.SAID[day.toordinal() // 7 % len(words.SAID)] if minutes else None,
        "issued_to": words.ISSUED_TO if issued else None,
        "issued_on": min(day + timedelta(days=1), firm.today) if issued else None,
        "state": o.ISSUED if issued else o.DRAFT,
    }


def _suggestions(firm: Firm) -> list[dict[str, Any]]:
    rows = []
    for place, (days_ago, title, says, answer) in enumerate(words.SUGGESTIONS):
        day = firm.today - timedelta(days=days_ago)
        rows.append(
            {
                "title": title,
                "says": says,
                "made_on": day,
                "made_by": firm.staff["assistant" if place % 2 else "specialist"],
                "state": o.ANSWERED if answer else o.MADE,
                "answer": answer,
                "answered_on": day + timedelta(days=3) if answer else None,
                "answered_by": firm.staff["manager"] if answer else None,
            }
        )
    return rows


def _appraise(firm: Firm, random: Random) -> None:
    """Each quarter of the last year the designer, the inspector and some crews; the last waits for the manager."""
    crews = setwise.table_of(Crew)
    some = select(crews.c.id).order_by(crews.c.id).limit(CREWS_APPRAISED)
    whose: list[dict[str, Any]] = [
        {"role": o.OF_DESIGNER, "person_id": firm.staff["designer"], "crew_id": None},
        {"role": o.OF_INSPECTOR, "person_id": firm.staff["inspector"], "crew_id": None},
        *(
            {"role": o.OF_CREW, "person_id": None, "crew_id": row.id}
            for row in setwise.fetch(firm.session, some)
        ),
    ]
    rows = [
        {**each, **_judged(firm, random, quarter)} for quarter in reversed(range(QUARTERS)) for each in whose
    ]
    firm.insert(Appraisal, rows, PREFIX)
    for appraisal in firm.session.scalars(select(Appraisal).order_by(Appraisal.id)):
        after_appraisal(firm.session, appraisal, o.DRAFTED)


def _judged(firm: Firm, random: Random, quarters_ago: int) -> dict[str, Any]:
    last = firm.today - timedelta(days=1 + quarters_ago * QUARTER)
    state = (o.DRAFTED, o.APPRAISED)[quarters_ago] if quarters_ago < 2 else o.FED_BACK
    rating, judged, told = random.randint(3, 5), state != o.DRAFTED, state == o.FED_BACK
    result = o.GOOD if rating > 3 else random.choice((o.FAIR, o.FAIR, o.POOR))
    day = last + timedelta(days=6)
    return {
        "first_day": last - timedelta(days=QUARTER - 1),
        "last_day": last,
        "ratings": 0,
        "customer_rating": None,
        "manager_rating": rating if judged else None,
        "result": result if judged else None,
        "feedback": words.FEEDBACK[result] if told else None,
        "state": state,
        "appraised_on": day if judged else None,
        "appraised_by": firm.staff["manager"] if judged else None,
        "fed_back_on": day + timedelta(days=2) if told else None,
    }
