"""Who owes, how much, since when (GAS-K11), with what bars collecting it and what is under way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select
from sqlalchemy.sql import ColumnElement

from core.branches.scope import current_scope
from core.entities.spec import Action, Entity, Field, Section
from core.installation import installation
from core.people.access import may
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.gas import barring, cutting_off, models, owing
from plugins.gas.arrears import ENTITY
from plugins.gas.entities import choices
from plugins.gas.entities.accounts import ACCOUNT
from plugins.gas.models import Arrears
from plugins.gas.rules.cutting_off import AT_AN_END, OPEN
from plugins.gas.workflows import CUT_OFFS

STATE = state_field(CUT_OFFS, _("Cut-off order"))


def _of_account(name: str, **changes: Any) -> Field:
    """A field of the account, as its reader gets it there."""
    value = None if name == "number" else attrgetter(name)
    return replace(
        ACCOUNT.field(name),
        of="account_id",
        owner=ACCOUNT,
        value=value,
        readonly=True,
        inline=False,
        only_new=False,
        **changes,
    )


def _days_overdue(arrears: Arrears) -> int | None:
    late = (today() - arrears.due_since).days
    return late if late > 0 else None


def _due(arrears: Arrears) -> str:
    day = today()
    if arrears.due_since == day:
        return owing.TODAY
    return owing.OVERDUE if arrears.due_since < day else owing.LATER


def _that_is_due(when: str) -> ColumnElement[bool]:
    """Accounts with an unpaid bill that is overdue, due today or due later."""
    return or_(*owing.owing_what_is_due(when, today()))


def _held_by(kind: str) -> ColumnElement[bool]:
    held = select(models.Hold.account_id).where(models.Hold.state == OPEN, models.Hold.kind == kind)
    return Arrears.account_id.in_(held)


def _ordered(state: str) -> ColumnElement[bool]:
    return Arrears.account_id.in_(select(models.CutOff.account_id).where(models.CutOff.state == state))


def _protection(arrears: Arrears) -> str | None:
    day = today()
    return next((each.reason for each in arrears.protections if _holds(each, day)), None)


def _holds(each: models.Protection, day: date) -> bool:
    return each.valid_from <= day and (each.valid_to is None or each.valid_to >= day)


def _protected_for(reason: str) -> ColumnElement[bool]:
    protected = select(models.Protection.account_id).where(*barring.protected_on(today()))
    return Arrears.account_id.in_(protected.where(models.Protection.reason == reason))


def _opens(arrears: Arrears) -> str:
    """The counter for whoever takes payments there, else the account."""
    if may("gas.account", "collect") and arrears.branch_id == current_scope().active:
        return url_for("GasPayments.take", id=arrears.account_id)
    return f"{ACCOUNT.path}{arrears.account_id}"


def may_be_handed_over(arrears: Arrears) -> bool:
    """Whether something is overdue and no order is there."""
    return not arrears.orders and arrears.due_since < today()


def hand_over(arrears: Arrears) -> None:
    """Hand over to the meter reader what an account owes; the caller commits. UserError."""
    cutting_off.hand_over(installation().database.session(), arrears.account_id)


ARREARS = Entity(
    id=ENTITY,
    model=Arrears,
    label=_("Arrears"),
    label_plural=_("Arrears list"),
    title="number",
    empty=(
        _("Nobody owes anything."),
        _("When a bill is past its day and not paid, its account appears here."),
    ),
    fields=(
        _of_account("number"),
        Field("account_id", _("Account"), target="gas.account"),
        _of_account("name", label=_("Name")),
        _of_account("phone", dial=True),
        _of_account("address"),
        _of_account("use_class", filterable=False),
        _of_account("route_id"),
        Field("bills", _("Bills")),
        Field("owed", _("Owed")),
        Field("due_since", _("Oldest due date")),
        Field("days_overdue", _("Days overdue"), kind="integer", value=_days_overdue),
        Field(
            "due",
            _("Due"),
            choices=choices.DUE,
            tones=choices.DUE_TONES,
            value=_due,
            asked=_that_is_due,
            filterable=True,
        ),
        Field(
            "hold",
            _("Held"),
            choices=choices.HOLD_KINDS,
            tones=choices.HOLD_TONES,
            value=attrgetter("hold"),
            asked=_held_by,
            filterable=True,
        ),
        Field(
            "protection",
            _("Protected"),
            choices=choices.PROTECTIONS,
            tones=dict.fromkeys(dict(choices.PROTECTIONS), "info"),
            value=_protection,
            asked=_protected_for,
            filterable=True,
        ),
        replace(
            STATE,
            name="order",
            choices=tuple(each for each in STATE.choices if each[0] not in AT_AN_END),
            value=attrgetter("order"),
            asked=_ordered,
            filterable=True,
        ),
    ),
    list_columns=(
        "number",
        "name",
        "phone",
        "address",
        "bills",
        "owed",
        "due_since",
        "days_overdue",
        "hold",
        "protection",
        "order",
    ),
    search=("number", "name", "phone", "address"),
    found_by="account_id",
    opens=_opens,
    order=("due_since",),
    sections=(
        Section(_("Customer"), ("number", "account_id", "name", "phone", "address", "use_class", "route_id")),
        Section(_("Owed"), ("bills", "owed", "due_since", "days_overdue", "due")),
        Section(_("Up to the cut-off"), ("hold", "protection", "order")),
    ),
    rights=("see", "export"),
    extra_rights=(("hand-over", _("Hand over to the meter reader")),),
    actions=(
        Action(
            "hand-over",
            _("Hand over to the meter reader"),
            "GasArrears.hand_over",
            "hand-over",
            icon="walk",
            method="POST",
            shown=may_be_handed_over,
            bulk=hand_over,
        ),
    ),
    key_facts=("name", "owed", "due_since"),
    menu=_("Arrears"),
    icon="alert-circle",
)

ENTITIES: tuple[Entity, ...] = (ARREARS,)
