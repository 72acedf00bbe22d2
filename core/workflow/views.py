"""The screens of workflows: a move with its form, and the drawing of the whole."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import UserError, once
from core.entities import service
from core.entities.lists.asked import asked_for
from core.entities.reading import title_for_reader
from core.entities.registry import demand, entity_of
from core.entities.spec import Entity
from core.installation import installation
from core.people.access import current_user_id
from core.people.doors.csrf import demand_token
from core.people.doors.refusals import note_error
from core.ui.notices import tell
from core.ui.page import render
from core.ui.refused import told_refusal
from core.ui.shell_form import ShellForm, refuse, status_of
from core.workflow.diagram import drawn
from core.workflow.forms import entered, form_for_move, is_asking, witness_names, witnessed
from core.workflow.kinds import Transition
from core.workflow.moving import move
from core.workflow.registry import workflow_of
from core.workflow.service import IllegalMoveError, demand_legal, found_by_hand
from core.workflow.shown import columns, rows
from core.workflow.texts import told


class WorkflowView(BaseView):
    """`/core/workflow/<plugin>/<name>/`: how records of an entity move."""

    route_base = "/core/workflow"
    default_view = "diagram"

    @expose("/<string:plugin>/<string:name>/", methods=["GET"])
    def diagram(self, plugin: str, name: str) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "see")
        workflow = workflow_of(entity)
        if workflow is None:
            raise NotFound
        number = request.args.get("record", "")
        record = service.find(_session(), entity, int(number)) if number.isdecimal() else None
        state = getattr(record, workflow.field) if record is not None else ""
        return render(
            "workflow/diagram.html",
            title=gettext("How it moves: %(things)s", things=str(entity.label_plural)),
            entity=entity,
            back_url=f"{entity.path}{record.id}" if record is not None else entity.path,
            back_label=title_for_reader(entity, record) if record is not None else entity.label_plural,
            plan=drawn(workflow, state),
            here=told(workflow.state(state).label) if state else "",
            columns=columns(),
            rows=rows(entity, workflow),
        )

    @expose("/<string:plugin>/<string:name>/<int:id>/<string:transition>", methods=["GET", "POST"])
    def move(self, plugin: str, name: str, id: int, transition: str) -> Any:
        """The form of what a move asks for; sent, the move itself."""
        entity = entity_of(plugin, name)
        workflow, asked = found_by_hand(entity, transition)
        demand(entity, asked.right)
        record = service.find(_session(), entity, id)
        if request.method == "POST":
            demand_token()
            before = _before()
            if before is not None:
                return redirect(before)
        try:
            demand_legal(workflow, asked, record)
        except IllegalMoveError as error:
            note_error(error)
            tell(told_refusal(error), "danger")
            return redirect(_back(entity, id))
        if request.method == "GET" and not is_asking(asked):
            return redirect(_back(entity, id))
        return _moved(entity, record, asked)


def _moved(entity: Entity, record: Any, asked: Transition) -> Any:
    session, url = _session(), _back(entity, record.id)
    form = form_for_move(session, entity, record, asked, csrf=True)
    if request.method == "POST" and form.validate():
        try:
            if is_asking(asked):
                service.check_version(record, form)
            waits = move(
                session,
                entity,
                record,
                asked.id,
                entered(entity, asked, form),
                witnessed(asked, form),
                current_user_id(),
            )
            once.remember(session, once.known_key(form.once.data), current_user_id() or 0, url)
            session.commit()
        except UserError as error:
            note_error(error)
            session.rollback()
            before = _before()
            if before is not None:
                return redirect(before)
            if not is_asking(asked) or isinstance(error, IllegalMoveError):
                tell(told_refusal(error), "danger")
                return redirect(url)
            refuse(form, error)
        else:
            done = gettext("Asked for approval.") if waits is not None else told(asked.label)
            tell(done if waits is not None else gettext("Done: %(move)s.", move=done))
            return redirect(url)
    if not form.is_submitted():
        form.once.data, form.row_version.data = once.new_key(), str(record.row_version)
    return _form_page(entity, record, asked, form)


def _back(entity: Entity, record_id: int) -> str:
    """Where the move was asked for: the list whose address came with it, else the record."""
    if "address" not in request.values:
        return f"{entity.path}{record_id}"
    return asked_for(_session(), entity, dict(parse_qsl(request.values["address"])) or {"q": ""}).address()


def _form_page(entity: Entity, record: Any, asked: Transition, form: ShellForm) -> Any:
    names = [*asked.entered, *witness_names(asked)]
    clause = asked.clause
    help_text = f"{told(clause.document)} {clause.heading}: {told(clause.says)}" if clause is not None else ""
    page = render(
        "entities/form.html",
        entity=entity,
        title=told(asked.label),
        record_title=title_for_reader(entity, record),
        form=form,
        sections=[{"label": "", "help": help_text, "fields": names}],
        cancel_url=_back(entity, record.id),
        back_label=entity.label,
        save_label=told(asked.label),
        save_icon=asked.icon,
    )
    return page, status_of(form)


def _before() -> str | None:
    """Where an equal form led that was sent before."""
    key = once.known_key(request.form.get("once"))
    return once.earlier_result(_session(), key, current_user_id() or 0)


def _session() -> Session:
    return installation().database.session()
