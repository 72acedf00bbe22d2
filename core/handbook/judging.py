"""Asking the checks of the rule book about a record before it is saved, deleted or moved on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import has_request_context
from flask_babel import gettext
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from core.branches.scope import current_scope
from core.data import UserError, clock
from core.data.database import GatedSession
from core.data.marks import N_
from core.entities.spec import Entity
from core.handbook import stored
from core.handbook.basis import grounds_of
from core.handbook.conditions import holds
from core.handbook.facts import FactsOf
from core.handbook.findings import Found, is_silent, keep, keep_afterwards
from core.handbook.kinds import Check, Refusal, Rule, Settings
from core.handbook.models import REFUSED, WARNED
from core.handbook.own.rules import published, terms
from core.handbook.registry import book
from core.handbook.settings import Shelf, decisive, is_unset
from core.handbook.words import msgid, said, told_figures
from core.installation import installation
from core.people.access import current_user_id, time_zone
from core.ui.notices import tell

SAVE, DELETE = "save", "delete"
BENCHES = "zhidu_benches"
RESTS_ON = N_("%(text)s (%(rule)s, %(document)s %(heading)s)")


@dataclass(frozen=True)
class Said:
    """What one rule said, and the finding that will be kept of it."""

    rule: Rule
    refusal: Refusal
    found: Found

    def __str__(self) -> str:
        """The refusal with its clause, in the reader's language."""
        entity = installation().entities.get(self.found.entity)
        text = said(self.refusal.text, told_figures(self.rule, entity, self.refusal.figures))
        clause = self.rule.clause
        return gettext(
            RESTS_ON, text=text, rule=self.rule.id, document=said(clause.document), heading=clause.heading
        )


class RuleRefusedError(UserError):
    """Rules of the book refuse a record. `why` is the address that explains the first of them; `field` names the form's
    field where it is not the refusal's own."""

    def __init__(self, said_: Sequence[Said], field: str = "") -> None:
        first = said_[0]
        names = (field,) if field else first.refusal.fields
        super().__init__(msgid(first.refusal.text), status=422, field=names[0] if names else None)
        entity = installation().entities.get(first.found.entity)
        self.params = told_figures(first.rule, entity, first.refusal.figures)
        self.said = tuple(said_)
        self.why = first.found.url

    def __str__(self) -> str:
        return " ".join(str(each) for each in self.said)


class Bench:
    """Asks the checks of one moment about one record after another; their settings are read once."""

    def __init__(self, session: Session, entity: Entity, moment: str = SAVE) -> None:
        self.session, self.entity = session, entity
        self.rules = book().checks(entity.id, moment)
        self._own = published(session, entity.id, moment)
        self._shelf = Shelf(session, self.rules) if self.rules or self._own else None

    def judge(
        self, record: Any, day: date | None = None, more: Mapping[str, Any] | None = None
    ) -> list[Said]:
        """As `judge` below."""
        branch_id = getattr(record, "branch_id", None) or current_scope().active
        if self._shelf is None or branch_id is None:
            return []
        on = day or day_of(self.session, self.entity, record, branch_id)
        every: list[Said] = []
        for rule in self._about(branch_id, on):
            settings = self._shelf.settings(rule, branch_id, on)
            facts = FactsOf(self.session, self.entity, record, installation().entities, more)
            refusal = asked(rule, facts, settings)
            if refusal is not None:
                found = found_of(rule, settings, refusal, facts, branch_id, self.entity, record.id, on)
                every.append(Said(rule, refusal, found))
        refused = [each for each in every if each.found.outcome == REFUSED]
        if refused:
            for each in refused:
                keep_afterwards(self.session, installation().database, each.found)
            raise RuleRefusedError(refused)
        return every

    def _about(self, branch_id: int, day: date) -> list[Check]:
        """The departments' rules, then the administrators' own that were in force in the branch on the day."""
        own = (each.rule for each in terms(self.session, self._own, branch_id) if each.has(day))
        return [*self.rules, *(each for each in own if isinstance(each, Check))]


def asked(rule: Check, facts: FactsOf, settings: Settings) -> Refusal | None:
    """What one check says; None where it is not about such facts, a figure is unset, or all is well."""
    if is_unset(decisive(rule, settings)) or not holds(rule.where, facts):
        return None
    return rule.judge(facts, settings)


def found_of(
    rule: Check,
    settings: Settings,
    refusal: Refusal,
    facts: FactsOf,
    branch_id: int,
    entity: Entity,
    subject_id: int | None,
    day: date,
) -> Found:
    """What will be kept of a refusal or a doubt."""
    return Found(
        grounds=grounds_of(rule, settings),
        branch_id=branch_id,
        entity=entity.id,
        subject_id=subject_id,
        day=day,
        outcome=WARNED if rule.warns else REFUSED,
        inputs=stored.plain_map(facts.seen),
        result=kept_refusal(refusal),
        user_id=current_user_id(),
    )


def judge(
    session: Session,
    entity: Entity,
    record: Any,
    moment: str = SAVE,
    day: date | None = None,
    more: Mapping[str, Any] | None = None,
) -> list[Said]:
    """What the checks of a moment say of a record: doubts are answered, a refusal is raised (RuleRefusedError).

    `day` is the day of the event, by whose settings it is judged: without it the one that the entity names, else
    today. `more` are facts beside the record's own. A refusal is kept once the transaction has ended; doubts are the
    caller's to `keep`, when the record has its id.
    """
    return Bench(session, entity, moment).judge(record, day, more)


def judge_for_save(session: Session, entity: Entity, record: Any, moment: str) -> Callable[[], None]:
    """For `Installation.judge`: what it answers keeps the doubts, and tells the person, when the record is in."""
    doubts = _bench(session, entity, moment).judge(record)

    def afterwards() -> None:
        for each in doubts:
            keep(session, each.found, record.id if moment != DELETE else None)
            if has_request_context() and not is_silent(session):
                told: Any = {"text": str(each), "label": gettext("Why?"), "url": each.found.url}
                tell(told, "warning")

    return afterwards


def _bench(session: Session, entity: Entity, moment: str) -> Bench:
    """One for all records of a transaction, of which there may be many."""
    benches: dict[tuple[object, str], Bench] = session.info.setdefault(BENCHES, {})
    key = (entity.serial, moment)
    if key not in benches:
        benches[key] = Bench(session, entity, moment)
    return benches[key]


def _forget_benches(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(BENCHES, None)


event.listen(GatedSession, "after_transaction_end", _forget_benches)


def day_of(session: Session, entity: Entity, record: Any, branch_id: int) -> date:
    """The day of the event that a record tells of, in its branch's calendar."""
    value = getattr(record, entity.day) if entity.day else None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    zone = time_zone(session, branch_id)
    return clock.local(value, zone).date() if isinstance(value, datetime) else clock.today(zone)


def kept_refusal(refusal: Refusal) -> dict[str, Any]:
    """A refusal as a finding's result."""
    return {
        "text": msgid(refusal.text),
        "figures": stored.plain_map(refusal.figures),
        "fields": list(refusal.fields),
    }
