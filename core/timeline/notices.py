"""What colleagues wrote on the records that a person follows, as notices: one for each record, its latest message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql import ColumnElement

from core.branches.scope import current_branch_id
from core.entities.reading import title_for_reader
from core.entities.registry import allowed
from core.entities.spanning import is_own
from core.entities.spec import Entity
from core.installation import installation
from core.notices.kinds import Notice, NoticeKind
from core.people.access import current_user_id
from core.people.rights.holding import name_of
from core.timeline.models import Message
from core.timeline.reading import beginnings
from core.timeline.rights import works_with

MOST = 30
LENGTH = 60
"""Characters of a message that its notice tells; the record has it whole."""

Row = tuple[Message, User]


def written_to(session: Session, since: datetime) -> Sequence[Notice]:
    """Messages on records of the active branch on which the person wrote too, or for which they are responsible.

    Only where they may see the record and read its messages. One statement, and two at most for each kind of record.
    """
    known = {each.id: each for each in installation().entities.values() if _reads_messages(each)}
    if not known or current_user_id() is None:
        return []
    found = defaultdict[str, list[Row]](list)
    for message, who in session.execute(_latest(known, since)).all():
        found[message.entity].append((message, who))
    told = [each for id, rows in found.items() for each in _told(session, known[id], rows)]
    return sorted(told, key=lambda each: each.at, reverse=True)


def _reads_messages(entity: Entity) -> bool:
    return allowed(entity, "see") and works_with(entity)


def _latest(known: Mapping[str, Entity], since: datetime) -> Any:
    latest = (
        select(func.max(Message.id).label("id"))
        .where(
            Message.branch_id == current_branch_id(),
            Message.at >= since,
            Message.user_id != current_user_id(),
            Message.entity.in_(known),
            or_(_wrote_too(), *(each for entity in known.values() for each in _responsible(entity))),
        )
        .group_by(Message.entity, Message.record_id)
        .order_by(func.max(Message.id).desc())
        .limit(MOST)
        .subquery("latest")
    )
    return (
        select(Message, User).join(latest, latest.c.id == Message.id).join(User, User.id == Message.user_id)
    )


def _wrote_too() -> ColumnElement[bool]:
    own = aliased(Message)
    return exists().where(
        own.branch_id == Message.branch_id,
        own.user_id == current_user_id(),
        own.entity == Message.entity,
        own.record_id == Message.record_id,
    )


def _responsible(entity: Entity) -> list[ColumnElement[bool]]:
    if entity.responsible is None:
        return []
    theirs = select(entity.model.id).where(*entity.responsible(current_user_id() or 0))
    return [and_(Message.entity == entity.id, Message.record_id.in_(theirs))]


def _told(session: Session, entity: Entity, rows: Sequence[Row]) -> list[Notice]:
    """Those whose record is there for the reader and is the one that was written on, not a later one of its id."""
    model = entity.model
    wanted = select(model).where(model.id.in_({message.record_id for message, _who in rows}))
    if entity.criteria is not None:
        wanted = wanted.where(*entity.criteria())
    records = {each.id: each for each in session.scalars(wanted) if is_own(each)}
    begun = beginnings(session, entity, list(records.values()))
    return [
        _notice(entity, records[message.record_id], message, who)
        for message, who in rows
        if message.record_id in records and begun[message.record_id] <= message.at
    ]


def _notice(entity: Entity, record: Any, message: Message, who: User) -> Notice:
    return Notice(
        gettext(
            "%(person)s wrote on %(entity)s %(record)s",
            person=name_of(who),
            entity=str(entity.label),
            record=title_for_reader(entity, record),
        ),
        f"{entity.path}{record.id}#timeline",
        message.at,
        hint=_beginning(message.text),
        tone="info",
    )


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LENGTH else f"{line[: LENGTH - 1]}…"


NOTICES = (NoticeKind("core.colleagues", written_to, icon="message"),)
