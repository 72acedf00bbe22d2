"""Writes messages into the outbox, in the transaction of what causes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.branches.scope import current_branch_id
from core.data import clock
from core.entities.spec import Entity
from core.installation import installation
from core.messages.kinds import CALL_LIST, IN_APP, SMS, MessageTemplate, places
from core.messages.models import OPTED_OUT, SENT, Outgoing
from core.messages.quiet import send_from
from core.messages.told import told
from core.messages.ways import Way, first_open, ways_to_address, ways_to_user
from core.messages.wording import filled, template_of, values_of, words_for
from core.people.models import PersonProfile


@dataclass(frozen=True)
class Cause:
    """Why something is told: what makes it known again, so that it is told once."""

    key: str
    rule: str = ""
    obligation_id: int | None = None


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
    key = f"{cause.key}|{template.id}|{user_id or next((each.address for each in ways), '')}"[:200]
    if not ways:
        told(session, cause.rule, template.entity, record.id)
    if not ways or session.scalar(select(Outgoing.id).where(Outgoing.key == key)) is not None:
        return None
    way, is_wanted = first_open(session, installation().settings, current_branch_id(), ways)
    row = _written(session, template, record, language)
    row.key, row.channel, row.address, row.user_id = key, way.channel, way.address or None, user_id
    row.rule, row.obligation_id = cause.rule or None, cause.obligation_id
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
    entity: Entity = installation().entities[template.entity]
    speaks = language or branch.locale
    words = words_for(session, template, branch.id, speaks)
    named = places(words.subject) | places(words.body)
    done = filled(words, values_of(entity, record, branch, speaks, named), speaks)
    return Outgoing(
        branch_id=branch.id,
        template=template.id,
        entity=entity.id,
        record_id=record.id,
        subject=done.subject,
        body=done.body,
    )
