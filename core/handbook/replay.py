"""Working out again what is kept: an outcome that today's program would give otherwise is a difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.handbook import stored
from core.handbook.amounts import figured, kept_span
from core.handbook.judging import kept_refusal
from core.handbook.kinds import Amount, Approval, Check, Obliging, Rule
from core.handbook.models import CAME_TO, NOT_IN_ORDER, Finding
from core.handbook.own.rules import own_rule
from core.handbook.refusing import refusal_of
from core.handbook.registry import book
from core.installation import installation

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
    of_entities = (each.again for each in installation().entities.values() if each.again is not None)
    for replayer in (*REPLAYERS, *of_entities):
        replayer(session, found)
    return found


def _findings(session: Session, found: Replayed) -> None:
    for each in _kept(session):
        rule = book().get(each.rule) or own_rule(session, each.rule, each.basis.version)
        if rule is None or rule.version != each.basis.version or _is_a_persons(rule, each):
            found.passed_over += 1
            continue
        found.judged += 1
        now = _now(rule, each)
        if stored.canonical(now) != stored.canonical(each.result):
            found.differences.append(Difference(each.rule, f"finding {each.id}", each.result, now))


def _is_a_persons(rule: Rule, finding: Finding) -> bool:
    """Whether it cannot be worked out again: a person judged it, or it was too early for a move on that day."""
    return finding.outcome == NOT_IN_ORDER or isinstance(rule, Approval)


def _now(rule: Rule, finding: Finding) -> Any:
    """What the rule says today of the facts and settings that were kept."""
    facts, settings = stored.live_map(finding.inputs), stored.live_map(finding.basis.settings)
    try:
        if isinstance(rule, Amount) and finding.outcome == CAME_TO:
            return kept_span(figured(rule, facts, settings))
        if isinstance(rule, Check | Amount | Obliging) and finding.outcome != CAME_TO:
            judge = rule.judge if isinstance(rule, Check) else partial(refusal_of, rule)
            refusal = judge(facts, settings)
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
"""What is worked out again; packages above add theirs (due dates of obligations) when they are imported, plugins say it
of their entities (`Entity.again`)."""
