"""What a rule of the kind amount comes to: a fine, a price, a wage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from core.handbook import stored
from core.handbook.basis import basis_of, grounds_of
from core.handbook.conditions import holds
from core.handbook.findings import Found, keep
from core.handbook.kinds import Amount, Facts, Settings, Span
from core.handbook.models import CAME_TO, Finding, RuleBasis
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.people.access import current_user_id


class Noted(Mapping[str, Any]):
    """Facts that remember in `seen` what was asked of them."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.seen: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        self.seen[name] = self._facts[name]
        return self.seen[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def amount(
    session: Session, rule_id: str, facts: Facts, day: date, branch_id: int
) -> tuple[Span | None, RuleBasis]:
    """What the rule comes to for facts of a day, and what that rests on.

    None where the rule is not about such facts or its settings leave the figure open. KeyError for no such rule.
    """
    rule = _rule(rule_id)
    settings = settings_on(session, rule, branch_id, day)
    return figured(rule, facts, settings), basis_of(session, rule, settings)


def keep_amount(
    session: Session, rule_id: str, entity: str, subject_id: int, facts: Facts, day: date, branch_id: int
) -> tuple[Span | None, Finding | None]:
    """As `amount`, kept as a finding of the subject, so that it can be explained and worked out again."""
    rule = _rule(rule_id)
    settings, noted = settings_on(session, rule, branch_id, day), Noted(facts)
    span = figured(rule, noted, settings)
    found = Found(
        grounds=grounds_of(rule, settings),
        branch_id=branch_id,
        entity=entity,
        subject_id=subject_id,
        day=day,
        outcome=CAME_TO,
        inputs=stored.plain_map(noted.seen),
        result=kept_span(span),
        user_id=current_user_id(),
    )
    return span, keep(session, found)


def figured(rule: Amount, facts: Facts, settings: Settings) -> Span | None:
    """The figure under settings, counted up where the rule says by what."""
    if not holds(rule.where, facts):
        return None
    span = rule.figure(facts, settings)
    if span is None or not rule.per:
        return span
    return Span(span.low * facts[rule.per], span.high * facts[rule.per])


def kept_span(span: Span | None) -> dict[str, Any]:
    """A span as a finding's result."""
    if span is None:
        return {"low": None, "high": None}
    return {"low": stored.plain(span.low), "high": stored.plain(span.high)}


def _rule(rule_id: str) -> Amount:
    rule = book().rules[rule_id]
    if not isinstance(rule, Amount):
        raise KeyError(f"{rule_id} is a {rule.kind}, not an amount")
    return rule
