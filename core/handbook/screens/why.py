"""Finds what is asked about by the kind and key of an address, within the reader's rights."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized

from core.data import clock
from core.entities.registry import demand
from core.entities.service import find
from core.handbook.explain import (
    EXPLAINERS,
    OPERATORS,
    Explainer,
    Explanation,
    department_of,
    explain_finding,
    explain_rule,
    known_rule,
    numbered,
)
from core.handbook.models import Finding
from core.handbook.rights import demand_finding, demand_handbook
from core.installation import installation
from core.people.access import current_person

LONGEST_KEY = 80


def explanation(kind: str, key: str) -> Explanation:
    """Why; Unauthorized without a person, NotFound for what is not there or not theirs to see."""
    if current_person() is None:
        raise Unauthorized
    explainer = EXPLAINERS.get(kind) or of_records(kind, by_operator=False)
    if explainer is None or len(key) > LONGEST_KEY:
        raise NotFound
    return explainer(installation().database.session(), key)


def of_records(kind: str, *, by_operator: bool) -> Explainer | None:
    """What explains records of an entity, where its plugin says how; None for others."""
    entity = installation().entities.get(kind)
    why = entity.why if entity is not None else None
    if entity is None or why is None:
        return None

    def explained(session: Session, key: str) -> Explanation:
        if by_operator:
            record = session.get(entity.model, numbered(key))
        else:
            demand(entity, "see")
            record = find(session, entity, numbered(key))
        if record is None:
            raise NotFound
        found: Explanation = why(session, record)
        return found

    return explained


def _finding(session: Session, key: str) -> Explanation:
    found = session.scalar(select(Finding).where(Finding.key == key))
    return explain_finding(demand_finding(session, found))


def _rule(session: Session, key: str) -> Explanation:
    rule, person = known_rule(key), current_person()
    if rule is None or person is None or person.branch is None:
        raise NotFound
    demand_handbook(department_of(rule))
    return explain_rule(session, rule, person.branch.id, clock.today(person.branch.time_zone))


def _told(session: Session, key: str) -> Explanation:
    """A finding by its number or its key, as the operator asks."""
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 10 else None
    found = session.scalar(select(Finding).where(or_(Finding.key == key, Finding.id == number)))
    if found is None:
        raise NotFound
    return explain_finding(found)


EXPLAINERS["finding"] = _finding
OPERATORS["finding"] = _told
EXPLAINERS["rule"] = _rule
