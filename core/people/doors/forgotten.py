"""The pages of a forgotten password, for whoever is not logged in."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, make_response, redirect, request, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import NotFound
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from core.data import UserError
from core.installation import installation
from core.people.doors import attempts, links, mail
from core.people.doors.log_in import account_of, network_here, wait_text
from core.people.known_words import check_password_of
from core.ui.page import render
from core.ui.shell_form import ShellForm

_filled = DataRequired(lazy_gettext("Fill in this field."))
_NEW = {"autocomplete": "new-password"}


class ForgottenForm(ShellForm):
    name = StringField(
        lazy_gettext("User name or e-mail address"),
        validators=[_filled, Length(max=320)],
        render_kw={"autocomplete": "username"},
    )


class NewPasswordForm(ShellForm):
    password = PasswordField(lazy_gettext("New password"), validators=[_filled], render_kw=_NEW)
    again = PasswordField(
        lazy_gettext("New password again"),
        validators=[
            _filled,
            EqualTo("password", lazy_gettext("The two new passwords differ. Enter them again.")),
        ],
        render_kw=_NEW,
    )


class ForgottenView(BaseView):
    """`/forgotten/` sends a link where mail is set up; `/reset/...` takes the new password of one."""

    route_base = ""
    default_view = "ask"

    @expose("/forgotten/", methods=["GET", "POST"])
    def ask(self) -> Any:
        if not installation().settings.smtp_url:
            raise NotFound
        form = ForgottenForm()
        if not form.validate_on_submit():
            return render("doors/forgotten.html", form=form, error=""), 422 if form.errors else 200
        name = form.name.data
        here, asked = (attempts.FORGOTTEN_FROM, network_here()), (attempts.FORGOTTEN, account_of(name))
        wait = attempts.knock(installation().database.engine, here, asked)
        if wait:
            answer = make_response(render("doors/forgotten.html", form=form, error=wait_text(wait)), 429)
            answer.headers["Retry-After"] = str(wait)
            return answer
        application: Any = current_app
        origin = request.remote_addr or ""
        mail.beside(application._get_current_object(), lambda: links.send_link(name, origin))
        text = gettext(
            "If there is such an account with an e-mail address, a letter with a link is on its way."
        )
        flash(text, "success")
        return redirect(url_for("LogInView.login"))

    @expose("/reset/<string:token>", methods=["GET", "POST"])
    def reset(self, token: str) -> Any:
        database = installation().database.session()
        user = links.person_of(database, token)
        if user is None:
            gone = gettext("This link was used already or is too old. Ask for a new one.")
            return render("doors/link_gone.html", text=gone), 404
        form = NewPasswordForm()
        if form.validate_on_submit() and _is_good(form, user):
            if links.use(database, token, user, form.password.data):
                flash(gettext("Your password is changed. Log in with it."), "success")
            return redirect(url_for("LogInView.login"))
        return render("doors/reset.html", form=form, username=user.username), 422 if form.errors else 200


def _is_good(form: NewPasswordForm, user: Any) -> bool:
    try:
        check_password_of(installation().database.session(), user, form.password.data)
    except UserError as error:
        form.password.errors = [str(error)]
        return False
    return True
