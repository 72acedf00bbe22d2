"""What becomes of a site: hand-over, notices, stages, acceptances, pauses, checks by inspectors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Fact, Field, Related, Section
from core.visits.panels import visit_panel
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration import reach
from plugins.decoration.calls.ending import is_to_be_called
from plugins.decoration.checks import construction_works as checks
from plugins.decoration.entities.construction import MENU, STAGES
from plugins.decoration.models.construction_stages import (
    Acceptance,
    CompletionNotice,
    Handover,
    Pause,
    SiteCheck,
    Stage,
    StartNotice,
)
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules.names_callbacks import CALL_BACK
from plugins.decoration.workflows import construction_stages as moves
from plugins.decoration.works import facts, happenings

SITE_FIELDS = (
    Field("site_id", _("Construction site"), target=n.SITE, filterable=True, only_new=True),
    Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, readonly=True),
)
PERSON = "core.person"
PAPER_RIGHTS = ("see", "add", "edit", "export", "print")
OPEN_STAGES = Field("open_stages", _("Stages not accepted yet"), kind="integer")


def _to_hold() -> Sequence[ColumnElement[bool]]:
    """Acceptances that were not held yet."""
    return (Acceptance.planned_on.is_not(None), Acceptance.state.in_((c.PLANNED, c.ANNOUNCED, c.NOTIFIED)))


HANDOVERS = Entity(
    id=c.HANDOVER,
    model=Handover,
    label=_("Hand-over on site"),
    label_plural=_("Hand-overs on site"),
    title="planned_on",
    fields=(
        *SITE_FIELDS,
        Field("planned_on", _("Hand-over planned on"), filterable=True),
        Field("entry_on", _("Entry to the site on")),
        Field("designer_id", _("For the design department"), target=PERSON),
        Field("engineer_id", _("For the engineering department"), target=PERSON),
        Field("customer_head", _("For the customer")),
        Field("record", _("Record of the hand-over")),
        Field("held_on", _("Hand-over held on"), readonly=True, filterable=True),
        state_field(moves.HANDOVERS, _("State"), filterable=True),
    ),
    list_columns=("planned_on", "site_id", "customer_id", "entry_on", "state", "held_on"),
    order=("-planned_on", "-id"),
    state="state",
    calendar="planned_on",
    files=True,
    menu=MENU,
    in_menu=False,
    icon="users",
    check=checks.check_of_site,
    criteria=reach.of_own_customers(Handover),
)


def _notice(entity: str, model: Any, labels: tuple[Any, Any], day: Field, **more: Any) -> Entity:
    workflow = moves.STARTS if entity == c.START_NOTICE else moves.COMPLETIONS
    return Entity(
        id=entity,
        model=model,
        label=labels[0],
        label_plural=labels[1],
        title="number",
        fields=(
            Field("number", _("Number of the notice"), sought_as="number", readonly=True),
            *SITE_FIELDS,
            day,
            Field("remark", _("Remark")),
            state_field(workflow, _("State"), filterable=True),
            Field("sent_on", _("Sent on"), readonly=True, filterable=True),
            Field("sent_by", _("Sent by"), target=PERSON, readonly=True),
            Field("received_on", _("Notice received on"), readonly=True, filterable=True),
            Field("received_by", _("Received by"), target=PERSON, readonly=True),
        ),
        list_columns=("number", "site_id", "customer_id", day.name, "state", "sent_on", "received_on"),
        search=("number",),
        order=("-id",),
        rights=PAPER_RIGHTS,
        extra_rights=(("send", _("Send notices")), ("receive", _("Receive notices"))),
        state="state",
        calendar=day.name,
        files=True,
        menu=MENU,
        natural_key=("number",),
        guard=checks.guard_over(c.SENT, c.RECEIVED),
        criteria=reach.of_own_customers(model),
        **more,
    )


START_NOTICES = _notice(
    c.START_NOTICE,
    StartNotice,
    (_("Start-of-work notice"), _("Start-of-work notices")),
    Field("start_on", _("Works start on"), filterable=True),
    actions=(Action("print", _("Print the notice"), "ConstructionPapers.start", "print", icon="printer"),),
    icon="flag-up",
    check=checks.check_start_notice,
    afterwards=happenings.after_start_notice,
)
COMPLETION_NOTICES = _notice(
    c.COMPLETION_NOTICE,
    CompletionNotice,
    (_("Completion notice"), _("Completion notices")),
    Field("completed_on", _("Works completed on"), filterable=True),
    actions=(
        Action("print", _("Print the notice"), "ConstructionPapers.completion", "print", icon="printer"),
    ),
    icon="flag-check",
    check=checks.check_completion_notice,
    afterwards=happenings.after_completion_notice,
    facts=(Fact(OPEN_STAGES, facts.open_stages_of_notice),),
)

WORK_STAGES = Entity(
    id=c.STAGE,
    model=Stage,
    label=_("Stage of a site"),
    label_plural=_("Stages of sites"),
    title="stage",
    fields=(
        *SITE_FIELDS,
        Field("stage", _("Stage of the works"), choices=STAGES, filterable=True, readonly=True),
        Field("position", _("Place in the order"), readonly=True),
        Field("planned_from", _("Planned from")),
        Field("planned_until", _("Planned until"), filterable=True),
        Field("started_on", _("Begun on"), readonly=True),
        Field("passed_on", _("Accepted on"), readonly=True),
        state_field(moves.STAGES, _("State"), filterable=True),
        Field("override_why", _("Begun early because"), readonly=True),
        Field("overridden_by", _("Begun early by"), target=PERSON, readonly=True),
    ),
    list_columns=("stage", "site_id", "planned_from", "planned_until", "started_on", "passed_on", "state"),
    order=("id",),
    rights=("see", "edit", "export"),
    extra_rights=(
        ("move", _("Begin stages")),
        ("override", _("Begin a stage before the one before is accepted")),
    ),
    state="state",
    board="state",
    calendar="planned_until",
    menu=MENU,
    in_menu=False,
    icon="stairs",
    natural_key=("site_id", "stage"),
    check=checks.check_stage,
    afterwards=happenings.after_stage,
    facts=(
        Fact(
            Field("stage_before", _("Stage before that is not accepted"), choices=STAGES), facts.stage_before
        ),
    ),
    criteria=reach.of_own_customers(Stage),
)

ACCEPTANCES = Entity(
    id=c.ACCEPTANCE,
    model=Acceptance,
    label=_("Stage acceptance"),
    label_plural=_("Stage acceptances"),
    title="checkpoint",
    fields=(
        *SITE_FIELDS,
        Field("checkpoint", _("Checkpoint"), choices=STAGES, filterable=True, only_new=True),
        Field("attempt", _("Inspection number"), readonly=True),
        Field("previous_id", _("Inspected again after"), target=c.ACCEPTANCE, readonly=True),
        Field("planned_on", _("Acceptance on"), filterable=True),
        Field("announced_on", _("Announced on"), readonly=True),
        Field("notified_on", _("Customer notified on"), readonly=True),
        Field("notified_by", _("Notified by"), target=PERSON, readonly=True),
        Field("attended", _("The customer was there"), filterable=True),
        Field("held_on", _("Held on"), readonly=True, filterable=True),
        Field("held_by", _("Held by"), target=PERSON, readonly=True),
        Field("record", _("Record of the acceptance")),
        Field("called_on", _("Called about it on"), readonly=True, filterable=True),
        Field("called_by", _("Called by"), target=PERSON, readonly=True),
        Field("call_result", _("What the customer said"), readonly=True),
        Field("owner_day", _("Day to which the owner agreed"), readonly=True),
        Field("owner_confirmed_at", _("Day confirmed by the owner"), readonly=True),
        Field("owner_signed_at", _("Result signed by the owner"), readonly=True),
        Field("owner_name", _("Signed by the owner as"), readonly=True),
        Field("owner_remark", _("Remark of the owner"), readonly=True),
        state_field(moves.ACCEPTANCES, _("State"), filterable=True),
    ),
    list_columns=("checkpoint", "attempt", "site_id", "customer_id", "planned_on", "state", "held_on"),
    sections=(
        Section(
            _("Acceptance"),
            ("site_id", "customer_id", "checkpoint", "attempt", "previous_id", "planned_on", "state"),
        ),
        Section(_("Customer notified"), ("announced_on", "notified_on", "notified_by")),
        Section(_("What was found"), ("held_on", "held_by", "attended", "record")),
        Section(_("Follow-up call"), ("called_on", "called_by", "call_result")),
        Section(
            _("On the customer's page"),
            ("owner_day", "owner_confirmed_at", "owner_signed_at", "owner_name", "owner_remark"),
        ),
    ),
    order=("-planned_on", "-id"),
    extra_rights=(
        ("notify", _("Notify customers of acceptances")),
        ("close", _("Close checkpoints with the call-back")),
    ),
    actions=(
        Action(
            "call",
            _("Call"),
            "DecorationCalls.acceptance",
            "close",
            icon="phone",
            primary=True,
            shown=is_to_be_called,
        ),
    ),
    related=(Related(c.ACCEPTANCE, "previous_id", _("Inspected again")), Related(CALL_BACK, "acceptance_id")),
    due=(Due(c.ACCEPTANCE, "planned_on", _to_hold),),
    key_facts=("site_id", "planned_on", "attempt"),
    state="state",
    board="state",
    calendar="planned_on",
    day="planned_on",
    files=True,
    menu=MENU,
    icon="clipboard-check",
    natural_key=("site_id", "checkpoint", "attempt"),
    check=checks.check_acceptance,
    guard=checks.guard_over(c.FAILED, c.CLOSED),
    afterwards=happenings.after_acceptance,
    facts=(Fact(Field("call_needed", _("A call-back is needed"), kind="boolean"), facts.call_needed),),
    criteria=reach.of_own_customers(Acceptance),
)

PAUSES = Entity(
    id=c.PAUSE,
    model=Pause,
    label=_("Pause of the works"),
    label_plural=_("Pauses of the works"),
    title="paused_on",
    fields=(
        *SITE_FIELDS,
        Field("paused_on", _("Paused from"), readonly=True),
        Field("resumed_on", _("Resumed on"), readonly=True),
        Field("reason", _("Why it is paused")),
    ),
    list_columns=("paused_on", "resumed_on", "site_id", "reason"),
    order=("-id",),
    rights=("see", "export"),
    in_menu=False,
    icon="player-pause",
    criteria=reach.of_own_customers(Pause),
)

SITE_CHECKS = Entity(
    id=c.SITE_CHECK,
    model=SiteCheck,
    label=_("Site check"),
    label_plural=_("Site checks"),
    title="checked_on",
    fields=(
        *SITE_FIELDS,
        Field("checked_on", _("Checked on"), default=today, filterable=True, only_new=True),
        Field("checked_by", _("Checked by"), target=PERSON, readonly=True, filterable=True),
        Field("stage", _("Stage of the works"), choices=STAGES, filterable=True, readonly=True),
        Field("found", _("Quality issue"), help=_("Left empty, nothing was found.")),
        state_field(moves.SITE_CHECKS, _("State"), filterable=True),
        Field("settled_how", _("How it was put right"), readonly=True),
        Field("settled_on", _("Put right on"), readonly=True),
    ),
    list_columns=("checked_on", "site_id", "stage", "found", "state", "checked_by", "settled_on"),
    order=("-checked_on", "-id"),
    key_facts=("site_id", "stage", "checked_by"),
    state="state",
    board="state",
    calendar="checked_on",
    day="checked_on",
    panels=(partial(visit_panel, c.SITE_CHECK),),
    files=True,
    menu=MENU,
    icon="zoom-check",
    check=checks.check_site_check,
    guard=checks.guard_over(c.SETTLED),
    criteria=reach.of_own_customers(SiteCheck),
)

ENTITIES = (
    WORK_STAGES,
    ACCEPTANCES,
    START_NOTICES,
    COMPLETION_NOTICES,
    HANDOVERS,
    SITE_CHECKS,
    PAUSES,
)
