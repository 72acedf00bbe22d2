"""What the core says of people through the hooks: persons, appointments, the administrator, log-in screens."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import lazy_gettext as _

from core.data import clock
from core.entities.spec import Action, Entity, Field, Related, Section
from core.hooks import hookimpl
from core.installation import installation
from core.menu import MenuItem
from core.people.doors.duties import check_duty, guard_duty, reached_duties
from core.people.doors.models import FactorDuty
from core.people.models import ACTING, REGULAR, Appointment
from core.people.positions import Position
from core.people.rights.appointing import check_appointment, check_person
from core.people.rights.models import ACTION, FIELD, GRANTED, REFUSED, RightOverride
from core.people.rights.reach import reached_branches, reached_overrides, reached_people
from core.people.rights.words import ALLOWED, LEVELS, NOT_ALLOWED, actions_of
from core.people.service import ADMINISTRATOR


@hookimpl
def positions() -> list[Position]:
    return [Position(ADMINISTRATOR, _("Head office administrator"), everything=True)]


@hookimpl
def views() -> list[type[Any]]:
    from core.people.doors.account import AccountView
    from core.people.doors.administration import PersonDoorsView
    from core.people.doors.factor_views import FactorView
    from core.people.doors.forgotten import ForgottenView
    from core.people.doors.key_views import KeyView
    from core.people.rights.delegation_views import DelegationView
    from core.people.rights.views import RightsView
    from core.people.views import LanguageView, PasswordView, PeopleView

    own = [LanguageView, PasswordView, ForgottenView, AccountView, FactorView, KeyView]
    return [*own, PeopleView, PersonDoorsView, RightsView, DelegationView]


@hookimpl
def menu() -> list[MenuItem]:
    return [MenuItem(_("Rights"), "core.right", endpoint="RightsView.matrix", icon="shield-check", order=20)]


@hookimpl
def entities() -> list[Entity]:
    return [_person(), _appointment(), _factor_duty(), _right()]


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
                once=True,
            ),
            Action(
                "link",
                _("Link to a new password"),
                "PersonDoorsView.link",
                "edit",
                icon="link",
                method="POST",
                confirm=_("Make a link with which this person sets a new password? Any earlier link ends."),
                once=True,
            ),
        ),
        natural_key=("email",),
        icon="users",
        form_endpoint="PeopleView.new",
        check=check_person,
        criteria=reached_people,
        panels=(_doors,),
    )


def _doors(user: User) -> Any:
    from core.people.doors.administration import panel

    return panel(user)


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
            Field(
                "kind",
                _("Kind"),
                choices=((REGULAR, _("Regular")), (ACTING, _("Acting"))),
                default=lambda: REGULAR,
                filterable=True,
                tones={ACTING: "info"},
            ),
            Field(
                "acting_for_id",
                _("Acting for"),
                target="core.person",
                help=_(
                    "An acting appointment ends when this person loses the position, at the latest on its last day."
                ),
            ),
        ),
        title="position",
        list_columns=("user_id", "branch_id", "position", "valid_from", "valid_to", "kind", "acting_for_id"),
        order=("-id",),
        sections=(
            Section("", ("user_id", "branch_id", "position")),
            Section(_("Period"), ("valid_from", "valid_to")),
            Section(_("In place of somebody else"), ("kind", "acting_for_id")),
        ),
        rights=("see", "add", "edit", "export"),
        check=check_appointment,
        criteria=reached_branches,
        icon="id-badge-2",
    )


def _factor_duty() -> Entity:
    """The positions that ask for a second factor; it takes effect at the next request of each holder."""
    return Entity(
        id="core.factor_duty",
        model=FactorDuty,
        label=_("Second factor required"),
        label_plural=_("Second factor required"),
        fields=(
            Field("position", _("Position"), choices_from=position_choices, filterable=True),
            Field(
                "branch_id",
                _("Branch"),
                target="core.branch",
                filterable=True,
                help=_("Leave empty for every branch."),
            ),
        ),
        title="position",
        list_columns=("position", "branch_id"),
        order=("id",),
        rights=("see", "add", "edit", "delete"),
        check=check_duty,
        guard=guard_duty,
        criteria=reached_duties,
        icon="shield-lock",
    )


def _right() -> Entity:
    """The changes of rights as a list; the matrix, where they are made, is a screen of its own."""
    return Entity(
        id="core.right",
        model=RightOverride,
        label=_("Change of a right"),
        label_plural=_("Changes of rights"),
        fields=(
            Field("position", _("Position"), choices_from=position_choices, readonly=True, filterable=True),
            Field(
                "entity", _("Business object"), choices_from=entity_choices, readonly=True, filterable=True
            ),
            Field("kind", _("Kind"), choices=((ACTION, _("Action")), (FIELD, _("Field"))), readonly=True),
            Field("name", _("What"), readonly=True, value=what_changed),
            Field("value", _("From then on"), choices=_VALUES, readonly=True),
            Field("branch_id", _("Branch"), target="core.branch", readonly=True, filterable=True),
            Field("valid_from", _("Since"), readonly=True),
            Field("reason", _("Clause or reason"), readonly=True),
            Field("set_by", _("Changed by"), target="core.person", readonly=True),
            Field("set_at", _("Changed at"), readonly=True),
            Field("withdrawn_by", _("Taken back by"), target="core.person", readonly=True),
            Field("withdrawn_at", _("Taken back at"), readonly=True),
        ),
        title="reason",
        list_columns=(
            "position",
            "entity",
            "name",
            "value",
            "branch_id",
            "valid_from",
            "reason",
            "set_by",
            "withdrawn_at",
        ),
        search=("reason",),
        order=("-id",),
        rights=("see", "export"),
        extra_rights=(("edit", _("Change rights")),),
        criteria=reached_overrides,
        in_menu=False,
        icon="shield-check",
    )


_VALUES = (
    (GRANTED, ALLOWED),
    (REFUSED, NOT_ALLOWED),
    *((level.code, label) for level, label in LEVELS.items()),
)


def what_changed(row: RightOverride) -> str:
    """The action or field of a change, as the reader calls it."""
    entity = installation().entities.get(row.entity)
    if entity is None:
        return row.name
    labels = actions_of(entity) if row.kind == ACTION else {each.name: each.label for each in entity.fields}
    return str(labels.get(row.name, row.name))


def entity_choices() -> tuple[tuple[str, Any], ...]:
    """The business objects of every plugin that runs."""
    return tuple((each.id, each.label_plural) for each in installation().entities.values())


def position_choices() -> tuple[tuple[str, Any], ...]:
    """The positions of every plugin that runs, in their order."""
    return tuple((each.id, each.label) for each in installation().positions.values())
