"""A person's own keys for programs."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext, lazy_gettext, ngettext
from werkzeug.exceptions import NotFound
from wtforms import HiddenField, PasswordField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length

from core.data.once import new_key
from core.installation import installation
from core.people.access import may
from core.people.doors import keys, telling
from core.people.doors.account import signed_in
from core.people.doors.events import note_event
from core.people.doors.proof import refused_password
from core.ui.notices import back_to, tell
from core.ui.page import render
from core.ui.shell_form import ShellForm, options

READ, CHOSEN = keys.READ, "chosen"
_filled = DataRequired(lazy_gettext("Fill in this field."))
ACTIONS = {
    "see": lazy_gettext("See"),
    "add": lazy_gettext("Add"),
    "edit": lazy_gettext("Edit"),
    "delete": lazy_gettext("Delete"),
}
"""What REST does, and so what a key can be given."""


class KeyForm(ShellForm):
    label = StringField(
        lazy_gettext("What for"),
        description=lazy_gettext("The program that gets the key, for example the nightly report."),
        validators=[_filled, Length(max=80)],
    )
    days = SelectField(lazy_gettext("Valid for"))
    reach = RadioField(lazy_gettext("Reach of the key"), default=READ)
    scopes = SelectMultipleField(validate_choice=True)
    present = PasswordField(
        lazy_gettext("Present password"), validators=[_filled], render_kw={"autocomplete": "current-password"}
    )
    once = HiddenField()


class KeyView(BaseView):
    """`/account/keys/`: a key is shown once, when it is made."""

    route_base = "/account/keys"
    default_view = "new"

    @expose("/new", methods=["GET", "POST"])
    def new(self) -> Any:
        person, form = signed_in(), _form()
        if form.is_submitted():
            before = telling.told_before(installation().database.session())
            if before is not None:
                return before
        else:
            form.once.data = new_key()
        if form.validate_on_submit() and _chosen(form) and _proved(form, person.user_id):
            database = installation().database.session()
            made = keys.make(
                database, person.user_id, form.label.data.strip(), _chosen(form), int(form.days.data)
            )
            note_event(database, "key_made", person.user_id)
            telling.remember(database, url_for("AccountView.overview"))
            database.commit()
            return render("doors/key_made.html", label=made[0].label, key=made[1], ends_at=made[0].ends_at)
        if form.is_submitted() and not _chosen(form):
            form.reach.errors = [gettext("Choose at least one thing that the key may do.")]
        context = {"form": form, "entities": _choices(), "ticked": set(form.scopes.data or ())}
        return render("doors/key_form.html", **context), 422 if form.errors else 200

    @expose("/<int:id>/end", methods=["POST"])
    def end(self, id: int) -> Any:
        person, database = signed_in(), installation().database.session()
        if not keys.end(database, person.user_id, id):
            raise NotFound
        note_event(database, "key_ended", person.user_id)
        database.commit()
        tell(gettext("The key has ended."))
        return redirect(back_to(url_for("AccountView.overview")))


def _proved(form: KeyForm, user_id: int) -> bool:
    refused = refused_password(installation().database.session().get_one(User, user_id), form.present.data)
    if refused:
        form.present.errors = [refused]
    return not refused


def _form() -> KeyForm:
    form = KeyForm()
    form.days.choices = options(
        [(str(each), ngettext("%(num)s day", "%(num)s days", each)) for each in keys.DAYS]
    )
    everything = lazy_gettext("Read only: whatever I may see")
    form.reach.choices = options([(READ, everything), (CHOSEN, lazy_gettext("Only what is ticked below"))])
    form.scopes.choices = [(each["value"], "") for row in _choices() for each in row["actions"]]
    return form


def _chosen(form: KeyForm) -> list[str]:
    return [READ] if form.reach.data == READ else list(form.scopes.data or ())


def _choices() -> list[dict[str, Any]]:
    """What the person may do in the active branch, entity by entity: a key is never given more."""
    rows = []
    for entity in installation().entities.values():
        actions = [
            {"value": f"{entity.id}:{action}", "label": ACTIONS[action]}
            for action in entity.rights
            if action in ACTIONS and may(entity.id, action)
        ]
        if actions:
            rows.append({"label": entity.label_plural, "actions": actions})
    return rows
