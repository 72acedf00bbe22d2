"""What the core says of messages through the hooks."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field
from core.hooks import hookimpl
from core.installation import installation
from core.menu import MESSAGES
from core.messages import models
from core.messages.entities import (
    check_opt_out,
    check_quiet_hours,
    check_template,
    is_call,
    is_dead,
    reached,
    what_went_wrong,
)
from core.messages.kinds import CALL_LIST, EMAIL, IN_APP, OWN, SMS
from core.messages.preview import preview_panel
from core.messages.resending import send_one_again
from core.notices.kinds import NoticeKind
from core.work.kinds import WorkKind

CHANNELS = (
    (IN_APP, _("In the program")),
    (EMAIL, _("E-mail")),
    (SMS, _("Short message")),
    (CALL_LIST, _("Call list")),
)
STATES = (
    (models.WAITING, _("Waits to be sent"), "neutral"),
    (models.SENDING, _("Is being sent"), "info"),
    (models.SENT, _("Sent"), "success"),
    (models.FAILED, _("Failed, tried again"), "warning"),
    (models.DEAD, _("Given up"), "danger"),
    (models.OPTED_OUT, _("Not wanted"), "neutral"),
)


@hookimpl
def views() -> list[type[Any]]:
    from core.messages.deeds import tell_handbook
    from core.messages.views import MessageView

    tell_handbook()
    return [MessageView]


@hookimpl
def notices() -> list[NoticeKind]:
    from core.messages.in_app import NOTICES

    return list(NOTICES)


@hookimpl
def work() -> list[WorkKind]:
    from core.messages.in_app import WORK

    return list(WORK)


@hookimpl
def entities() -> list[Entity]:
    return [_outgoing(), _template(), _opt_out(), _quiet_hours()]


def _outgoing() -> Entity:
    """The outbox: what waits, what went out, and the dead letters."""
    return Entity(
        id="core.outgoing",
        model=models.Outgoing,
        label=_("Message sent out"),
        label_plural=_("Outbox"),
        fields=(
            Field("subject", _("Subject line"), readonly=True, mask="all"),
            Field(
                "state",
                _("State"),
                choices=tuple((code, label) for code, label, _tone in STATES),
                tones={code: tone for code, _label, tone in STATES},
                readonly=True,
                filterable=True,
            ),
            Field("channel", _("Channel"), choices=CHANNELS, readonly=True, filterable=True),
            Field("address", _("Address or number"), readonly=True, mask="phone"),
            Field("user_id", _("For"), target="core.person", readonly=True),
            Field(
                "template", _("Message template"), choices_from=_written_by, readonly=True, filterable=True
            ),
            Field("rule", _("Rule"), readonly=True),
            Field("body", _("Text"), readonly=True, mask="all"),
            Field("tries", _("Tries"), readonly=True),
            Field("next_at", _("Next try"), readonly=True),
            Field("error", _("What went wrong"), readonly=True, value=what_went_wrong),
            Field("written_at", _("Written at"), readonly=True, filterable=True),
            Field("sent_at", _("Sent at"), readonly=True),
            Field("result", _("Result of the call"), readonly=True),
            Field("done_by", _("Called by"), target="core.person", readonly=True),
        ),
        title="subject",
        list_columns=("subject", "state", "channel", "address", "template", "tries", "written_at"),
        order=("-id",),
        rights=("see",),
        extra_rights=(("send", _("Send again")), ("call", _("Work through call lists"))),
        actions=(
            Action(
                "again",
                _("Send again"),
                "MessageView.again",
                "send",
                icon="send",
                method="POST",
                confirm=_("Send this message again?"),
                shown=is_dead,
                bulk=send_one_again,
            ),
            Action(
                "call",
                _("Enter the result"),
                "MessageView.call",
                "call",
                icon="phone",
                primary=True,
                shown=is_call,
            ),
        ),
        state="state",
        criteria=reached,
        menu_group=MESSAGES,
        icon="send",
    )


def _template() -> Entity:
    return Entity(
        id="core.template",
        model=models.OwnTemplate,
        label=_("Words of a message"),
        label_plural=_("Words of messages"),
        fields=(
            Field("template", _("Message template"), choices_from=_templates, filterable=True),
            Field("language", _("Language"), choices=(("zh", _("Chinese")), ("en", _("English")))),
            Field(
                "subject", _("Subject line"), help=_("Places such as %(title)s are filled from the record.")
            ),
            Field("body", _("Text")),
        ),
        title="template",
        list_columns=("template", "language", "subject"),
        order=("template", "language"),
        rights=("see", "add", "edit", "delete"),
        natural_key=("template", "language"),
        check=check_template,
        panels=(preview_panel,),
        menu_group=MESSAGES,
        icon="message",
    )


def _opt_out() -> Entity:
    return Entity(
        id="core.opt_out",
        model=models.OptOut,
        label=_("Opt-out"),
        label_plural=_("Opt-outs"),
        fields=(
            Field("channel", _("Channel"), choices=tuple(CHANNELS[1:]), filterable=True),
            Field("address", _("Address or number"), mask="phone"),
            Field("why", _("Reason")),
        ),
        title="address",
        list_columns=("address", "channel", "why"),
        search=("address",),
        order=("address",),
        rights=("see", "add", "edit", "delete"),
        natural_key=("channel", "address"),
        check=check_opt_out,
        menu_group=MESSAGES,
        icon="bell-off",
    )


def _quiet_hours() -> Entity:
    hint = _("In 24 hours, such as 21:00.")
    form = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
    return Entity(
        id="core.quiet_hours",
        model=models.QuietHours,
        label=_("Quiet hours"),
        label_plural=_("Quiet hours"),
        fields=(
            Field("begins", _("From (time)"), help=hint, pattern=form),
            Field("ends", _("Until (time)"), help=hint, pattern=form),
        ),
        title="begins",
        list_columns=("begins", "ends"),
        rights=("see", "add", "edit", "delete"),
        check=check_quiet_hours,
        in_menu=True,
        menu_group=MESSAGES,
        icon="moon",
    )


def _templates() -> tuple[tuple[str, Any], ...]:
    """The declared messages."""
    return tuple((each.id, each.label) for each in installation().templates.values())


def _written_by() -> tuple[tuple[str, Any], ...]:
    """The declared messages, and what rules of administrators' own say."""
    return (*_templates(), (OWN, _("Own rule")))
