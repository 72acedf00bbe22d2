"""What the last twelve months would have come to under a drafted rule, by its kind. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.handbook.amounts import figured
from core.handbook.conditions import as_sql
from core.handbook.facts import FactsOf
from core.handbook.findings import silently
from core.handbook.judging import day_of
from core.handbook.kinds import Access, Amount, Approval, Cadence, Check, Deadline, Notice, Rule
from core.handbook.own.models import OwnRule
from core.handbook.own.rules import earlier_rule, rule_of
from core.handbook.preview import (
    MOST,
    Otherwise,
    Previewed,
    first_day,
    preview_check,
    preview_event,
    reading,
    records_of,
    since_day,
    unheard,
)
from core.handbook.settings import Shelf
from core.installation import installation
from core.people.access import Person

PREVIEWERS: dict[str, Callable[[Session, Person, OwnRule], Previewed]] = {}
"""By kind of rule; packages above add theirs (items of rounds, counts) when they are imported."""


def previewed(
    session: Session,
    person: Person,
    made: OwnRule,
    earlier: OwnRule | None = None,
    most: int = MOST,
    told: Callable[[int], None] = unheard,
) -> Previewed | None:
    """What a draft would have done beside its `earlier` version; None for a kind that nobody can judge again.

    Over the branches that the person reads. Of checks and amounts at most the latest `most` records are judged, one
    by one; `told` hears how many. All else is counted by the database.
    """
    rule = rule_of(made)
    before = earlier_rule(rule, earlier)
    if isinstance(rule, Check):
        return preview_check(session, person, rule, before if isinstance(before, Check) else None, most, told)
    if isinstance(rule, Amount):
        return _of_amount(session, person, (rule, before), most, told)
    if isinstance(rule, Deadline | Notice | Approval | Cadence):
        return preview_event(session, person, rule)
    if isinstance(rule, Access):
        return _of_access(session, person, made, rule)
    return PREVIEWERS[rule.kind](session, person, made) if rule.kind in PREVIEWERS else None


def _of_amount(
    session: Session,
    person: Person,
    rules: tuple[Amount, Rule | None],
    most: int,
    told: Callable[[int], None],
) -> Previewed:
    """The amounts that would have come of the last months' records, those of the earlier version beside them."""
    rule, before = rules[0], rules[1] if isinstance(rules[1], Amount) else None
    found, entities = Previewed(rule, first_day(person), most, told), installation().entities
    entity, shelf = entities[rule.entity], Shelf(session, (rule,))
    versions = [each for each in (rule, before) if each is not None]
    about = or_(*(as_sql(entity, each.where, entities) for each in versions))
    with reading(person), silently(), session.no_autoflush:
        for record in records_of(session, entity, found, about):
            facts = FactsOf(session, entity, record, entities)
            day = day_of(session, entity, record, record.branch_id)
            came = [figured(each, facts, shelf.settings(each, record.branch_id, day)) for each in versions]
            after, was = came[0], came[1] if before is not None else None
            if after != was:
                found.add(Otherwise(record.branch_id, entity.id, record.id, day, was, after))
    return found


def _of_access(session: Session, person: Person, made: OwnRule, rule: Access) -> Previewed:
    """Of how many of the last months' records something would have been kept back: those where the field is filled."""
    found, entity = Previewed(rule, first_day(person)), installation().entities[made.entity]
    column, model = entity.column(made.detail["of"]), entity.model
    after = gettext("Hidden") if made.detail["level"] == "hidden" else gettext("Masked")
    every = since_day(select(model.branch_id, func.count()), entity, found.since).group_by(model.branch_id)
    latest = since_day(select(model), entity, found.since).order_by(model.id.desc())
    filled = () if column is None else (getattr(model, made.detail["of"]).is_not(None),)
    with reading(person), session.no_autoflush:
        found.judged = sum(count for _branch, count in session.execute(every))
        for branch_id, count in session.execute(every.where(*filled)):
            found.add_many(branch_id, count)
        for record in session.scalars(latest.where(*filled).limit(found.room)):
            day = day_of(session, entity, record, record.branch_id)
            found.show(Otherwise(record.branch_id, entity.id, record.id, day, gettext("Shown"), after))
    return found
