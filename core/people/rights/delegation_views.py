"""A person's own delegations: what they handed to colleagues, and what was handed to them."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import Unauthorized
from wtforms import SelectField
from wtforms.validators import InputRequired

from core.data import UserError, clock
from core.installation import installation
from core.people.access import Person, current_person
from core.people.models import Appointment
from core.people.rights.colleagues import colleagues
from core.people.rights.delegating import delegate, delegated_by, delegated_to, end, own_positions
from core.people.rights.forms import as_id
from core.people.rights.holding import name_of
from core.people.rights.words import names_of
from core.ui import format as shown
from core.ui.day_field import DayField
from core.ui.notices import back_to, tell
from core.ui.page import render
from core.ui.shell_form import ShellForm, options

_FILLED = lazy_gettext("Fill in this field.")


class DelegationForm(ShellForm):
    position = SelectField(
        lazy_gettext("Position"),
        validators=[InputRequired(_FILLED)],
        invalid_choice_message=lazy_gettext("Choose one of the options."),
    )
    to = SelectField(
        lazy_gettext("Colleague"),
        coerce=as_id,
        validate_choice=False,
        render_kw={"data-picker-url": "/core/delegations/colleagues"},
    )
    first = DayField(lazy_gettext("First day"), validators=[InputRequired(_FILLED)])
    last = DayField(lazy_gettext("Last day"), validators=[InputRequired(_FILLED)])


class DelegationView(BaseView):
    """`/core/delegations/`."""

    route_base = "/core/delegations"
    default_view = "overview"

    @expose("/", methods=["GET", "POST"])
    def overview(self) -> Any:
        """Both lists, and the form to hand a position over."""
        person = signed_in()
        form = _form(person)
        if form.validate_on_submit() and _delegated(person, form):
            return redirect("/core/delegations/")
        given, received = delegated_by(_session(), person.user_id), delegated_to(_session(), person.user_id)
        names = names_of(_session(), {each.acting_for_id or 0 for each in (*given, *received)})
        context = {
            "form": form if own_positions(person) else None,
            "given": [_row(each, name_of(each.user)) for each in given],
            "received": [_row(each, names.get(each.acting_for_id or 0, shown.DASH)) for each in received],
        }
        return render("rights/delegations.html", **context), 422 if form.errors or form.form_errors else 200

    @expose("/colleagues", methods=["GET"])
    def colleagues(self) -> Any:
        """A few people of the active branch whose names hold `q`, as the control wants them; with `all` oneself too."""
        person = signed_in()
        but = 0 if request.args.get("all") else person.user_id
        search = request.args.get("q", "").replace("\x00", "").strip()[:60]
        found = colleagues(_session(), person.branch, but, search) if person.branch else []
        results = [{"id": str(each.id), "label": name_of(each), "hint": each.username} for each in found]
        return jsonify(results=results)

    @expose("/<int:id>/end", methods=["POST"])
    def end(self, id: int) -> Any:
        """End a delegation at once."""
        person = signed_in()
        end(_session(), person, id)
        _session().commit()
        tell(gettext("The delegation has ended."))
        return redirect(back_to("/core/delegations/"))


def _form(person: Person) -> DelegationForm:
    today = clock.today(person.branch.time_zone) if person.branch else clock.today()
    form = DelegationForm(data={"first": today, "last": today})
    offered = [(str(each.appointment.id), str(each.position.label)) for each in own_positions(person)]
    form.position.choices = options(offered)
    chosen = form.to.data and person.branch
    found = colleagues(_session(), person.branch, person.user_id, person_id=form.to.data) if chosen else []  # type: ignore[arg-type]
    form.to.choices = options([("", ""), *((str(each.id), name_of(each)) for each in found)])
    return form


def _delegated(person: Person, form: DelegationForm) -> bool:
    try:
        delegate(_session(), person, int(form.position.data), form.to.data, form.first.data, form.last.data)
        _session().commit()
    except UserError as error:
        _session().rollback()
        form[error.field or "position"].errors = [str(error)]
        return False
    flash(gettext("Delegated. Your colleague acts for you from the first day to the last."), "success")
    return True


def _row(each: Appointment, name: str) -> dict[str, Any]:
    position = installation().positions.get(each.position)
    return {
        "name": name,
        "position": str(position.label) if position else each.position,
        "branch": str(each.branch),
        "first": shown.date(each.valid_from),
        "last": shown.date(each.valid_to),
        "end_url": f"/core/delegations/{each.id}/end",
    }


def signed_in() -> Person:
    person = current_person()
    if person is None:
        raise Unauthorized
    return person


def _session() -> Session:
    return installation().database.session()
