"""Refusals by rules that are no checks: a fine beyond its range, an appeal out of time, a move too early. They are kept
and explained as those of checks are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NoReturn

from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.handbook import stored
from core.handbook.amounts import figured
from core.handbook.basis import grounds_of
from core.handbook.facts import FactsOf
from core.handbook.findings import Found, keep_afterwards
from core.handbook.judging import RuleRefusedError, Said, kept_refusal
from core.handbook.kinds import Amount, Facts, Obliging, Refusal, Rule, Settings
from core.handbook.models import REFUSED
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.installation import installation
from core.people.access import current_user_id


def refusal_of(rule: Rule, facts: Facts, settings: Settings) -> Refusal | None:
    """What an amount or a deadline refuses; None where all is well, or it refuses nothing at all."""
    if isinstance(rule, Amount) and rule.refuses is not None:
        return rule.refuses(facts, settings, figured(rule, facts, settings))
    if isinstance(rule, Obliging) and rule.refuses is not None:
        return rule.refuses(facts, settings)
    return None


def demand(
    session: Session,
    rule_id: str,
    entity_id: str,
    record: Any,
    day: date,
    more: Mapping[str, Any] | None = None,
    field: str = "",
) -> None:
    """Raise RuleRefusedError where the rule refuses the record by the settings of a day.

    `more` are facts that go before the record's own; `field` names the form's field where it is not the refusal's.
    """
    rule, entities = book().rules[rule_id], installation().entities
    facts = FactsOf(session, entities[entity_id], record, entities, more)
    settings = settings_on(session, rule, current_branch_id(), day)
    refusal = refusal_of(rule, facts, settings)
    if refusal is not None:
        refuse(session, rule, settings, facts, refusal, day, field)


def refuse(
    session: Session,
    rule: Rule,
    settings: Settings,
    facts: FactsOf,
    refusal: Refusal,
    day: date,
    field: str = "",
) -> NoReturn:
    """Raise RuleRefusedError; what was refused is kept once the transaction has ended."""
    found = Found(
        grounds=grounds_of(rule, settings),
        branch_id=current_branch_id(),
        entity=facts.entity.id,
        subject_id=facts.record_id,
        day=day,
        outcome=REFUSED,
        inputs=stored.plain_map(facts.seen),
        result=kept_refusal(refusal),
        user_id=current_user_id(),
    )
    keep_afterwards(session, installation().database, found)
    raise RuleRefusedError([Said(rule, refusal, found)], field)
