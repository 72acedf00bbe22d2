"""Log-in and log-out of people, and the log-in of programs."""

from __future__ import annotations

from typing import Any

from flask import jsonify, make_response, redirect, request, session, url_for
from flask_appbuilder import expose
from flask_appbuilder.security.api import SecurityApi
from flask_appbuilder.security.sqla.models import User
from flask_appbuilder.security.views import AuthDBView
from flask_babel import get_locale, gettext, lazy_gettext
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired

from core.data import UserError
from core.installation import installation
from core.people.access import current_person
from core.people.doors import sessions
from core.people.doors.current import open_session
from core.people.doors.events import note_event
from core.people.doors.log_in import judge, open_browser, open_token, wait_text
from core.people.service import profile_of
from core.people.views import LEFT_BEHIND, safe_next
from core.ui.page import render
from core.ui.shell_form import ShellForm

_filled = DataRequired(lazy_gettext("Fill in this field."))


class LogInForm(ShellForm):
    username = StringField(lazy_gettext("User name"), validators=[_filled])
    password = PasswordField(lazy_gettext("Password"), validators=[_filled])


class LogInView(AuthDBView):
    """The log-in page; Flask-AppBuilder judges name and password."""

    route_base = ""

    @expose("/login/", methods=["GET", "POST"])
    def login(self) -> Any:
        target = safe_next(request.args.get("next"))
        if current_person() is not None:
            return redirect(target)
        form = LogInForm()
        if not form.validate_on_submit():
            return _log_in_page(form, "", 422 if form.errors else 200)
        admission = judge(form.username.data.strip(), form.password.data)
        if admission.wait:
            answer = _log_in_page(form, wait_text(admission.wait), 429)
            answer.headers["Retry-After"] = str(admission.wait)
            return answer
        if admission.user is None:
            wrong = gettext("User name or password is wrong. Check both and try again.")
            return _log_in_page(form, wrong, 401)
        _sign_in(admission.user)
        return redirect(target)

    @expose("/logout/", methods=["POST"])
    def logout(self) -> Any:
        shown, person, opened = str(get_locale()), current_person(), open_session()
        if person is None or opened is None:
            raise Unauthorized
        database = installation().database.session()
        sessions.end(database, person.user_id, opened.id)
        database.commit()
        note_event("logged_out", person.user_id, person.username)
        session.clear()
        # The log-in page stays in this language, but whoever logs in next has one of their own.
        session["locale"], session[LEFT_BEHIND] = shown, True
        return redirect(url_for("LogInView.login"))


def _log_in_page(form: LogInForm, error: str, status: int) -> Response:
    return make_response(render("login.html", form=form, error=error), status)


def _sign_in(user: User) -> None:
    chosen = None if session.get(LEFT_BEHIND) else session.get("locale")
    session.clear()
    if chosen:
        profile_of(installation().database.session(), user.id).locale = chosen
    open_browser(user)
    note_event("logged_in", user.id, user.username)


class TokenApi(SecurityApi):
    """REST log-in: `POST /api/v1/security/login` gives a bearer token.

    Tokens are not renewed: a renewed one would outlive the password that it was given for.
    """

    resource_name = "security"
    exclude_route_methods = {"refresh"}

    @expose("/login", methods=["POST"])
    def login(self) -> Any:
        """Judge `{"username": ..., "password": ..., "provider": "db"}`: 200 with `access_token`, 401, or 429 with
        Retry-After after too many attempts.
        """
        username, password = _credentials()
        admission = judge(username, password)
        if admission.wait:
            answer = jsonify(message=wait_text(admission.wait))
            answer.headers["Retry-After"] = str(admission.wait)
            return answer, 429
        if admission.user is None:
            return jsonify(message=gettext("User name or password is wrong. Check both and try again.")), 401
        token = open_token(admission.user)
        note_event("token_given", admission.user.id, admission.user.username)
        return jsonify(access_token=token)


def _credentials() -> tuple[str, str]:
    body = request.get_json(silent=True)
    given = body if isinstance(body, dict) else {}
    username, password = given.get("username"), given.get("password")
    texts = isinstance(username, str) and isinstance(password, str) and bool(username) and bool(password)
    if not texts or given.get("provider", "db") != "db":
        raise UserError("Send a JSON object with username, password and provider “db”.")
    return str(username).strip(), str(password)
