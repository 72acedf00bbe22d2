"""Drafting, publishing and retiring own rules; as a file, out and in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.data import UserError, clock
from core.data.marks import N_
from core.entities.spec import Entity
from core.handbook.own.expression import Condition, coded, expression_of, of_plain
from core.handbook.own.models import (
    APPROVE,
    DRAFT,
    EFFECTS,
    OBLIGING,
    PUBLISHED,
    REFUSE,
    REPEAT,
    RETIRED,
    WARN,
    OwnRule,
)
from core.handbook.own.moments import days_of, moments_for
from core.handbook.own.rules import LENGTHS
from core.handbook.rights import OBLIGATION
from core.handbook.values import HOURS
from core.installation import installation

FORMAT = "zhidu own rules 1"
MOST_IN_A_FILE = 200
NO_OBJECT = N_("Choose an object of a department that is here.")
NO_TEXT = N_("Fill in the name, the clause and what the rule says.")
NO_MOMENT = N_("This effect does not go with this moment.")
NO_OWNER = N_("Choose the position that it is for.")
NO_SIGHT = N_("People in this position do not see these records. Choose one that does.")
NO_DUTIES = N_("People in this position see no obligations. Choose one that owes something already.")
NO_ANCHOR = N_("Choose the field with the day that it is counted from.")
NO_HOURS = N_("What comes again and again is counted in days, months or years.")
NO_LENGTH = N_("Enter the time as a whole number from 1 to 1000.")
NOT_A_DRAFT = N_("This rule was published and stays as it is. Write a new version of it instead.")
NOT_PUBLISHED = N_("This rule is not in force.")
NO_FILE = N_("This is no file of own rules.")


@dataclass(frozen=True)
class Written:
    """What an administrator writes down."""

    entity: str
    moment: str
    name: str
    document: str
    heading: str
    says: str
    effect: str
    conditions: tuple[Condition, ...]
    all_of: bool = True
    owner: str = ""
    length: int = 0
    kind: str = ""
    anchor: str = ""

    @classmethod
    def of_plain(cls, given: Mapping[str, Any]) -> Written:
        """From a file or a form. UserError where something is missing."""
        try:
            texts = {name: str(given[name]).strip() for name in _TEXTS}
            rows, length = given["conditions"], given.get("length") or 0
            if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
                raise UserError(NO_FILE)
            number = int(length) if str(length).isascii() and str(length).isdigit() else 0
            return cls(
                **texts,
                conditions=tuple(of_plain(rows)),
                all_of=bool(given.get("all_of", True)),
                owner=str(given.get("owner", "")),
                length=number,
                kind=str(given.get("kind", "")),
                anchor=str(given.get("anchor", "")),
            )
        except KeyError:
            raise UserError(NO_FILE) from None

    def plain(self) -> dict[str, Any]:
        rest = {name: getattr(self, name) for name in ("all_of", *_DETAIL)}
        texts = {name: getattr(self, name) for name in _TEXTS}
        return {**texts, "conditions": [each.plain() for each in self.conditions], **rest}


_DETAIL = ("owner", "length", "kind", "anchor")
_TEXTS = ("entity", "moment", "name", "document", "heading", "says", "effect")
_LONGEST = {"name": 120, "document": 120, "heading": 60, "says": 500}


def draft(
    session: Session, wanted: Written, branch_id: int, user_id: int | None, row: OwnRule | None = None
) -> OwnRule:
    """Keep a draft; of a rule that was published, a new version of it. UserError for what cannot be."""
    entity = _judged(wanted)
    conditions = coded(entity, wanted.conditions)
    number, version = _numbered(session, row)
    made = row if row is not None and row.state == DRAFT else OwnRule(number=number, version=version)
    made.branch_id = branch_id
    for name in (*_TEXTS, "all_of"):
        setattr(made, name, getattr(wanted, name))
    made.conditions = [each.plain() for each in conditions]
    made.expression = expression_of(entity, conditions, wanted.all_of)
    made.detail = {name: getattr(wanted, name) for name in _DETAIL}
    made.made_by = made.made_by or user_id
    session.add(made)
    session.flush()
    return made


def _numbered(session: Session, row: OwnRule | None) -> tuple[int, int]:
    if row is None:
        return (session.scalar(select(func.max(OwnRule.number))) or 0) + 1, 1
    latest = session.scalar(select(func.max(OwnRule.version)).where(OwnRule.number == row.number)) or 0
    return row.number, latest + 1


def _judged(wanted: Written) -> Entity:
    entity = installation().entities.get(wanted.entity)
    if entity is None or entity.plugin == "core":
        raise UserError(NO_OBJECT, field="entity")
    for name, longest in _LONGEST.items():
        if not 0 < len(getattr(wanted, name)) <= longest:
            raise UserError(NO_TEXT, field=name)
    if wanted.effect not in EFFECTS or wanted.moment not in moments_for(entity, wanted.effect):
        raise UserError(NO_MOMENT, field="moment")
    if wanted.effect not in (REFUSE, WARN) and wanted.owner not in installation().positions:
        raise UserError(NO_OWNER, field="owner")
    if wanted.effect == APPROVE and not _sees(wanted.owner, entity.id):
        raise UserError(NO_SIGHT, field="owner")
    if wanted.effect in OBLIGING and not _sees(wanted.owner, OBLIGATION):
        raise UserError(NO_DUTIES, field="owner")
    expression_of(entity, wanted.conditions, wanted.all_of)
    if wanted.effect in OBLIGING:
        _judge_time(entity, wanted)
    return entity


def _judge_time(entity: Entity, wanted: Written) -> None:
    if wanted.kind not in LENGTHS or not 1 <= wanted.length <= 1000:
        raise UserError(NO_LENGTH, field="length")
    if wanted.effect == REPEAT and wanted.kind == HOURS:
        raise UserError(NO_HOURS, field="kind")
    if wanted.effect == REPEAT and wanted.anchor not in days_of(entity):
        raise UserError(NO_ANCHOR, field="anchor")


def _sees(position: str, entity: str) -> bool:
    held = installation().positions[position]
    return held.everything or any(each.entity == entity and "see" in each.actions for each in held.grants)


def publish(session: Session, row: OwnRule, day: date, user_id: int | None) -> None:
    """Put a draft in force from today; an earlier version of it is retired in the same moment."""
    if row.state != DRAFT:
        raise UserError(NOT_A_DRAFT, status=409)
    before = select(OwnRule).where(OwnRule.number == row.number, OwnRule.state == PUBLISHED)
    for each in session.scalars(before):
        _retired(each, user_id)
    row.state, row.from_on = PUBLISHED, day
    row.published_by, row.published_at = user_id, clock.now()
    session.flush()


def retire(session: Session, row: OwnRule, user_id: int | None) -> None:
    """Take a rule out of force; what it decided stays explained."""
    if row.state != PUBLISHED:
        raise UserError(NOT_PUBLISHED, status=409)
    _retired(row, user_id)
    session.flush()


def _retired(row: OwnRule, user_id: int | None) -> None:
    row.state, row.retired_by, row.retired_at = RETIRED, user_id, clock.now()


def written_of(row: OwnRule) -> Written:
    """What an administrator wrote, from its row."""
    texts = {name: getattr(row, name) for name in _TEXTS}
    detail = {name: row.detail[name] for name in _DETAIL if name in row.detail}
    return Written(**texts, conditions=tuple(of_plain(row.conditions)), all_of=row.all_of, **detail)


def as_file(rows: Sequence[OwnRule]) -> dict[str, Any]:
    """Rules as a file that another installation takes."""
    return {"format": FORMAT, "rules": [written_of(each).plain() for each in rows]}


def from_file(session: Session, content: Any, branch_id: int, user_id: int | None) -> list[OwnRule]:
    """Every rule of a file as a draft. Expressions are made anew of the conditions, never taken from a file."""
    rows = content.get("rules") if isinstance(content, dict) and content.get("format") == FORMAT else None
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise UserError(NO_FILE)
    if len(rows) > MOST_IN_A_FILE:
        raise UserError(NO_FILE)
    return [draft(session, Written.of_plain(each), branch_id, user_id) for each in rows]
