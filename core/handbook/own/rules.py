"""Own rules as rules of the engine: judged, explained, previewed and worked out again as all others are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.data import clock
from core.data.base import freed
from core.handbook.kinds import Approval, Check, Clause, Facts, Obliging, Refusal, Rule, Settings
from core.handbook.own.expression import matches
from core.handbook.own.making import MAKERS
from core.handbook.own.models import (
    APPROVE,
    DRAFT,
    OBLIGING,
    ON_EVENTS,
    PUBLISHED,
    REPEAT,
    RETIRED,
    WARN,
    OwnRule,
)
from core.installation import installation
from core.people.access import remembered, tree_above
from core.people.rights.snapshot import count

MARK = "OWN-R"
count(OwnRule)


def rule_of(row: OwnRule) -> Rule:
    """The rule that a row says. Texts are shown as they were entered."""
    clause = Clause(row.rule_id, row.document, row.heading, row.name)
    same: dict[str, Any] = {"id": row.rule_id, "clause": clause, "sentence": row.says, "version": row.version}
    maker = MAKERS.get(row.effect)
    if maker is not None:
        return maker(row, same)
    return Check(
        **same,
        entity=row.entity,
        judge=_judge(row.entity, row.expression, row.says),
        moments=(row.moment,),
        warns=row.effect == WARN,
    )


_SAID = (
    "number",
    "version",
    "branch_id",
    "entity",
    "moment",
    "name",
    "document",
    "heading",
    "says",
    "effect",
    "conditions",
    "all_of",
    "expression",
    "detail",
)


def as_said(row: OwnRule) -> dict[str, Any]:
    """What a rule says, as JSON, of which `OwnRule(**...)` makes it again."""
    return {name: getattr(row, name) for name in _SAID}


def earlier_rule(rule: Rule, earlier: OwnRule | None) -> Rule | None:
    """The earlier version of a rule; None where that was none, of another kind, or about something else."""
    before = rule_of(earlier) if earlier is not None else None
    is_same = before is not None and before.kind == rule.kind
    return before if is_same and getattr(before, "entity", "") == getattr(rule, "entity", "") else None


def _judge(entity: str, expression: str, says: str) -> Callable[[Facts, Settings], Refusal | None]:
    def judge(facts: Facts, _settings: Settings) -> Refusal | None:
        described = installation().entities[entity]
        return Refusal(says) if matches(described, expression, facts) else None

    return judge


@dataclass(frozen=True)
class Term:
    """A rule, and the days on which it is in force: from the first on, up to the one before `end`, where it has one."""

    row: OwnRule
    rule: Rule
    first: date
    end: date | None

    def has(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


def term_of(row: OwnRule) -> Term:
    """As long as a rule is or was in force: what is entered late is judged by the rules of its own day."""
    end = clock.local(row.retired_at).date() if row.retired_at is not None else None
    return Term(row, rule_of(row), row.from_on or date.max, end)


def published(session: Session, entity: str, moment: str) -> Sequence[OwnRule]:
    """The rules that are or were in force about an entity at a moment, wherever they hold; as copies."""

    def rows() -> list[OwnRule]:
        wanted = select(OwnRule).where(
            OwnRule.state.in_((PUBLISHED, RETIRED)), OwnRule.entity == entity, OwnRule.moment == moment
        )
        with session.no_autoflush:
            return [freed(each) for each in session.scalars(wanted.order_by(OwnRule.number, OwnRule.version))]

    found: list[OwnRule] = remembered(session, ("own rules", entity, moment), rows)
    return found


def of_effect(session: Session, effect: str) -> Sequence[OwnRule]:
    """The rules that are or were in force to an effect, wherever they hold; as copies."""
    wanted = select(OwnRule).where(OwnRule.state != DRAFT, OwnRule.effect == effect)

    def rows() -> list[OwnRule]:
        with session.no_autoflush:
            found = session.scalars(wanted.order_by(OwnRule.number, OwnRule.version))
            return [freed(each) for each in found if each.entity in installation().entities]

    kept: list[OwnRule] = remembered(session, ("own rules to", effect), rows)
    return kept


def is_about(session: Session, entity: str) -> bool:
    """Whether some own rule is or was about an entity."""

    def rows() -> frozenset[str]:
        with session.no_autoflush:
            return frozenset(session.scalars(select(OwnRule.entity).where(OwnRule.state != DRAFT).distinct()))

    found: frozenset[str] = remembered(session, "own rules about", rows)
    return entity in found


def of_plugin(session: Session, plugin: str, branch_id: int) -> list[Rule]:
    """The rules in force in a branch about a department's objects, for its handbook."""
    wanted = select(OwnRule).where(OwnRule.state == PUBLISHED, OwnRule.entity.startswith(f"{plugin}."))
    rows = session.scalars(wanted.order_by(OwnRule.number)).all()
    return [rule_of(each) for each in holding(session, rows, branch_id)]


def on_event(session: Session, event: str, branch_id: int) -> list[Term]:
    """The deadlines, notices and figures of administrators' own that an event sets off in a branch."""
    entity, _dot, moment = event.rpartition(".")
    return terms(session, published(session, entity, moment), branch_id)


def approvals(session: Session, entity: str, move: str, branch_id: int, day: date) -> list[Approval]:
    """What administrators' own rules want approved before a move, on a day."""
    found = (
        each.rule for each in terms(session, published(session, entity, move), branch_id) if each.has(day)
    )
    return [each for each in found if isinstance(each, Approval)]


def approved(session: Session) -> frozenset[str]:
    """The entities of which some move was ever to be approved by an own rule."""

    def rows() -> frozenset[str]:
        wanted = select(OwnRule.entity).where(OwnRule.state != DRAFT, OwnRule.effect == APPROVE)
        with session.no_autoflush:
            return frozenset(session.scalars(wanted.distinct()))

    found: frozenset[str] = remembered(session, "own approvals", rows)
    return found


def terms(session: Session, rows: Sequence[OwnRule], branch_id: int) -> list[Term]:
    """Those of rules that hold in a branch, each with its time."""
    return [term_of(each) for each in holding(session, rows, branch_id)]


def awaited(session: Session) -> frozenset[tuple[str, str]]:
    """Entity and moment of what some rule waits for, wherever it holds. One that is retired waits for what is entered
    late alone."""

    def rows() -> frozenset[tuple[str, str]]:
        wanted = select(OwnRule.entity, OwnRule.moment).where(
            OwnRule.state.in_((PUBLISHED, RETIRED)), OwnRule.effect.in_(ON_EVENTS)
        )
        with session.no_autoflush:
            return frozenset((entity, moment) for entity, moment in session.execute(wanted.distinct()))

    found: frozenset[tuple[str, str]] = remembered(session, "own rules awaited", rows)
    return found


def holding(session: Session, rows: Sequence[OwnRule], branch_id: int) -> list[OwnRule]:
    """Those of rules that hold in a branch: they are its own, or of a branch above it."""
    if not rows:
        return []
    above = tree_above(session)
    way: set[int] = set()
    here: int | None = branch_id
    while here is not None and here not in way:
        way.add(here)
        here = above.get(here)
    return [each for each in rows if each.branch_id in way]


def is_own(rule: Rule) -> bool:
    """Whether an administrator wrote it."""
    return rule.id.startswith(MARK)


def own_obliging(session: Session, branch_ids: Sequence[int]) -> list[Obliging]:
    """The deadlines and cadences that administrators wrote for branches, retired ones too, each as last published."""
    wanted = select(OwnRule).where(OwnRule.state != DRAFT, OwnRule.effect.in_(OBLIGING))
    with session.no_autoflush:
        rows = session.scalars(wanted.order_by(OwnRule.number, OwnRule.version)).all()
    here = {row.id: row for each in branch_ids for row in holding(session, rows, each)}
    latest = {row.number: row for row in rows if row.id in here}
    found = (rule_of(row) for row in latest.values())
    return [each for each in found if isinstance(each, Obliging)]


def own_cadences(session: Session, branch_id: int, day: date) -> list[str]:
    """The ids of the series that administrators wrote and that are in force in a branch on a day."""
    wanted = select(OwnRule).where(
        OwnRule.state == PUBLISHED, OwnRule.effect == REPEAT, OwnRule.from_on <= day
    )
    with session.no_autoflush:
        rows = session.scalars(wanted.order_by(OwnRule.number)).all()
    return [each.rule_id for each in holding(session, rows, branch_id)]


def own_rule(session: Session, rule_id: str, version: int | None = None) -> Rule | None:
    """The rule of an id (`OWN-R07`), retired or not; without a version the latest that was published."""
    number = rule_id.removeprefix(MARK)
    if not rule_id.startswith(MARK) or not number.isdigit() or len(number) > 9:
        return None
    wanted = select(OwnRule).where(OwnRule.number == int(number), OwnRule.state != DRAFT)
    if version is not None:
        wanted = wanted.where(OwnRule.version == version)
    row = session.scalar(wanted.order_by(OwnRule.version.desc()).limit(1))
    return rule_of(row) if row is not None else None
