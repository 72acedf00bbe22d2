"""What the core says of people through the hooks: persons, appointments, the administrator, log-in screens."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import lazy_gettext as _
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from core.branches.models import HEAD_OFFICE, Branch
from core.data import UserError, clock
from core.data.marks import N_
from core.entities.spec import Action, Entity, Field, Related, Section
from core.hooks import hookimpl
from core.installation import installation
from core.people.access import current_user_id
from core.people.models import Appointment
from core.people.positions import Position
from core.people.service import ADMINISTRATOR, administrators_without, check_email

NOBODY_LEFT = N_(
    "This would leave nobody who administers the head office. Appoint another administrator first."
)


@hookimpl
def positions() -> list[Position]:
    return [Position(ADMINISTRATOR, _("Head office administrator"), everything=True)]


@hookimpl
def views() -> list[type[Any]]:
    from core.people.views import LanguageView, PasswordView, PeopleView

    return [LanguageView, PasswordView, PeopleView]


@hookimpl
def entities() -> list[Entity]:
    return [_person(), _appointment()]


def _person() -> Entity:
    return Entity(
        id="core.person",
        model=User,
        label=_("Person"),
        label_plural=_("People"),
        fields=(
            Field("last_name", _("Name"), required=True),
            Field("username", _("User name"), readonly=True),
            Field("email", _("E-mail address"), required=True),
            Field("active", _("May log in"), filterable=True, default=lambda: True),
            Field("last_login", _("Last log-in"), kind="text", readonly=True, value=_last_login),
        ),
        title="last_name",
        list_columns=("username", "last_name", "active", "last_login"),
        search=("username", "last_name", "email"),
        order=("username",),
        rights=("see", "add", "edit", "export"),
        related=(Related("core.appointment", "user_id"),),
        actions=(
            Action(
                "password",
                _("New password"),
                "PeopleView.password",
                "edit",
                icon="key",
                method="POST",
                confirm=_("Give this person a new one-time password? The present one ends at once."),
            ),
        ),
        natural_key=("email",),
        icon="users",
        form_endpoint="PeopleView.new",
        check=check_person,
    )


def _last_login(user: User) -> str | None:
    from core.ui.format import datetime as shown

    return shown(user.last_login.astimezone()) if user.last_login else None


def _appointment() -> Entity:
    return Entity(
        id="core.appointment",
        model=Appointment,
        label=_("Appointment"),
        label_plural=_("Appointments"),
        fields=(
            Field("user_id", _("Person"), target="core.person", filterable=True),
            Field("branch_id", _("Branch"), target="core.branch", filterable=True),
            Field("position", _("Position"), choices_from=position_choices, filterable=True),
            Field("valid_from", _("First day"), default=clock.today),
            Field("valid_to", _("Last day"), help=_("Leave empty for an appointment without an end.")),
        ),
        title="position",
        list_columns=("user_id", "branch_id", "position", "valid_from", "valid_to"),
        order=("-id",),
        sections=(
            Section("", ("user_id", "branch_id", "position")),
            Section(_("Period"), ("valid_from", "valid_to")),
        ),
        rights=("see", "add", "edit", "export"),
        check=check_appointment,
        icon="id-badge-2",
    )


def position_choices() -> tuple[tuple[str, Any], ...]:
    """The positions of every plugin that runs, in their order."""
    return tuple((each.id, each.label) for each in installation().positions.values())


def check_person(user: User) -> None:
    """An address that can be one; and somebody who administers is left, whoever is shut out."""
    check_email(user.email or "")
    if user.active:
        return
    if user.id == current_user_id():
        raise UserError("You cannot shut yourself out. Ask another administrator.", field="active")
    if not administrators_without(installation().database.session(), None, user.id):
        raise UserError(NOBODY_LEFT, field="active")


def check_appointment(appointment: Appointment) -> None:
    """The dates run forwards; the head office is administered from there, and never by nobody."""
    if appointment.valid_to is not None and appointment.valid_to < appointment.valid_from:
        raise UserError("The last day is before the first. Correct one of the two dates.", field="valid_to")
    session = installation().database.session()
    branch = session.get(Branch, appointment.branch_id)
    if appointment.position == ADMINISTRATOR and branch is not None and branch.kind != HEAD_OFFICE:
        raise UserError(
            "This position is held at the head office only. Choose the head office.", field="branch_id"
        )
    gives_up = _was_administrator(appointment) and not _is_administrator(session, appointment)
    if gives_up and not administrators_without(session, appointment.id, None):
        raise UserError(NOBODY_LEFT)


def _was_administrator(appointment: Appointment) -> bool:
    changed = inspect(appointment).attrs.position.history
    before = changed.deleted[0] if changed.deleted else appointment.position
    return appointment.id is not None and before == ADMINISTRATOR


def _is_administrator(session: Session, appointment: Appointment) -> bool:
    today = clock.today()
    ended = appointment.valid_to is not None and appointment.valid_to < today
    user = session.get(User, appointment.user_id)
    holds = appointment.valid_from <= today and not ended and user is not None and bool(user.active)
    return appointment.position == ADMINISTRATOR and holds
