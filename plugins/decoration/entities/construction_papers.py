"""The contract of a site, what is owed by it, change orders, and the papers after completion."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Fact, Field, Related, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration import reach
from plugins.decoration.checks import construction_works as checks
from plugins.decoration.entities.construction import MENU, STAGES
from plugins.decoration.entities.construction_stages import PAPER_RIGHTS, PERSON, SITE_FIELDS
from plugins.decoration.models.construction_papers import (
    ChangeOrder,
    Contract,
    HandbookReturn,
    Instalment,
    RecordCard,
    Settlement,
    ShowFlat,
)
from plugins.decoration.rules import names_construction as c
from plugins.decoration.workflows import construction_papers as moves
from plugins.decoration.works import facts, happenings

KINDS = (
    (c.DEPOSIT, _("Deposit of the contract")),
    (c.MID, _("Mid-term payment")),
    (c.FINAL, _("Final payment")),
    (c.CHANGE, _("Change order")),
)
PLANNED_KINDS = KINDS[:3]
DUE_AT = ((c.AT_SIGNING, _("When the contract is signed")), *STAGES)
VERDICTS = (
    (c.IN_ORDER, _("There and in order")),
    (c.MISSING, _("Missing")),
    (c.NOT_NEEDED, _("Not needed")),
)
TONES = {c.IN_ORDER: "success", c.MISSING: "danger", c.NOT_NEEDED: "neutral"}
PARTS = (
    ("drawings", _("Drawings and plans")),
    ("changes", _("Change orders, signed")),
    ("acceptances", _("Acceptance records of every stage")),
    ("materials", _("Lists of main materials")),
    ("checks", _("Site checks by the inspector")),
    ("photos", _("Photos of concealed works")),
)


def _owed() -> Sequence[ColumnElement[bool]]:
    return (Instalment.state == c.DUE,)


CONTRACTS = Entity(
    id=c.CONTRACT,
    model=Contract,
    label=_("Construction contract"),
    label_plural=_("Construction contracts"),
    title="number",
    fields=(
        Field(
            "number",
            _("Contract number"),
            sought_as="number",
            required=False,
            help=_("Left empty, the next number is given."),
        ),
        *SITE_FIELDS,
        Field("amount", _("Contract amount")),
        Field("signed_on", _("Signed by both on"), readonly=True, filterable=True),
        state_field(moves.CONTRACTS, _("State"), filterable=True),
        Field("remark", _("Remark")),
    ),
    list_columns=("number", "site_id", "customer_id", "amount", "state", "signed_on"),
    search=("number",),
    order=("-id",),
    extra_rights=(("sign", _("Enter that contracts and changes are signed")),),
    related=(Related(c.INSTALMENT, "contract_id", _("Payment plan")),),
    key_facts=("customer_id", "amount", "signed_on"),
    state="state",
    files=True,
    menu=MENU,
    icon="file-certificate",
    natural_key=("number",),
    check=checks.check_contract,
    guard=checks.guard_contract,
    afterwards=happenings.after_contract,
    facts=(Fact(Field("planned", _("Payment plan"), kind="money"), facts.planned),),
    criteria=reach.of_own_customers(Contract),
)

INSTALMENTS = Entity(
    id=c.INSTALMENT,
    model=Instalment,
    label=_("Payment of a contract"),
    label_plural=_("Payments of contracts"),
    title="kind",
    fields=(
        Field("contract_id", _("Construction contract"), target=c.CONTRACT, filterable=True, only_new=True),
        Field(
            "site_id", _("Construction site"), target=SITE_FIELDS[0].target, filterable=True, readonly=True
        ),
        SITE_FIELDS[1],
        Field("kind", _("Kind of payment"), choices=KINDS, filterable=True),
        Field("due_at", _("Falls due with"), choices=DUE_AT, filterable=True),
        Field(
            "share",
            _("Share of the contract"),
            unit="%",
            help=_("In parts of a hundred; or enter an amount."),
        ),
        Field("amount", _("Amount")),
        Field("change_order_id", _("Change order"), target=c.CHANGE_ORDER, readonly=True),
        state_field(moves.INSTALMENTS, _("State"), filterable=True),
        Field("due_on", _("Due since"), readonly=True, filterable=True),
        Field("paid_on", _("Paid on"), readonly=True, filterable=True),
        Field("confirmed_by", _("Confirmed by"), target=PERSON, readonly=True),
        Field("receipt", _("Receipt number"), readonly=True),
    ),
    list_columns=("kind", "site_id", "customer_id", "amount", "due_at", "state", "due_on", "paid_on"),
    order=("id",),
    rights=("see", "add", "edit", "delete", "export"),
    extra_rights=(("confirm-payment", _("Confirm payments of contracts")),),
    due=(Due(c.INSTALMENT, "due_on", _owed),),
    key_facts=("customer_id", "amount", "due_on"),
    state="state",
    board="state",
    calendar="due_on",
    files=True,
    menu=MENU,
    icon="cash",
    check=checks.check_instalment,
    guard=checks.guard_instalment,
    afterwards=happenings.after_instalment,
    criteria=reach.of_own_customers(Instalment),
)

CHANGES = Entity(
    id=c.CHANGE_ORDER,
    model=ChangeOrder,
    label=_("Change order"),
    label_plural=_("Change orders"),
    title="number",
    fields=(
        Field("number", _("Number of the change"), sought_as="number", readonly=True),
        *SITE_FIELDS,
        Field("says", _("What is built otherwise")),
        Field("amount", _("Costs more by"), help=_("Less than nothing where it costs less.")),
        Field("days", _("Takes longer by (days)")),
        state_field(moves.CHANGES, _("State"), filterable=True),
        Field("proposed_on", _("Put to the customer on"), readonly=True),
        Field("agreed_on", _("Agreed on"), readonly=True),
        Field("agreed_by", _("Agreed by"), readonly=True),
        Field("signed_on", _("Signed by both on"), readonly=True, filterable=True),
        Field("signed_by", _("Signed for the firm by"), target=PERSON, readonly=True),
    ),
    list_columns=("number", "site_id", "customer_id", "says", "amount", "days", "state"),
    search=("number",),
    order=("-id",),
    extra_rights=(("sign", _("Enter that contracts and changes are signed")),),
    related=(Related(c.INSTALMENT, "change_order_id"),),
    key_facts=("customer_id", "amount", "days"),
    state="state",
    board="state",
    files=True,
    menu=MENU,
    icon="file-diff",
    natural_key=("number",),
    check=checks.check_change_order,
    guard=checks.guard_over(c.AGREED, c.SIGNED, c.DECLINED),
    afterwards=happenings.after_change_order,
    facts=(Fact(Field("contract_signed", _("Contract signed"), kind="yes_no"), facts.contract_signed),),
    criteria=reach.of_own_customers(ChangeOrder),
)

CARDS = Entity(
    id=c.RECORD_CARD,
    model=RecordCard,
    label=_("Customer record card"),
    label_plural=_("Customer record cards"),
    title="completed_on",
    fields=(
        *SITE_FIELDS,
        Field("completed_on", _("Works completed on"), filterable=True, required=False),
        Field("details", _("Full details of the customer")),
        Field("summary", _("Summary of the project")),
        state_field(moves.CARDS, _("State"), filterable=True),
        Field("filed_on", _("Card filed on"), readonly=True),
        Field("filed_by", _("Card filed by"), target=PERSON, readonly=True),
    ),
    list_columns=("completed_on", "site_id", "customer_id", "state", "filed_on"),
    order=("-id",),
    rights=PAPER_RIGHTS,
    actions=(Action("print", _("Print the card"), "ConstructionPapers.card", "print", icon="printer"),),
    state="state",
    files=True,
    menu=MENU,
    in_menu=False,
    icon="id-badge-2",
    natural_key=("site_id",),
    check=checks.check_card,
    criteria=reach.of_own_customers(RecordCard),
)

HANDBOOKS = Entity(
    id=c.HANDBOOK,
    model=HandbookReturn,
    label=_("Engineering handbook"),
    label_plural=_("Engineering handbooks"),
    title="state",
    fields=(
        *SITE_FIELDS,
        *(Field(name, label, choices=VERDICTS, tones=TONES) for name, label in PARTS),
        Field("findings", _("Findings")),
        state_field(moves.HANDBOOKS, _("State"), filterable=True),
        Field("collected_on", _("Collected on"), readonly=True, filterable=True),
        Field("collected_by", _("Collected by"), target=PERSON, readonly=True),
        Field("checked_on", _("Looked through on"), readonly=True),
        Field("checked_by", _("Looked through by"), target=PERSON, readonly=True),
    ),
    list_columns=("site_id", "customer_id", "state", "collected_on", "checked_on", "findings"),
    sections=(
        Section(_("Engineering handbook"), ("site_id", "customer_id", "state")),
        Section(_("Check list"), (*c.ITEMS, "findings")),
        Section(_("Return"), ("collected_on", "collected_by", "checked_on", "checked_by")),
    ),
    order=("-id",),
    rights=PAPER_RIGHTS,
    actions=(
        Action("print", _("Print the check list"), "ConstructionPapers.handbook", "print", icon="printer"),
    ),
    state="state",
    files=True,
    menu=MENU,
    in_menu=False,
    icon="book-2",
    natural_key=("site_id",),
    check=checks.check_of_site,
    guard=checks.guard_over(c.CHECKED),
    afterwards=happenings.after_handbook,
    criteria=reach.of_own_customers(HandbookReturn),
)

SHOW_FLATS = Entity(
    id=c.SHOW_FLAT,
    model=ShowFlat,
    label=_("Show flat"),
    label_plural=_("Show flats"),
    title="requested_on",
    fields=(
        *SITE_FIELDS,
        Field("why", _("Why it should be a show flat")),
        Field("inspected_on", _("Inspected on")),
        Field("requested_on", _("Proposed on"), default=today, filterable=True, only_new=True),
        Field("requested_by", _("Proposed by"), target=PERSON, readonly=True),
        state_field(moves.SHOW_FLATS, _("State"), filterable=True),
        Field("decided_on", _("Decided on"), readonly=True),
    ),
    list_columns=("requested_on", "site_id", "why", "inspected_on", "state", "decided_on"),
    order=("-id",),
    rights=("see", "add", "export"),
    state="state",
    day="requested_on",
    files=True,
    menu=MENU,
    icon="home-star",
    check=checks.check_show_flat,
    afterwards=happenings.after_show_flat,
    criteria=reach.of_own_customers(ShowFlat),
)

SETTLEMENTS = Entity(
    id=c.SETTLEMENT,
    model=Settlement,
    label=_("Settlement of completed works"),
    label_plural=_("Settlement list of completed works"),
    title="completed_on",
    fields=(
        *SITE_FIELDS,
        Field("completed_on", _("Works completed on"), filterable=True, readonly=True),
        Field("owed", _("Owed when listed"), readonly=True),
        state_field(moves.SETTLEMENTS, _("State"), filterable=True),
        Field("materials_told_on", _("Materials told on"), readonly=True),
        Field("finance_told_on", _("Finance told on"), readonly=True),
        Field("told_by", _("Told by"), target=PERSON, readonly=True),
        Field("settled_on", _("Settled on"), readonly=True, filterable=True),
        Field("settled_by", _("Settled by"), target=PERSON, readonly=True),
    ),
    list_columns=("completed_on", "site_id", "customer_id", "owed", "state", "finance_told_on", "settled_on"),
    order=("-completed_on", "-id"),
    rights=("see", "add", "edit", "export"),
    extra_rights=(
        ("tell", _("Tell materials and finance of completed works")),
        ("settle", _("Settle the final payment")),
    ),
    key_facts=("customer_id", "owed", "completed_on"),
    state="state",
    board="state",
    calendar="completed_on",
    menu=MENU,
    icon="list-details",
    natural_key=("site_id",),
    check=checks.check_settlement,
    guard=checks.guard_over(c.SETTLED),
    facts=(Fact(Field("still_owed", _("Not paid yet"), kind="money"), facts.still_owed),),
    afterwards=happenings.after_settlement,
    criteria=reach.of_own_customers(Settlement),
)

ENTITIES = (CONTRACTS, INSTALMENTS, CHANGES, SETTLEMENTS, HANDBOOKS, CARDS, SHOW_FLATS)
