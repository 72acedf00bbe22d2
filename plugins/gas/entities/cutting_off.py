"""Protected customers, holds, and cut-off orders with their bills."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Entity, Fact, Field, Related, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.gas import barring, handing_over, models
from plugins.gas import cutting_off as orders
from plugins.gas.entities import choices
from plugins.gas.panels import standing_panel
from plugins.gas.workflows import CUT_OFFS, HOLDS

PERSON = "core.person"


def _on_route_of(person_id: int) -> Sequence[ColumnElement[bool]]:
    routes = select(models.Route.id).where(models.Route.reader_id == person_id)
    accounts = select(models.Account.id).where(models.Account.route_id.in_(routes))
    return [models.CutOff.account_id.in_(accounts)]


PROTECTION = Entity(
    id="gas.protection",
    model=models.Protection,
    label=_("Protected customer"),
    label_plural=_("Protected customers"),
    title="account_id",
    fields=(
        Field("account_id", _("Account"), target="gas.account", filterable=True, only_new=True),
        Field("reason", _("Why protected"), choices=choices.PROTECTIONS, filterable=True),
        Field("valid_from", _("Valid from"), default=today),
        Field("valid_to", _("Valid to"), help=_("Without a last day the customer is protected for good.")),
        Field("evidence", _("Evidence"), help=_("Which document was shown.")),
    ),
    list_columns=("account_id", "reason", "valid_from", "valid_to", "evidence"),
    order=("-valid_from",),
    rights=("see", "add", "edit", "export"),
    files=True,
    menu=_("Customers"),
    icon="shield",
    natural_key=("account_id", "valid_from"),
    check=orders.check_protection,
)

HOLD = Entity(
    id="gas.hold",
    model=models.Hold,
    label=_("Hold"),
    label_plural=_("Disputes and payments in transit"),
    title="kind",
    fields=(
        Field(
            "kind",
            _("Kind"),
            choices=choices.HOLD_KINDS,
            tones=choices.HOLD_TONES,
            filterable=True,
            only_new=True,
        ),
        Field("account_id", _("Account"), target="gas.account", filterable=True, only_new=True),
        Field(
            "bill_id",
            _("Bill"),
            target="gas.bill",
            only_new=True,
            help=_("Without a bill it is about all that the account owes."),
        ),
        Field(
            "reason", _("Reason"), help=_("What is disputed, or how the money was announced."), only_new=True
        ),
        Field("amount", _("Amount"), help=_("How much money is on the way."), only_new=True),
        Field(
            "expected_on",
            _("Expected by"),
            help=_("For a payment in transit."),
            only_new=True,
            filterable=True,
        ),
        state_field(HOLDS, _("State"), filterable=True),
        Field("opened_on", _("Opened on"), readonly=True),
        Field("opened_by", _("Noted by"), target=PERSON, readonly=True),
        Field("outcome", _("Outcome"), choices=choices.OUTCOMES, readonly=True),
        Field("remark", _("Remark"), readonly=True),
        Field("closed_on", _("Closed on"), readonly=True),
        Field("closed_by", _("Closed by"), target=PERSON, readonly=True),
    ),
    list_columns=("kind", "account_id", "bill_id", "amount", "expected_on", "opened_on", "state"),
    order=("-opened_on", "-id"),
    sections=(
        Section(_("Hold"), ("kind", "account_id", "bill_id", "reason", "amount", "expected_on")),
        Section(_("How it ended"), ("state", "outcome", "remark", "closed_on", "closed_by")),
    ),
    rights=("see", "add", "export"),
    extra_rights=(("close", _("Close holds")),),
    key_facts=("account_id", "bill_id", "amount"),
    state="state",
    board="state",
    files=True,
    menu=_("Arrears"),
    icon="hand-stop",
    check=orders.check_hold,
    afterwards=orders.after_hold,
)


def _moved(name: str, day: object, person: object) -> tuple[Field, Field]:
    """The day of a step, and who made it."""
    return Field(f"{name}_on", day, readonly=True), Field(f"{name}_by", person, target=PERSON, readonly=True)


CUT_OFF = Entity(
    id="gas.cut-off",
    model=models.CutOff,
    label=_("Cut-off order"),
    label_plural=_("Cut-off orders"),
    title="number",
    fields=(
        Field("number", _("Order number"), readonly=True, sought_as="number"),
        Field("account_id", _("Account"), target="gas.account", filterable=True, only_new=True),
        Field("owed", _("Owed when handed over"), readonly=True),
        state_field(CUT_OFFS, _("State"), filterable=True),
        *_moved("handed", _("Handed over on"), _("Handed over by")),
        Field("notice_number", _("Number of the notice"), readonly=True, sought_as="number"),
        *_moved("noticed", _("Notice issued on"), _("Notice issued by")),
        *_moved("decided", _("Decided on"), _("Decided by")),
        *_moved("executed", _("Cut off on"), _("Cut off by")),
        *_moved("restored", _("Restored on"), _("Restored by")),
        *_moved("withdrawn", _("Withdrawn on"), _("Withdrawn by")),
        Field("withdrawn_why", _("Why withdrawn"), choices=choices.WITHDRAWALS, readonly=True),
    ),
    list_columns=("number", "account_id", "owed", "handed_on", "notice_number", "noticed_on", "state"),
    search=("number", "notice_number"),
    order=("-handed_on", "-id"),
    sections=(
        Section(_("Cut-off order"), ("number", "account_id", "owed", "handed_on", "handed_by", "state")),
        Section(_("Dunning notice"), ("notice_number", "noticed_on", "noticed_by")),
        Section(
            _("Cut-off"),
            ("decided_on", "decided_by", "executed_on", "executed_by", "restored_on", "restored_by"),
        ),
        Section(_("Withdrawal"), ("withdrawn_why", "withdrawn_on", "withdrawn_by")),
    ),
    rights=("see", "add", "export", "print"),
    extra_rights=(
        ("notice", _("Issue dunning notices")),
        ("propose", _("Ask for the decision on a cut-off")),
        ("execute", _("Cut off and restore gas")),
        ("withdraw", _("Withdraw cut-off orders")),
    ),
    actions=(
        Action(
            "notice",
            _("Print the notice"),
            "GasCutOffs.notice",
            "print",
            icon="printer",
            shown=orders.is_noticed,
        ),
        Action(
            "order",
            _("Print the order"),
            "GasCutOffs.order",
            "print",
            icon="printer",
            shown=orders.is_decided,
        ),
    ),
    related=(Related("gas.cut-off-bill", "order_id"),),
    panels=(standing_panel,),
    key_facts=("account_id", "owed", "handed_on"),
    state="state",
    board="state",
    files=True,
    menu=_("Arrears"),
    icon="flame-off",
    check=orders.check_order,
    afterwards=orders.after_order,
    facts=(
        Fact(Field("protected", _("Protected customer"), choices=choices.PROTECTIONS), barring.protected),
        Fact(Field("disputed", _("Under dispute")), barring.disputed),
        Fact(Field("in_transit", _("Payment in transit"), kind="money"), barring.in_transit),
        Fact(Field("too_early", _("Too early to hand over"), kind="boolean"), handing_over.too_early),
        Fact(Field("handed_from", _("Can be handed over from"), kind="date"), handing_over.handed_from),
        Fact(Field("still_owed", _("Still owed"), kind="money"), barring.still_owed),
    ),
    responsible=_on_route_of,
)

CUT_OFF_BILL = Entity(
    id="gas.cut-off-bill",
    model=models.CutOffBill,
    label=_("Bill of a cut-off order"),
    label_plural=_("Bills of cut-off orders"),
    title="bill_id",
    fields=(
        Field("bill_id", _("Bill"), target="gas.bill", filterable=True),
        Field("order_id", _("Cut-off order"), target="gas.cut-off", filterable=True),
        Field("owed", _("Owed when handed over")),
    ),
    list_columns=("bill_id", "order_id", "owed"),
    order=("order_id", "bill_id"),
    rights=("see", "export"),
    in_menu=False,
)

ENTITIES: tuple[Entity, ...] = (PROTECTION, HOLD, CUT_OFF, CUT_OFF_BILL)
