"""What the leave department brings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.entities.spec import Entity, Field
from core.handbook.kinds import Rule
from core.hooks import hookimpl
from core.messages.kinds import MessageTemplate
from core.people.positions import Position, grant
from core.people.rights.levels import WRITE
from core.workflow.kinds import Workflow
from core.workflow.texts import state_field


@hookimpl
def entities() -> list[Entity]:
    from leave.models import Application
    from leave.workflows import LEAVE

    return [
        Entity(
            id="leave.application",
            model=Application,
            label=_("Application for leave"),
            label_plural=_("Applications for leave"),
            title="title",
            fields=(
                Field("title", _("Application")),
                Field("person_id", _("Applicant"), target="core.person"),
                Field("days", _("Days of leave")),
                Field("phone", _("Telephone of leave"), mask="phone"),
                Field("address", _("E-mail address of leave")),
                Field("reason", _("Reason of leave")),
                Field("note", _("Note of leave"), readonly=True),
                state_field(LEAVE, _("State of leave"), filterable=True),
            ),
            list_columns=("title", "days", "state"),
            state="state",
            extra_rights=(("decide", _("Decide on leave")),),
        )
    ]


@hookimpl
def positions() -> list[Position]:
    clause = "LEAVE 1"
    name = "leave.application"
    return [
        Position("leave.clerk", _("Leave clerk"), (grant(name, "see", "add", "edit", clause=clause),)),
        Position(
            "leave.manager",
            _("Leave manager"),
            (
                grant(name, "see", "decide", clause=clause),
                grant("core.outgoing", "see", "send", "call", clause=clause),
                grant("core.template", "see", "add", clause=clause),
                grant("core.opt_out", "see", "add", clause=clause, fields={"address": WRITE}),
            ),
        ),
        Position("leave.director", _("Leave director"), (grant(name, "see", clause=clause),)),
        Position("leave.watcher", _("Leave watcher"), (grant(name, "see", clause=clause),)),
    ]


@hookimpl
def workflows() -> list[Workflow]:
    from leave.workflows import LEAVE

    return [LEAVE]


@hookimpl
def templates() -> list[MessageTemplate]:
    return [
        MessageTemplate(
            "leave.granted",
            _("Leave granted"),
            "leave.application",
            N_("Granted: %(title)s"),
            N_("%(days)s days of leave were granted. Look at %(link)s"),
        )
    ]


@hookimpl
def rules() -> list[Rule]:
    from leave.rules import RULES

    return list(RULES)
