"""Writes messages into the outbox, in the transaction of what causes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import inspect as sa_inspect
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.branches.scope import current_branch_id
from core.branches.setwise import insert_rows
from core.data import clock
from core.entities.spec import Entity
from core.installation import installation
from core.messages.kinds import CALL_LIST, IN_APP, SMS, MessageTemplate, places
from core.messages.models import OPTED_OUT, SENT, WAITING, Outgoing
from core.messages.quiet import send_from
from core.messages.told import told
from core.messages.ways import Way, first_open, open_of, unwanted, ways_to_address, ways_to_user
from core.messages.wording import Words, filled, template_of, values_of, words_for
from core.people.models import PersonProfile

AT_ONCE = 500
"""Keys that are asked for in one statement."""


@dataclass(frozen=True)
class Cause:
    """Why something is told: what makes it known again, so that it is told once."""

    key: str
    rule: str = ""
    obligation_id: int | None = None


@dataclass(frozen=True)
class Said:
    """One of many records that a customer at `address` is told of, through the first of `channels` that is open."""

    record: Any
    address: str
    cause: Cause
    channels: Sequence[str]


def tell_user(
    session: Session,
    template: str | MessageTemplate,
    record: Any,
    user_id: int,
    cause: Cause,
    channels: Sequence[str] = (IN_APP,),
) -> Outgoing | None:
    """Tell one of the staff, through the first of the channels that reaches them. None: it was told before.

    `template` is the id of a declared one, or a template that nobody declared.
    """
    user = session.get(User, user_id)
    if user is None:
        return None
    language = session.scalar(select(PersonProfile.locale).where(PersonProfile.user_id == user_id))
    known = ways_to_user(user)
    ways = [known[each] for each in channels if each in known]
    return _tell(session, _known(template), record, cause, ways, language, user_id)


def tell_address(
    session: Session,
    template_id: str,
    record: Any,
    address: str,
    cause: Cause,
    channels: Sequence[str] = (SMS, CALL_LIST),
) -> Outgoing | None:
    """Tell a customer at a telephone number or e-mail address, through the first channel that reaches them."""
    known = ways_to_address(address.strip())
    ways = [known[each] for each in channels if each in known]
    return _tell(session, _known(template_id), record, cause, ways, None, None)


def tell_addresses(session: Session, template_id: str, said: Sequence[Said]) -> int:
    """As `tell_address` for many, by a number of statements that depends on no number of them; answers how many rows
    are new. What of them was told before, or stands there twice, is told once."""
    template = template_of(template_id)
    fresh, nobody = _fresh(session, template, said)
    for each in nobody:
        told(session, each.cause.rule, template.entity, each.record.id)
    if not fresh:
        return 0
    branch = session.get_one(Branch, current_branch_id())
    words = words_for(session, template, branch.id, branch.locale)
    closed = unwanted(session, branch.id, [way for _each, ways in fresh.values() for way in ways])
    rows = []
    for key, (each, ways) in fresh.items():
        way, is_wanted = open_of(installation().settings, ways, closed)
        row = _row(template, branch, each.record, words, branch.locale)
        _addressed(row, key, way, each.cause)
        row.state = WAITING if is_wanted else OPTED_OUT
        rows.append(row)
    begins = {
        each: send_from(session, branch.id, each, clock.now()) for each in {row.channel for row in rows}
    }
    for row in rows:
        row.next_at = begins[row.channel]
    kept = _all_kept(session, rows)
    for row in kept:
        if row.state == OPTED_OUT:
            told(session, row.rule or "", row.entity, row.record_id)
    return len(kept)


def _fresh(
    session: Session, template: MessageTemplate, said: Sequence[Said]
) -> tuple[dict[str, tuple[Said, Sequence[Way]]], list[Said]]:
    """By its key, what was not told before with the ways that it may take; and what has no way at all."""
    found: dict[str, tuple[Said, Sequence[Way]]] = {}
    nobody = []
    for each in said:
        known = ways_to_address(each.address.strip())
        ways = [known[channel] for channel in each.channels if channel in known]
        if ways:
            found.setdefault(_key(each.cause, template, ways[0].address), (each, ways))
        else:
            nobody.append(each)
    keys = list(found)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        for key in session.scalars(select(Outgoing.key).where(Outgoing.key.in_(some))):
            del found[key]
    return found, nobody


def _all_kept(session: Session, rows: Sequence[Outgoing]) -> Sequence[Outgoing]:
    """The rows that nobody else has told at the same moment: mostly all, in one go."""
    names = [each.key for each in sa_inspect(Outgoing).column_attrs]
    values = [{name: getattr(row, name) for name in names if name in row.__dict__} for row in rows]
    session.flush()
    try:
        with session.begin_nested():
            insert_rows(session, Outgoing, values)
    except IntegrityError:
        return [row for row in rows if _kept(session, row) is not None]
    return rows


def _key(cause: Cause, template: MessageTemplate, whom: int | str) -> str:
    return f"{cause.key}|{template.id}|{whom}"[:200]


def _addressed(row: Outgoing, key: str, way: Way, cause: Cause) -> None:
    row.key, row.channel, row.address = key, way.channel, way.address or None
    row.rule, row.obligation_id = cause.rule or None, cause.obligation_id


def _known(template: str | MessageTemplate) -> MessageTemplate:
    return template if isinstance(template, MessageTemplate) else template_of(template)


def _tell(
    session: Session,
    template: MessageTemplate,
    record: Any,
    cause: Cause,
    ways: Sequence[Way],
    language: str | None,
    user_id: int | None,
) -> Outgoing | None:
    key = _key(cause, template, user_id or next((each.address for each in ways), ""))
    if not ways:
        told(session, cause.rule, template.entity, record.id)
    if not ways or session.scalar(select(Outgoing.id).where(Outgoing.key == key)) is not None:
        return None
    way, is_wanted = first_open(session, installation().settings, current_branch_id(), ways)
    row = _written(session, template, record, language)
    _addressed(row, key, way, cause)
    row.user_id = user_id
    row.next_at = send_from(session, row.branch_id, way.channel, clock.now())
    if not is_wanted:
        row.state = OPTED_OUT
    elif way.channel == IN_APP:
        row.state, row.sent_at = SENT, clock.now()
    kept = _kept(session, row)
    if kept is not None and kept.state in (SENT, OPTED_OUT):
        told(session, cause.rule, template.entity, record.id)
    return kept


def _kept(session: Session, row: Outgoing) -> Outgoing | None:
    """None where another transaction told the same at the same moment."""
    session.flush()
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    return row


def _written(session: Session, template: MessageTemplate, record: Any, language: str | None) -> Outgoing:
    branch = session.get_one(Branch, current_branch_id())
    speaks = language or branch.locale
    return _row(template, branch, record, words_for(session, template, branch.id, speaks), speaks)


def _row(template: MessageTemplate, branch: Branch, record: Any, words: Words, language: str) -> Outgoing:
    entity: Entity = installation().entities[template.entity]
    named = places(words.subject) | places(words.body)
    done = filled(words, values_of(entity, record, branch, language, named), language)
    return Outgoing(
        branch_id=branch.id,
        template=template.id,
        entity=entity.id,
        record_id=record.id,
        subject=done.subject,
        body=done.body,
    )
