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
from core.history.models import LOG_IN, LOG_OUT
from core.installation import installation
from core.people.access import current_person
from core.people.doors import sessions
from core.people.doors.csrf import demand_token
from core.people.doors.current import open_session
from core.people.doors.events import note_event
from core.people.doors.factors import is_enrolled
from core.people.doors.log_in import judge, open_browser, open_pending, open_token, pending, wait_text
from core.people.doors.proof import refused_code
from core.people.service import profile_of
from core.people.views import LEFT_BEHIND, safe_next
from core.ui.page import render
from core.ui.shell_form import ShellForm

_filled = DataRequired(lazy_gettext("Fill in this field."))


class LogInForm(ShellForm):
    username = StringField(lazy_gettext("User name"), validators=[_filled])
    password = PasswordField(lazy_gettext("Password"), validators=[_filled])


class CodeForm(ShellForm):
    code = StringField(
        lazy_gettext("One-time code"),
        description=lazy_gettext("The six digits that your authenticator app shows, or a recovery code."),
        validators=[_filled],
        render_kw={"autocomplete": "one-time-code"},
    )


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
        return _go_on(admission.user, target)

    @expose("/login/code/", methods=["GET", "POST"])
    def code(self) -> Any:
        """The second step, for a browser that knew the password a moment ago."""
        target, visitor, form = safe_next(request.args.get("next")), pending(), CodeForm()
        if visitor is None:
            return redirect(url_for("LogInView.login", next=target))
        error, wait = "", 0
        if form.validate_on_submit():
            database = installation().database.session()
            error, wait = refused_code(database, visitor.user, form.code.data)
            if not error:
                sessions.end(database, visitor.user.id, visitor.session.id)
                _sign_in(visitor.user)
                return redirect(target)
        status = 429 if wait else 401 if error else 422 if form.errors else 200
        answer = make_response(render("doors/code.html", form=form, error=error), status)
        if wait:
            answer.headers["Retry-After"] = str(wait)
        return answer

    @expose("/logout/", methods=["POST"])
    def logout(self) -> Any:
        shown, person, opened = str(get_locale()), current_person(), open_session()
        if person is None or opened is None:
            raise Unauthorized
        demand_token()  # before the cookie is touched
        database = installation().database.session()
        sessions.end(database, person.user_id, opened.id)
        note_event(database, LOG_OUT, person.user_id)
        database.commit()
        session.clear()
        # The log-in page stays in this language, but whoever logs in next has one of their own.
        session["locale"], session[LEFT_BEHIND] = shown, True
        answer = redirect(url_for("LogInView.login"))
        # Not "storage", in which the browser keeps the chosen theme, nor "cookies", which hold the language.
        answer.headers["Clear-Site-Data"] = '"cache"'
        return answer


def _log_in_page(form: LogInForm, error: str, status: int) -> Response:
    can_mail = bool(installation().settings.smtp_url)
    return make_response(render("login.html", form=form, error=error, can_mail=can_mail), status)


def _go_on(user: User, target: str) -> Response:
    """In, or to the page that asks for the code."""
    if not is_enrolled(installation().database.session(), user.id):
        _sign_in(user)
        return redirect(target)
    open_pending(user)
    installation().database.session().commit()
    return redirect(url_for("LogInView.code", next=target))


def _sign_in(user: User) -> None:
    chosen = None if session.get(LEFT_BEHIND) else session.get("locale")
    session.clear()
    database = installation().database.session()
    if chosen:
        profile_of(database, user.id).locale = chosen
    open_browser(user)
    note_event(database, LOG_IN, user.id)
    database.commit()


class TokenApi(SecurityApi):
    """REST log-in: `POST /api/v1/security/login` gives a bearer token.

    Tokens are not renewed: a renewed one would outlive the password that it was given for.
    """

    resource_name = "security"
    exclude_route_methods = {"refresh"}

    @expose("/login", methods=["POST"])
    def login(self) -> Any:
        """Judge `{"username": ..., "password": ..., "provider": "db"}`, with `code` for who has a second factor.

        200 with `access_token`; 401, saying `second_factor` when only the code is missing; 429 with Retry-After after
        too many attempts.
        """
        username, password, code = _credentials()
        admission = judge(username, password)
        if admission.wait:
            return _hold_off(wait_text(admission.wait), admission.wait)
        if admission.user is None:
            return jsonify(message=gettext("User name or password is wrong. Check both and try again.")), 401
        database = installation().database.session()
        if is_enrolled(database, admission.user.id):
            if not code:
                text = gettext("Send the code of your second factor as well, as “code”.")
                return jsonify(message=text, second_factor=True), 401
            error, wait = refused_code(database, admission.user, code)
            if wait:
                return _hold_off(error, wait)
            if error:
                return jsonify(message=error, second_factor=True), 401
        token = open_token(admission.user)
        note_event(database, "token_given", admission.user.id)
        database.commit()
        return jsonify(access_token=token)


def _hold_off(text: str, wait: int) -> tuple[Response, int]:
    answer = jsonify(message=text)
    answer.headers["Retry-After"] = str(wait)
    return answer, 429


def _credentials() -> tuple[str, str, str]:
    body = request.get_json(silent=True)
    given = body if isinstance(body, dict) else {}
    username, password = given.get("username"), given.get("password")
    texts = isinstance(username, str) and isinstance(password, str) and bool(username) and bool(password)
    if not texts or given.get("provider", "db") != "db":
        raise UserError("Send a JSON object with username, password and provider “db”.")
    code = given.get("code")
    return str(username).strip(), str(password), code if isinstance(code, str) else ""
