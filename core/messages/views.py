"""What people do with messages: send a dead letter again, note what a call brought."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from core.data import UserError, clock
from core.data.marks import N_
from core.entities import service
from core.entities.reading import shown_to_reader, title_for_reader
from core.entities.registry import demand, entity_by_id
from core.history.writing import note
from core.installation import installation
from core.messages.in_app import OUTBOX
from core.messages.kinds import CALL_LIST
from core.messages.models import SENT, WAITING, Outgoing
from core.messages.resending import change_state, send_again
from core.messages.told import message_told
from core.people.access import current_user_id
from core.people.doors.csrf import demand_token
from core.people.doors.refusals import note_error
from core.ui.page import render
from core.ui.shell_form import ShellForm, refuse, status_of

LONGEST = 300
DONE_ALREADY = N_("Somebody has entered the result of this call already.")
SAID_NOTHING = N_("Write what the call brought.")


class CallForm(ShellForm):
    result = TextAreaField(
        lazy_gettext("Result of the call"),
        filters=[lambda text: (text or "").strip()],
        validators=[DataRequired(lazy_gettext(SAID_NOTHING)), Length(max=LONGEST)],
        render_kw={"rows": 3},
    )


class MessageView(BaseView):
    """`/core/message/<id>/...`"""

    route_base = "/core/message"
    default_view = "call"

    @expose("/<int:id>/again", methods=["POST"])
    def again(self, id: int) -> Any:
        """Put a message that was given up into the queue again; the caller knows why it did not go out."""
        entity = entity_by_id(OUTBOX)
        demand(entity, "send")
        service.find(_session(), entity, id)
        demand_token()
        send_again(_session(), id)
        _session().commit()
        flash(gettext("The message will be sent again."), "success")
        return redirect(f"{entity.path}{id}")

    @expose("/<int:id>/call", methods=["GET", "POST"])
    def call(self, id: int) -> Any:
        """What has to be said to whom, and what came of it."""
        entity = entity_by_id(OUTBOX)
        demand(entity, "call")
        row = service.find(_session(), entity, id)
        if row.channel != CALL_LIST:
            return redirect(f"{entity.path}{id}")
        form = CallForm()
        if request.method == "POST":
            demand_token()
            if form.validate() and (done := _called(id, form)):
                return done
        facts = [
            {"label": each.label, "value": shown_to_reader(entity, each.name, getattr(row, each.name))}
            for each in (entity.field(name) for name in ("address", "subject", "body"))
        ]
        page = render(
            "messages/call.html",
            title=gettext("Call: %(thing)s", thing=title_for_reader(entity, row)),
            back_url=f"{entity.path}{id}",
            entity=entity,
            facts=facts,
            form=form,
        )
        return page, status_of(form)


def _called(number: int, form: CallForm) -> Any:
    """Note the result; None where the form says why it was not taken."""
    result = form.result.data
    values = {"state": SENT, "result": result, "sent_at": clock.now(), "done_by": current_user_id()}
    try:
        change_state(_session(), number, (WAITING,), DONE_ALREADY, **values)
    except UserError as error:
        note_error(error)
        _session().rollback()
        refuse(form, error)
        return None
    note(_session(), "message_called", Outgoing.__tablename__, number, why=result)
    message_told(_session(), number)
    _session().commit()
    flash(gettext("Saved."), "success")
    return redirect("/core/outgoing/?f_channel=call_list&f_state=waiting")


def _session() -> Session:
    return installation().database.session()
