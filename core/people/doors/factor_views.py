"""A person's own second factor: set up, new recovery codes, taken away."""

from __future__ import annotations

from typing import Any

import segno
from flask import flash, redirect, url_for
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import NotFound
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired

from core.data import UserError
from core.installation import installation
from core.people.doors import factors
from core.people.doors.account import signed_in
from core.people.doors.events import note_event
from core.people.doors.models import SecondFactor
from core.people.doors.proof import refused_password
from core.people.doors.sessions import is_asked_for
from core.ui.page import render
from core.ui.shell_form import ShellForm

OFF = "off-"
_filled = DataRequired(lazy_gettext("Fill in this field."))


class ProofForm(ShellForm):
    present = PasswordField(
        lazy_gettext("Present password"), validators=[_filled], render_kw={"autocomplete": "current-password"}
    )


class ConfirmForm(ShellForm):
    code = StringField(
        lazy_gettext("One-time code"),
        description=lazy_gettext("The six digits that your authenticator app shows now."),
        validators=[_filled],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class FactorView(BaseView):
    """`/account/second-factor/`: every change needs the present password, setting up the app's code too."""

    route_base = "/account/second-factor"
    default_view = "page"

    @expose("/", methods=["GET"])
    def page(self) -> Any:
        return _page(_user(), ProofForm(), ConfirmForm())

    @expose("/start", methods=["POST"])
    def start(self) -> Any:
        user, form = _user(), ProofForm()
        if not _proved(form, user):
            return _page(user, form, ConfirmForm(), 422)
        factors.start(_session(), user.id)
        _session().commit()
        return redirect(url_for("FactorView.page"))

    @expose("/confirm", methods=["POST"])
    def confirm(self) -> Any:
        user, form = _user(), ConfirmForm()
        factor = factors.factor_of(_session(), user.id)
        if factor is None or factor.confirmed_at is not None:
            raise NotFound
        codes = factors.confirm(_session(), factor, form.code.data) if form.validate_on_submit() else None
        if codes is None:
            _session().rollback()
            if not form.errors:
                form.code.errors = [gettext("This code is wrong. Look whether the phone's clock is right.")]
            return _page(user, ProofForm(), form, 422)
        note_event(_session(), "second_factor_set_up", user.id)
        _session().commit()
        return render("doors/recovery.html", codes=codes)

    @expose("/codes", methods=["POST"])
    def codes(self) -> Any:
        user, form = _user(), ProofForm()
        if not factors.is_enrolled(_session(), user.id):
            raise NotFound
        if not _proved(form, user):
            return _page(user, form, ConfirmForm(), 422)
        codes = factors.new_recovery_codes(_session(), user.id)
        note_event(_session(), "recovery_codes_made", user.id)
        _session().commit()
        return render("doors/recovery.html", codes=codes)

    @expose("/off", methods=["POST"])
    def off(self) -> Any:
        user, form = _user(), ProofForm(prefix=OFF)
        if is_asked_for(_session(), user.id):
            raise UserError("Your position asks for a second factor, so it stays.", status=409)
        if not _proved(form, user):
            return _page(user, ProofForm(), ConfirmForm(), 422, form)
        factors.remove(_session(), user.id)
        note_event(_session(), "second_factor_off", user.id)
        _session().commit()
        flash(gettext("Your log-in needs no second factor any more."), "success")
        return redirect(url_for("AccountView.overview"))


def _page(
    user: User,
    proof: ShellForm,
    confirming: ShellForm,
    status: int = 200,
    off: ShellForm | None = None,
) -> Any:
    factor = factors.factor_of(_session(), user.id)
    enrolled = factor is not None and factor.confirmed_at is not None
    context = {
        "enrolled": enrolled,
        "left": factors.recovery_codes_left(_session(), user.id) if enrolled else 0,
        "asked_for": is_asked_for(_session(), user.id),
        "proof": proof,
        "off": (off or ProofForm(prefix=OFF)).present,
        "confirming": confirming,
        "picture": _picture(factor, user) if factor is not None and not enrolled else "",
        "secret": _in_fours(factors.secret_of(factor)) if factor is not None and not enrolled else "",
    }
    return render("doors/second_factor.html", **context), status


def _picture(factor: SecondFactor, user: User) -> str:
    """The QR code as an image that is part of the page: nobody else is asked for it."""
    code = segno.make(factors.address_of(factor, user.username), micro=False)
    return str(code.svg_data_uri(scale=4, border=4, light="#ffffff"))


def _in_fours(text: str) -> str:
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _proved(form: ShellForm, user: User) -> bool:
    if not form.validate_on_submit():
        return False
    refused = refused_password(user, form.present.data)
    if refused:
        form.present.errors = [refused]
    return not refused


def _user() -> User:
    return _session().get_one(User, signed_in().user_id)


def _session() -> Any:
    return installation().database.session()
