"""What the notice rules of the rule book want to be told after an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import clock
from core.handbook.conditions import holds
from core.handbook.facts import FactsOf
from core.handbook.kinds import Notice
from core.handbook.own.rules import is_own
from core.handbook.settings import settings_on
from core.handbook.words import msgid
from core.installation import installation
from core.messages.kinds import OWN, MessageTemplate
from core.messages.outbox import Cause, Said, tell_address, tell_addresses, tell_user
from core.people.models import Appointment

NONE_OWED: Mapping[int, int] = MappingProxyType({})


def notify(
    session: Session,
    rules: Sequence[Notice],
    event: str,
    records: Iterable[Any],
    on: date,
    by: int | None = None,
    owed: Mapping[int, int] = NONE_OWED,
) -> None:
    """Write the messages of notice rules that wait for an event, in the caller's transaction.

    `owed` names the obligation of each record that the event is about: a rule tells of one once, on whatever day.
    Whoever brought the event about is not told of it.
    """
    channels = {each.id: _channels(session, each, on) for each in rules}
    for record in records:
        for rule in rules:
            cause = _cause(rule, event, record.id, on, owed)
            _notify(session, rule, channels[rule.id], event, record, cause, (on, by))


def notify_many(
    session: Session,
    rule: Notice,
    event: str,
    records: Sequence[tuple[Any, date]],
    by: int | None = None,
    owed: Mapping[int, int] = NONE_OWED,
) -> None:
    """As `notify` of one rule, for records with the day of each: what goes to an address alone is written in sets."""
    if rule.to or rule.person or not rule.address:
        for record, on in records:
            notify(session, [rule], event, [record], on, by, owed)
        return
    channels = {on: _channels(session, rule, on) for on in {each[1] for each in records}}
    said = []
    for record, on in records:
        facts = _facts(session, event, record)
        if holds(rule.where, facts):
            ways = _from_first(rule, facts, channels[on])
            cause = _cause(rule, event, record.id, on, owed)
            said.append(Said(record, str(facts[rule.address] or ""), cause, ways))
    tell_addresses(session, rule.template, said)


def _facts(session: Session, event: str, record: Any) -> FactsOf:
    entities = installation().entities
    return FactsOf(session, entities[event.rpartition(".")[0]], record, entities)


def _from_first(rule: Notice, facts: FactsOf, channels: tuple[str, ...]) -> tuple[str, ...]:
    """The channels from the one on that somebody chose for the record; all where nobody did."""
    first = facts[rule.first] if rule.first else None
    return channels[channels.index(first) :] if first in channels else channels


def _channels(session: Session, rule: Notice, on: date) -> tuple[str, ...]:
    """Those that the branch has chosen, by the settings of the day."""
    return rule.channels_by(settings_on(session, rule, current_branch_id(), on) if rule.chosen else {})


def _cause(rule: Notice, event: str, record_id: int, on: date, owed: Mapping[int, int]) -> Cause:
    """What makes the message known again: its key is unique in the database."""
    obligation = owed.get(record_id)
    when = on.isoformat() if obligation is None else f"obligation {obligation}"
    return Cause(f"{rule.id}|{event}|{record_id}|{when}", rule.id, obligation)


def _notify(
    session: Session,
    rule: Notice,
    channels: tuple[str, ...],
    event: str,
    record: Any,
    cause: Cause,
    when_and_who: tuple[date, int | None],
) -> None:
    facts = _facts(session, event, record)
    if not holds(rule.where, facts):
        return
    channels = _from_first(rule, facts, channels)
    on, by = when_and_who
    people = set(_holders(session, rule.to, on))
    if rule.person and facts[rule.person] is not None:
        people.add(int(facts[rule.person]))
    template = own_words(rule, event) if is_own(rule) else rule.template
    for user_id in sorted(people - {by}):
        tell_user(session, template, record, user_id, cause, channels)
    if rule.address:
        tell_address(session, rule.template, record, str(facts[rule.address] or ""), cause, channels)


def own_words(rule: Notice, event: str) -> MessageTemplate:
    """What an administrator's own rule says, with the address of the record."""
    says = msgid(rule.sentence).replace("%", "%%")
    return MessageTemplate(OWN, rule.clause.says, event.rpartition(".")[0], says, f"{says}\n%(link)s")


def _holders(session: Session, positions: tuple[str, ...], on: date) -> Iterable[int]:
    """Who holds one of the positions in the active branch."""
    if not positions:
        return ()
    day = max(on, clock.today())
    held = select(Appointment.user_id).where(
        Appointment.branch_id == current_branch_id(),
        Appointment.position.in_(positions),
        Appointment.valid_from <= day,
        Appointment.valid_to.is_(None) | (Appointment.valid_to >= day),
    )
    return session.scalars(held.distinct())
