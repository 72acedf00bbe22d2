"""Own password, language; adding people and giving them new passwords."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import flash, g, redirect, request, session, url_for
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext, lazy_gettext, refresh
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length, Regexp

from core.data import UserError
from core.data.once import new_key
from core.installation import installation
from core.languages import SUPPORTED
from core.people.access import current_person, require
from core.people.doors import keys, telling
from core.people.doors.log_in import open_browser
from core.people.doors.proof import refused_password
from core.people.known_words import check_password_of
from core.people.passwords import one_time_password
from core.people.rights.reach import demand_person
from core.people.service import USER_NAME, add_person, profile_of, set_password
from core.ui.page import render
from core.ui.shell_form import ShellForm

PERSON = "core.person"
LEFT_BEHIND = "locale_left_behind"
NEW = {"autocomplete": "new-password"}
_filled = DataRequired(lazy_gettext("Fill in this field."))


def safe_next(address: str | None) -> str:
    """`address` when it is a path of this site, else the home page; an open redirect would help phishing."""
    parts = urlsplit(address or "")
    if (
        parts.scheme
        or parts.netloc
        or not (address or "").startswith("/")
        or "\\" in (address or "")
        or (address or "").startswith("//")
        or not (address or "").isprintable()
    ):
        return "/"
    return str(address)


class LanguageView(BaseView):
    """`POST /lang/zh` and `/lang/en`: switch the language and remember it for the person."""

    route_base = "/lang"

    @expose("/<string:locale>", methods=["POST"])
    def choose(self, locale: str) -> Any:
        if locale not in SUPPORTED:
            raise NotFound
        target = safe_next(request.form.get("next"))  # judges the token before anything is kept
        session["locale"] = locale
        session.pop(LEFT_BEHIND, None)
        refresh()
        person = current_person()
        if person is not None:
            database = installation().database.session()
            profile_of(database, person.user_id).locale = locale
            database.commit()
        return redirect(target)


class PasswordForm(ShellForm):
    present = PasswordField(
        lazy_gettext("Present password"), validators=[_filled], render_kw={"autocomplete": "current-password"}
    )
    password = PasswordField(lazy_gettext("New password"), validators=[_filled], render_kw=NEW)
    again = PasswordField(
        lazy_gettext("New password again"),
        validators=[
            _filled,
            EqualTo("password", lazy_gettext("The two new passwords differ. Enter them again.")),
        ],
        render_kw=NEW,
    )
    end_keys = BooleanField(
        lazy_gettext("End my keys for programs too"),
        description=lazy_gettext(
            "The programs that use them stop at once. Do so if somebody may know your password."
        ),
    )


class PasswordView(BaseView):
    """A person's own password."""

    route_base = "/password"

    @expose("/", methods=["GET", "POST"])
    def change(self) -> Any:
        person = current_person()
        if person is None:
            raise Unauthorized
        form = PasswordForm()
        database = installation().database.session()
        if not keys.keys_of(database, person.user_id):
            del form.end_keys
        if form.validate_on_submit():
            user = database.get_one(User, person.user_id)
            if _accepted(form, user, database):
                ended = "end_keys" in form and bool(form.end_keys.data)
                set_password(database, user, form.password.data, end_keys=ended)
                open_browser(user)
                database.commit()
                told = gettext("Your password is changed. Other sessions have ended.")
                if ended:
                    told = gettext("Your password is changed. Other sessions and your keys have ended.")
                flash(told, "success")
                return redirect("/")
        return render("password.html", form=form), 422 if form.errors else 200


def _accepted(form: PasswordForm, user: User, database: Session) -> bool:
    refused = refused_password(user, form.present.data)
    if refused:
        form.present.errors = [refused]
        return False
    if form.password.data == form.present.data:
        form.password.errors = [gettext("The new password is the present one. Choose another.")]
        return False
    try:
        check_password_of(database, user, form.password.data)
    except UserError as error:
        form.password.errors = [str(error)]
        return False
    return True


class PersonForm(ShellForm):
    name = StringField(lazy_gettext("Name"), validators=[_filled, Length(max=64)])
    username = StringField(
        lazy_gettext("User name"),
        description=lazy_gettext("Latin letters, digits, dot, hyphen and underscore."),
        validators=[
            _filled,
            Length(max=64),
            Regexp(USER_NAME, message=lazy_gettext("Use Latin letters, digits, dot, hyphen and underscore.")),
        ],
    )
    email = StringField(lazy_gettext("E-mail address"), validators=[Length(max=320)])
    row_version = HiddenField()
    once = HiddenField()


class PeopleView(BaseView):
    """Screens that the person's description cannot give: adding, one-time passwords, closing."""

    route_base = "/core/people"

    @expose("/new", methods=["GET", "POST"])
    def new(self) -> Any:
        require(PERSON, "add")
        form = PersonForm()
        if form.validate_on_submit():
            database = installation().database.session()
            before = telling.told_before(database)
            if before is not None:
                return before
            password = one_time_password()
            try:
                person = add_person(
                    database,
                    form.username.data,
                    form.name.data,
                    password,
                    email=form.email.data or "",
                    must_change=True,
                )
                telling.remember(database, telling.page_of(person.id))
                database.commit()
            except UserError as error:
                database.rollback()
                form[error.field or "username"].errors = [str(error)]
            else:
                return telling.tell_password(person, password)
        if not form.is_submitted():
            form.once.data = new_key()
        return _form_page(form, gettext("New person"))

    @expose("/<int:id>/password", methods=["POST"])
    def password(self, id: int) -> Any:
        require(PERSON, "edit")
        database = installation().database.session()
        user = database.get(User, id)
        if user is None:
            raise NotFound
        demand_person(user.id)
        before = telling.told_before(database)
        if before is not None:
            return before
        password = one_time_password()
        set_password(database, user, password, must_change=True)
        telling.remember(database, telling.page_of(user.id))
        database.commit()
        return telling.tell_password(user, password)


def _form_page(form: ShellForm, title: str) -> Any:
    context = {
        "entity": installation().entities[PERSON],
        "title": title,
        "form": form,
        "sections": [{"label": "", "fields": ["name", "username", "email"]}],
        "cancel_url": "/core/person/",
    }
    return render("entities/form.html", **context), 422 if form.errors else 200


def demand_new_password() -> Any:
    """Send a person with a one-time password to the page where it is changed; nothing else is open before."""
    person = g.get("zhidu_person")
    if person is None or not person.profile or not person.profile.must_change_password:
        return None
    if request.endpoint in ("PasswordView.change", "LogInView.logout", "LanguageView.choose", "assets.serve"):
        return None
    if request.path.startswith("/api/"):
        raise Unauthorized
    flash(gettext("Choose a password of your own first."), "warning")
    return redirect(url_for("PasswordView.change"))
