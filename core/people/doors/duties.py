"""For which positions a second factor is asked for; and nothing else is open to whoever owes one."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from sqlalchemy import select

from core.data import UserError
from core.installation import installation
from core.people.doors.current import holder
from core.people.doors.models import FactorDuty

_OPEN = ("PasswordView.change", "LogInView.logout", "LanguageView.choose", "assets.serve")


def check_duty(duty: FactorDuty) -> None:
    """One entry for a position and branch is enough."""
    same = select(FactorDuty.id).where(FactorDuty.position == duty.position, FactorDuty.id != (duty.id or 0))
    in_branch = FactorDuty.branch_id == duty.branch_id if duty.branch_id else FactorDuty.branch_id.is_(None)
    if installation().database.session().scalar(same.where(in_branch).limit(1)) is not None:
        raise UserError("This is asked for already.", field="position", status=409)


def demand_second_factor() -> Any:
    """Before each request: whoever owes a second factor is led to where it is set up."""
    found = holder()
    if found is None or not found.owes_factor:
        return None
    if request.endpoint in _OPEN or (request.endpoint or "").startswith("FactorView."):
        return None
    if request.path.startswith("/api/"):
        text = gettext("Your position asks for a second factor. Log in with a browser and set it up first.")
        return jsonify(message=text, second_factor=True), 401
    flash(gettext("Your position asks for a second factor. Set it up first."), "warning")
    return redirect(url_for("FactorView.page"))
