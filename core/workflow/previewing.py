"""Which moves of the last months would have needed other people under a proposed setting of an approval rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.data import clock
from core.entities.spec import Entity
from core.handbook.facts import FactsOf
from core.handbook.judging import day_of
from core.handbook.kinds import Approval, Rule, Settings
from core.handbook.models import RuleSetting
from core.handbook.preview import MOST, Otherwise, Previewed, how_many, records_of, records_since
from core.handbook.settings import Shelf
from core.installation import installation
from core.people.access import time_zone
from core.ui import format as shown
from core.workflow.approvals import asked_people
from core.workflow.models import MoveRequest
from core.workflow.moving import entered_values
from core.workflow.patience import first_day
from core.workflow.positions import position_words
from core.workflow.registry import workflow_of


def of_approvals(session: Session, rule: Rule, row: RuleSetting, found: Previewed) -> None:
    """Over the records that made the move, or for which it was asked; facts are the record's, and what was entered for
    the move. For `preview.PREVIEWERS`."""
    if not isinstance(rule, Approval):
        return
    entity = installation().entities[rule.entity]
    made = _made(entity, rule)
    if made is None:
        return
    requests = _requests(session, rule)
    now, then = Shelf(session, (rule,)), Shelf(session, (rule,), (row,))
    for record in records_of(session, entity, found, made):
        request = requests.get(record.id)
        on = _day(session, entity, record, request)
        more = entered_values(entity, request) if request is not None else {}
        before, after = (
            _told(session, rule, each.settings(rule, record.branch_id, on), entity, record, more, on)
            for each in (now, then)
        )
        if before != after:
            found.add(Otherwise(record.branch_id, entity.id, record.id, on, before, after))


def records_judged(session: Session, rule: Rule, since: date) -> int:
    """How many records `of_approvals` judges. For `preview.SIZES`."""
    entity = installation().entities[rule.entity] if isinstance(rule, Approval) else None
    made = _made(entity, rule) if entity is not None and isinstance(rule, Approval) else None
    return 0 if entity is None or made is None else how_many(session, records_since(entity, since, made))


def _made(entity: Entity, rule: Approval) -> ColumnElement[bool] | None:
    """The records that made the move, or for which it was asked; None where there is no such move."""
    workflow = workflow_of(entity)
    transition = workflow.transition(rule.transition) if workflow is not None else None
    if workflow is None or transition is None:
        return None
    state = getattr(entity.model, workflow.field)
    return or_(state == transition.to, entity.model.id.in_(_asked_about(rule)))


def _asked_about(rule: Approval) -> Any:
    return select(MoveRequest.record_id).where(
        MoveRequest.entity == rule.entity, MoveRequest.transition == rule.transition
    )


def _requests(session: Session, rule: Approval) -> dict[int, MoveRequest]:
    """The latest request for the move of each record; of the latest ones, as many as are judged again at most."""
    wanted = select(MoveRequest).where(
        MoveRequest.entity == rule.entity, MoveRequest.transition == rule.transition
    )
    latest = session.scalars(wanted.order_by(MoveRequest.id.desc()).limit(MOST)).all()
    return {each.record_id: each for each in reversed(latest)}


def _day(session: Session, entity: Entity, record: Any, request: MoveRequest | None) -> date:
    """The day on which the move was asked for, else the one that the record tells of."""
    if request is None:
        return day_of(session, entity, record, record.branch_id)
    return clock.local(request.asked_at, time_zone(session, record.branch_id)).date()


def _told(
    session: Session,
    rule: Approval,
    settings: Settings,
    entity: Entity,
    record: Any,
    entered: Mapping[str, Any],
    on: date,
) -> str:
    """Who has to say yes, in words."""
    facts = FactsOf(session, entity, record, installation().entities, entered)
    steps = asked_people(rule, settings, facts)
    if not steps:
        return gettext("Nobody is asked")
    first = first_day(session, rule, settings, facts, record.branch_id)
    if first is not None and on < first:
        return gettext("Possible from %(day)s on", day=shown.date(first))
    if rule.in_order:
        return shown.listed(position_words(each) for each in steps)
    who = position_words(steps[0])
    return ngettext("%(num)s person: %(who)s", "%(num)s people: %(who)s", len(steps), who=who)
