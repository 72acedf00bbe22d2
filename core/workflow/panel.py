"""What a record's page shows of its workflow: the buttons of what is allowed, and what waits for approval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import get_template_attribute, url_for
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import select

from core.data import once
from core.entities.registry import allowed
from core.entities.spec import Entity
from core.handbook.own.rules import approved
from core.installation import installation
from core.people.rights.words import names_of
from core.ui import format as shown
from core.workflow.approvals import present_step, rules_about, rules_for, said_of, voice, waiting_of
from core.workflow.forms import is_asking
from core.workflow.kinds import Transition, Workflow
from core.workflow.models import WAITING, MoveRequest
from core.workflow.movers import barred_from
from core.workflow.positions import position_words
from core.workflow.registry import workflow_of
from core.workflow.texts import told
from core.workflow.why import answers_of

MACROS = "macros/workflow.html"


def moves(entity: Entity, record: Any) -> list[dict[str, Any]]:
    """The buttons of a record of the active branch: exactly what its state and the reader's rights allow."""
    return [_button(entity, record, each) for each in offered(entity, record)]


def moves_on_board(entity: Entity, records: Sequence[Any]) -> dict[int, list[dict[str, Any]]]:
    """The same by id for the cards of a board by states: each also says in `to` to which column it leads.

    What waits for approval is asked for once, for all of them.
    """
    workflow = workflow_of(entity)
    if workflow is None or workflow.field != entity.board or not records:
        return {}
    wanted = select(MoveRequest.record_id, MoveRequest.transition).where(
        MoveRequest.entity == entity.id,
        MoveRequest.state == WAITING,
        MoveRequest.record_id.in_([each.id for each in records]),
    )
    waiting = {key: move for key, move in installation().database.session().execute(wanted)}
    return {
        record.id: [
            {**_button(entity, record, each), "to": each.to}
            for each in _mine(entity, workflow, record)
            if each.id != waiting.get(record.id)
        ]
        for record in records
    }


def offered(entity: Entity, record: Any) -> list[Transition]:
    """The moves that the record's state allows and the reader may make, without the one that waits for approval."""
    workflow = workflow_of(entity)
    if workflow is None:
        return []
    session, mine = installation().database.session(), _mine(entity, workflow, record)
    if any(rules_for(entity, each) for each in mine) or entity.id in approved(session):
        request = waiting_of(session, entity, record.id)
        return [each for each in mine if request is None or each.id != request.transition]
    return mine


def _mine(entity: Entity, workflow: Workflow, record: Any) -> list[Transition]:
    session = installation().database.session()
    return [
        each
        for each in workflow.by_hand(getattr(record, workflow.field))
        if allowed(entity, each.right) and not barred_from(session, entity, record, each)
    ]


def move_url(entity: Entity, record_id: int, transition: str) -> str:
    return url_for(
        "WorkflowView.move", plugin=entity.plugin, name=entity.name, id=record_id, transition=transition
    )


def _button(entity: Entity, record: Any, each: Transition) -> dict[str, Any]:
    asks = is_asking(each)
    return {
        "label": told(each.label),
        "url": move_url(entity, record.id, each.id),
        "icon": each.icon,
        "primary": each.primary,
        "danger": each.danger,
        "method": "GET" if asks else "POST",
        "confirm": "" if asks else told(each.confirm),
        "once": "" if asks else once.new_key(),
    }


def moves_panel(entity: Entity, record: Any) -> Markup:
    """Where the record stands in its workflow, and which approvals it waits for; nothing without a workflow."""
    workflow = workflow_of(entity)
    if workflow is None:
        return Markup()
    url = url_for("WorkflowView.diagram", plugin=entity.plugin, name=entity.name, record=record.id)
    links = [{"label": gettext("How it moves"), "url": url, "icon": "route"}]
    return _drawn("panel", links, _waiting(entity, record), _answers(entity, record))


def _answers(entity: Entity, record: Any) -> list[dict[str, Any]]:
    """What was said of moves of the record, with the way to why anybody was asked."""
    session = installation().database.session()
    if not rules_about(entity) and entity.id not in approved(session):
        return []
    found = answers_of(session, entity, record.id)
    names = names_of(session, {each.user_id for each in found})
    return [
        {
            "yes": each.yes,
            "who": names.get(each.user_id, shown.DASH),
            "at": each.at,
            "url": f"/core/handbook/why/approval/{each.id}" if each.basis_id else "",
        }
        for each in found
    ]


def _waiting(entity: Entity, record: Any) -> dict[str, Any] | None:
    session, workflow = installation().database.session(), workflow_of(entity)
    request = waiting_of(session, entity, record.id)
    if request is None or workflow is None:
        return None
    said = said_of(session, [request])[request.id]
    names = names_of(session, {each.user_id for each in said} | {request.asked_by or 0})
    transition = workflow.transition(request.transition)
    return {
        "move": told(transition.label) if transition is not None else request.transition,
        "asked_by": names.get(request.asked_by or 0, shown.DASH),
        "asked_at": request.asked_at,
        "said": [
            {"who": names.get(each.user_id, shown.DASH), "at": each.at, "why": each.why} for each in said
        ],
        "positions": position_words(present_step(request)["positions"]),
        "step": request.said + 1,
        "steps": request.steps,
        "url": url_for("ApprovalView.one", id=request.id) if voice(request, said) is not None else "",
    }


def _drawn(macro: str, *given: Any) -> Markup:
    return Markup(get_template_attribute(MACROS, macro)(*given))  # noqa: S704 - Jinja escapes
