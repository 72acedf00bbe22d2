"""What the core says of obligations through the hooks: the list and page, my work, the planner."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field, Section
from core.handbook.kinds import Cadence, Deadline
from core.handbook.preview import PREVIEWERS, SIZES
from core.hooks import hookimpl
from core.jobs.kinds import JobKind
from core.menu import RULES
from core.people.plugin import entity_choices, position_choices
from core.work.kinds import WorkKind
from core.worklist.closing import is_closable, is_open
from core.worklist.forms import waive_one, waiver_of_many
from core.worklist.granting import ENTITY
from core.worklist.models import DONE, DROPPED, MISSED, OPEN, WAIVED, Obligation
from core.worklist.previewing import of_deadlines, one_by_one
from core.worklist.previewing_series import of_cadences
from core.worklist.reach import SEE_ALL, reached
from core.worklist.shown import panel, rule_choices, subject_of

PREVIEWERS[Deadline.kind] = of_deadlines
SIZES[Deadline.kind] = one_by_one
PREVIEWERS[Cadence.kind] = of_cadences
STATES = (
    (OPEN, _("Open")),
    (DONE, _("Done")),
    (WAIVED, _("Waived")),
    (MISSED, _("Missed")),
    (DROPPED, _("Dropped")),
)
TONES = {OPEN: "info", DONE: "success", WAIVED: "neutral", MISSED: "danger", DROPPED: "neutral"}


@hookimpl
def views() -> list[type[Any]]:
    from core.worklist.deeds import tell_handbook
    from core.worklist.events import tell_of_messages
    from core.worklist.views import ObligationView

    tell_handbook()
    tell_of_messages()
    return [ObligationView]


@hookimpl
def work() -> list[WorkKind]:
    from core.worklist.work import WORK

    return list(WORK)


@hookimpl
def jobs() -> list[JobKind]:
    from core.worklist.planner import PLAN

    return [PLAN]


@hookimpl
def entities() -> list[Entity]:
    return [_obligation()]


def _obligation() -> Entity:
    return Entity(
        id=ENTITY,
        model=Obligation,
        label=_("Obligation"),
        label_plural=_("Obligations"),
        fields=_fields(),
        title="rule",
        list_columns=("rule", "subject", "due_on", "owner_position", "owner_id", "state"),
        order=("due_on", "id"),
        sections=(
            Section("", ("rule", "subject", "state", "owner_position", "owner_id")),
            Section(_("When"), _WHEN),
            Section(_("How it ended"), ("closed_at", "closed_by", "note")),
        ),
        rights=("see", "export"),
        extra_rights=(
            (SEE_ALL, _("See what others owe")),
            ("close", _("Mark as done with a note")),
            ("waive", _("Waive for a reason")),
            ("plan", _("Plan obligations")),
        ),
        actions=(
            Action(
                "close",
                _("Mark as done"),
                "ObligationView.close",
                "close",
                icon="check",
                primary=True,
                shown=is_closable,
            ),
            Action(
                "waive",
                _("Waive"),
                "ObligationView.waive",
                "waive",
                icon="ban",
                shown=is_open,
                bulk=waive_one,
                entered=("note",),
                form=waiver_of_many,
            ),
        ),
        panels=(panel,),
        state="state",
        criteria=reached,
        calendar="due_on",
        menu_group=RULES,
        icon="calendar-due",
    )


_WHEN = (
    "starts_on",
    "nominal_on",
    "due_on",
    "due_at",
    "provisional",
    "late_on",
    "step",
    "paused_on",
    "paused_days",
)


def _fields() -> tuple[Field, ...]:
    return (
        Field("rule", _("What has to be done"), choices_from=rule_choices, readonly=True, filterable=True),
        Field("subject", _("On what"), readonly=True, value=subject_of, made_of=("entity", "record_id")),
        Field("due_on", _("Due on"), readonly=True, filterable=True),
        Field("due_at", _("Due at"), readonly=True),
        Field(
            "owner_position",
            _("Owed by"),
            choices_from=position_choices,
            readonly=True,
            filterable=True,
        ),
        Field("owner_id", _("Person"), target="core.person", readonly=True, filterable=True),
        Field("state", _("State"), choices=STATES, tones=TONES, readonly=True, filterable=True),
        Field("starts_on", _("Counted from"), readonly=True),
        Field("nominal_on", _("Counted to"), readonly=True),
        Field(
            "provisional",
            _("Provisional"),
            readonly=True,
            help=_("The days off of that year are not announced yet."),
        ),
        Field("late_on", _("Late since"), readonly=True, filterable=True),
        Field("step", _("Raised by steps"), readonly=True),
        Field("paused_on", _("Paused since"), readonly=True),
        Field("paused_days", _("Put off by days"), readonly=True),
        Field("entity", _("Business object"), choices_from=entity_choices, readonly=True, filterable=True),
        Field("record_id", _("Number of the record"), readonly=True),
        Field("closed_at", _("Ended at"), readonly=True),
        Field("closed_by", _("Ended by"), target="core.person", readonly=True),
        Field("note", _("Note"), readonly=True),
    )
