"""Why somebody was asked to decide on a move: the rule that an approval rests on, by what was kept of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import clock
from core.data.marks import N_
from core.entities.registry import demand, entity_by_id
from core.entities.service import find
from core.entities.spec import Entity
from core.handbook.explain import EXPLAINERS, OPERATORS, Explanation, explain_basis, numbered
from core.handbook.models import RuleBasis
from core.handbook.screens.shown import DOERS, Did
from core.people.rights.words import names_of
from core.ui import format as shown
from core.workflow.models import WAITING, Approval, MoveRequest
from core.workflow.positions import position_words

SAID_YES = N_("%(who)s approved this as %(position)s on %(day)s.")
SAID_NO = N_("%(who)s refused this as %(position)s on %(day)s.")
SHOWN = 5


def answers_of(session: Session, entity: Entity, record_id: int) -> list[Approval]:
    """The latest answers to requests about a record that were decided, the last in front."""
    wanted = select(Approval).join(MoveRequest, MoveRequest.id == Approval.request_id)
    wanted = wanted.where(Approval.entity == entity.id, Approval.record_id == record_id)
    wanted = wanted.where(MoveRequest.state != WAITING)
    return list(session.scalars(wanted.order_by(Approval.id.desc()).limit(SHOWN)))


def explain_approval(session: Session, row: Approval) -> Explanation:
    """Who decided, and by which rule; settings that changed since change nothing."""
    basis = session.get(RuleBasis, row.basis_id) if row.basis_id else None
    if basis is None:
        raise NotFound
    who = names_of(session, {row.user_id}).get(row.user_id, shown.DASH)
    day = clock.local(row.at, clock.DEFAULT_TIME_ZONE).date()
    words = {"who": who, "position": position_words([row.position]), "day": shown.date(day)}
    return explain_basis(
        basis,
        first=gettext(SAID_YES if row.yes else SAID_NO, **words),
        day=day,
        entity=row.entity,
        subject_id=row.record_id,
    )


def decided(session: Session, day: date) -> Did:
    """How often somebody said yes or no by each rule since a day."""
    since = datetime.combine(day, time(), UTC)
    counted = select(Approval.rule, Approval.yes, func.count(Approval.id)).where(Approval.at >= since)
    found: Did = defaultdict(Counter)
    for rule, yes, count in session.execute(counted.group_by(Approval.rule, Approval.yes)):
        found[rule][gettext("approved") if yes else gettext("declined")] += count
    return found


def _approval(session: Session, key: str) -> Explanation:
    row = _row(session, key)
    entity = entity_by_id(row.entity)
    demand(entity, "see")
    find(session, entity, row.record_id)
    return explain_approval(session, row)


def _row(session: Session, key: str) -> Approval:
    row = session.scalar(select(Approval).where(Approval.id == numbered(key)))
    if row is None:
        raise NotFound
    return row


def _told(session: Session, key: str) -> Explanation:
    return explain_approval(session, _row(session, key))


EXPLAINERS["approval"] = _approval
OPERATORS["approval"] = _told
DOERS.append(decided)
