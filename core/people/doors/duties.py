"""For which positions a second factor is asked for; and nothing else is open to whoever owes one."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement, inspect, or_, select

from core.data import UserError
from core.data.marks import N_
from core.installation import installation
from core.people.access import current_person
from core.people.doors.current import holder
from core.people.doors.models import FactorDuty
from core.people.rights.reach import demand_branch, gives_no_more, reach

_OPEN = ("PasswordView.change", "LogInView.logout", "LanguageView.choose", "assets.serve")


ABOVE = N_("This position may do more than yours. Ask somebody who holds as much.")


def check_duty(duty: FactorDuty) -> None:
    """One entry for a position and branch is enough; and who asks for it, or no longer does, reaches so far."""
    history = inspect(duty).attrs
    branches = {*(history.branch_id.history.deleted or ()), duty.branch_id}
    for position in {*(history.position.history.deleted or ()), duty.position}:
        for branch_id in branches:
            _demand_reach(position, branch_id)
    same = select(FactorDuty.id).where(FactorDuty.position == duty.position, FactorDuty.id != (duty.id or 0))
    in_branch = FactorDuty.branch_id == duty.branch_id if duty.branch_id else FactorDuty.branch_id.is_(None)
    if installation().database.session().scalar(same.where(in_branch).limit(1)) is not None:
        raise UserError("This is asked for already.", field="position", status=409)


def guard_duty(duty: FactorDuty) -> None:
    """Raise UserError unless the current person rules over the position where the duty holds."""
    _demand_reach(duty.position, duty.branch_id)


def _demand_reach(position_id: str, branch_id: int | None) -> None:
    demand_branch(branch_id)
    person, position = current_person(), installation().positions.get(position_id)
    if person is None or position is None or branch_id is None:
        return
    if not gives_no_more(installation().database.session(), person, position, branch_id):
        raise UserError(ABOVE, field="position", status=403)


def reached_duties() -> list[ColumnElement[bool]]:
    """What narrows duties to those that hold within the current person's reach, the company's own among them."""
    person = current_person()
    within = reach(installation().database.session(), person) if person is not None else None
    if within is None:
        return []
    return [or_(FactorDuty.branch_id.is_(None), FactorDuty.branch_id.in_(within))]


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
