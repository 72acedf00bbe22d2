"""What the core says of reports through the hooks."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, func, not_

from core.data.clock import today as clock_today
from core.entities.spec import Action, Entity, Fact, Field, Section
from core.hooks import hookimpl
from core.installation import installation
from core.menu import RULES, MenuItem
from core.people.access import current_person, today_in
from core.reports.duty import after_report
from core.reports.kinds import ENTITY
from core.reports.models import FiledReport
from core.reports.reach import is_filler, is_signer, reached
from core.reports.service import is_fresh, lacks_text
from core.reports.states import FILL, OPEN, REPORTS, SEE_ALL, SIGNS
from core.reports.work import WORK
from core.work.kinds import WorkKind
from core.workflow.kinds import Workflow
from core.workflow.texts import state_field

LATE, IN_TIME = "late", "in_time"


@hookimpl
def views() -> list[type[Any]]:
    from core.reports.duty import listen
    from core.reports.views import ReportView

    listen()
    return [ReportView]


@hookimpl
def work() -> list[WorkKind]:
    return [WORK]


@hookimpl
def workflows() -> list[Workflow]:
    return [REPORTS]


@hookimpl
def menu() -> list[MenuItem]:
    return [
        MenuItem(_("Write reports"), ENTITY, FILL, "ReportView.index", icon="report", order=13, group=RULES)
    ]


@hookimpl
def entities() -> list[Entity]:
    return [_report()]


def _report() -> Entity:
    return Entity(
        id=ENTITY,
        model=FiledReport,
        label=_("Report"),
        label_plural=_("Reports"),
        fields=_fields(),
        title="kind",
        list_columns=(
            "kind",
            "period",
            "state",
            "due_on",
            "late",
            "handed_in_by",
            "handed_in_on",
            "signed_by",
        ),
        order=("-first_on", "-id"),
        sections=(
            Section("", ("kind", "period", "state", "due_on", "late")),
            Section(_("Figures and remarks"), ("first_on", "last_on", "filled_at", "remarks")),
            Section(_("Handed in and signed off"), _WHO),
        ),
        rights=("see", "export", "print"),
        extra_rights=(
            (FILL, _("Write and hand in")),
            (SIGNS, _("Sign off or send back")),
            (SEE_ALL, _("See the reports of everybody")),
        ),
        actions=(
            Action(
                "write",
                _("Open and write"),
                "ReportView.write",
                FILL,
                icon="pencil",
                primary=True,
                shown=is_open,
            ),
            Action("print", _("Print the report"), "ReportView.paper", "print", icon="printer"),
            Action("sheet", _("Download as xlsx"), "ReportView.sheet", "export", icon="file-spreadsheet"),
        ),
        panels=(_panel,),
        state="state",
        board="state",
        calendar="first_on",
        day="last_on",
        covers=("owed_first_on", "owed_last_on"),
        files=True,
        menu_group=RULES,
        icon="report",
        facts=(
            Fact(Field("is_fresh", _("The data still say so"), kind="yes_no"), is_fresh),
            Fact(Field("lacks_text", _("Words are missing"), kind="yes_no"), lacks_text),
            Fact(Field("is_filler", _("The reader hands it in"), kind="yes_no"), is_filler),
            Fact(Field("is_signer", _("The reader signs it off"), kind="yes_no"), is_signer),
        ),
        afterwards=after_report,
        criteria=reached,
    )


_WHO = (
    "handed_in_by",
    "handed_in_on",
    "first_handed_in_on",
    "signed_by",
    "signed_on",
    "sent_back_by",
    "sent_back_on",
    "reason",
)


def _fields() -> tuple[Field, ...]:
    return (
        Field("kind", _("Report"), choices_from=_kinds, readonly=True, filterable=True),
        Field(
            "period", _("Period of the report"), value=_period, readonly=True, made_of=("first_on", "last_on")
        ),
        Field("first_on", _("From day"), readonly=True, filterable=True),
        Field("last_on", _("To day"), readonly=True),
        state_field(REPORTS, _("State"), filterable=True),
        Field("due_on", _("Due on"), readonly=True, filterable=True),
        Field(
            "late",
            _("In time"),
            choices=((LATE, _("Late")), (IN_TIME, _("In time"))),
            tones={LATE: "danger", IN_TIME: "success"},
            value=_late,
            asked=_that_are,
            made_of=("due_on", "first_handed_in_on"),
            readonly=True,
            filterable=True,
        ),
        Field("remarks", _("Remarks"), readonly=True),
        Field("filled_at", _("Figures as of"), readonly=True),
        Field("handed_in_by", _("Handed in by"), target="core.person", readonly=True, filterable=True),
        Field("handed_in_on", _("Handed in on"), readonly=True),
        Field("first_handed_in_on", _("First handed in on"), readonly=True),
        Field("signed_by", _("Signed off by"), target="core.person", readonly=True),
        Field("signed_on", _("Signed off on"), readonly=True),
        Field("sent_back_by", _("Sent back by"), target="core.person", readonly=True),
        Field("sent_back_on", _("Sent back on"), readonly=True),
        Field("reason", _("Why it was sent back"), readonly=True),
    )


def is_open(record: Any) -> bool:
    """Whether it is still being written."""
    return record.state in OPEN


def _panel(record: FiledReport) -> Any:
    from core.reports.shown import panel

    return panel(record)


def _period(record: FiledReport) -> str:
    from core.reports.shown import period_of_record

    return period_of_record(record)


def _late(record: FiledReport) -> str | None:
    from core.reports.shown import is_late

    return None if record.due_on is None else LATE if is_late(record) else IN_TIME


def _that_are(which: str) -> ColumnElement[bool]:
    """For the filter: those that came late, or are late now."""
    person, own = current_person(), FiledReport
    branch = person.branch if person is not None else None
    today = today_in(installation().database.session(), branch.id) if branch is not None else clock_today()
    late = func.coalesce(own.first_handed_in_on, today) > own.due_on
    return and_(own.due_on.is_not(None), late if which == LATE else not_(late))


def _kinds() -> tuple[tuple[str, Any], ...]:
    return tuple((each.id, each.label) for each in installation().reports.values())
