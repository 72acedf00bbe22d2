"""`/core/obligation/<id>/close` and `/waive`: how an obligation ends by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import UserError
from core.entities import service
from core.entities.registry import demand, entity_by_id
from core.entities.spanning import is_own
from core.installation import installation
from core.people.access import current_user_id
from core.ui.page import render
from core.ui.shell_form import ShellForm
from core.worklist.closing import close, is_closable, is_open, waive
from core.worklist.forms import CloseForm, WaiveForm
from core.worklist.granting import ENTITY
from core.worklist.models import Obligation
from core.worklist.shown import rule_title, subject_of


class ObligationView(BaseView):
    """Ending an obligation by hand. Rights are judged first, then the row, then what was sent."""

    route_base = "/core/obligation"

    @expose("/<int:id>/close", methods=["GET", "POST"])
    def close(self, id: int) -> Any:
        record = _found(id, "close")
        words = {"title": gettext("Mark as done"), "button": gettext("Mark as done"), "button_icon": "check"}
        return _ended(record, CloseForm(), close, is_closable(record), gettext("Closed."), words)

    @expose("/<int:id>/waive", methods=["GET", "POST"])
    def waive(self, id: int) -> Any:
        record = _found(id, "waive")
        words = {"title": gettext("Waive"), "button": gettext("Waive"), "button_icon": "ban"}
        return _ended(record, WaiveForm(), waive, is_open(record), gettext("Waived."), words)


def _found(id: int, right: str) -> Obligation:
    entity = entity_by_id(ENTITY)
    demand(entity, right)
    record = service.find(_session(), entity, id)
    if not is_own(record):
        raise NotFound
    found: Obligation = record
    return found


def _ended(
    record: Obligation,
    form: ShellForm,
    end: Callable[[Session, Obligation, str, int | None], None],
    may_end: bool,
    done: str,
    words: dict[str, str],
) -> Any:
    page = f"/core/obligation/{record.id}"
    if not may_end:
        flash(gettext("This cannot be done as it stands now."), "warning")
        return redirect(page)
    if form.validate_on_submit():
        try:
            end(_session(), record, form["note"].data or "", current_user_id())
            _session().commit()
        except UserError as error:
            _session().rollback()
            form["note"].errors = [str(error)]
        else:
            flash(done, "success")
            return redirect(page)
    about = f"{rule_title(record.rule)} · {subject_of(record)}"
    answer = render("worklist/end.html", form=form, about=about, cancel_url=page, **words)
    return answer, 422 if form.errors else 200


def _session() -> Session:
    return installation().database.session()
