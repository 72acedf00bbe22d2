"""Working out again what is kept: an outcome that today's program would give otherwise is a difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.handbook import stored
from core.handbook.amounts import figured, kept_span
from core.handbook.judging import kept_refusal
from core.handbook.kinds import Amount, Check, Rule
from core.handbook.models import NOT_IN_ORDER, Finding
from core.handbook.own.rules import own_rule
from core.handbook.registry import book

CHUNK = 1_000


@dataclass(frozen=True)
class Difference:
    """Something kept, and what it would come to now; both in the stored form."""

    rule: str
    what: str
    kept: Any
    now: Any


@dataclass
class Replayed:
    """`passed_over` are outcomes of rules that are gone or have been rewritten since, and what a person judged: nothing
    can be said of them."""

    judged: int = 0
    passed_over: int = 0
    differences: list[Difference] = field(default_factory=list)


Replayer = Callable[[Session, Replayed], None]


def replay(session: Session) -> Replayed:
    """Everything kept in the branches in scope, worked out again. Writes nothing."""
    found = Replayed()
    for replayer in REPLAYERS:
        replayer(session, found)
    return found


def _findings(session: Session, found: Replayed) -> None:
    for each in _kept(session):
        rule = book().get(each.rule) or own_rule(session, each.rule, each.basis.version)
        if rule is None or rule.version != each.basis.version or each.outcome == NOT_IN_ORDER:
            found.passed_over += 1
            continue
        found.judged += 1
        now = _now(rule, each)
        if stored.canonical(now) != stored.canonical(each.result):
            found.differences.append(Difference(each.rule, f"finding {each.id}", each.result, now))


def _now(rule: Rule, finding: Finding) -> Any:
    """What the rule says today of the facts and settings that were kept."""
    facts, settings = stored.live_map(finding.inputs), stored.live_map(finding.basis.settings)
    try:
        if isinstance(rule, Amount):
            return kept_span(figured(rule, facts, settings))
        if isinstance(rule, Check):
            refusal = rule.judge(facts, settings)
            return kept_refusal(refusal) if refusal is not None else None
    except KeyError as missing:  # it looks at something else than it did
        return f"looks at {missing.args[0]}"
    return f"is a {rule.kind} now"


def _kept(session: Session) -> Iterator[Finding]:
    last = 0
    while True:
        wanted = select(Finding).where(Finding.id > last).order_by(Finding.id).limit(CHUNK)
        chunk = session.scalars(wanted.options(joinedload(Finding.basis))).all()
        yield from chunk
        if len(chunk) < CHUNK:
            return
        last = chunk[-1].id
        session.expunge_all()


REPLAYERS: list[Replayer] = [_findings]
"""What is worked out again; packages above add theirs (due dates of obligations) when they are imported."""
