"""What the core says of working days through the hooks: days, hours of service, the yearly notice."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field
from core.exchange.kinds import ImportKind
from core.hooks import hookimpl
from core.menu import RULES
from core.workdays.models import NOTICE, OWN, ServiceTime, Workday
from core.workdays.screens.entered import check_day, check_hours, guard, reached_days, reached_hours
from core.workdays.screens.notice import NOTICE_SHEET


@hookimpl
def entities() -> list[Entity]:
    return [_day(), _hours()]


@hookimpl
def views() -> list[type[Any]]:
    from core.workdays.screens.year import YearView

    return [YearView]


@hookimpl
def imports() -> list[ImportKind]:
    return [NOTICE_SHEET]


def _where() -> Field:
    return Field(
        "branch_id",
        _("Branch"),
        target="core.branch",
        filterable=True,
        help=_(
            "It counts in the branches below too, where they say nothing else. Leave empty for every branch."
        ),
    )


def _day() -> Entity:
    return Entity(
        id="core.workday",
        model=Workday,
        label=_("Working day or day off"),
        label_plural=_("Working days"),
        fields=(
            Field("day", _("Day"), filterable=True),
            Field("is_workday", _("Worked"), filterable=True, default=lambda: False),
            Field("name", _("Holiday")),
            _where(),
            Field(
                "source",
                _("Said by"),
                choices=((NOTICE, _("Yearly notice")), (OWN, _("The company"))),
                readonly=True,
                filterable=True,
            ),
        ),
        title="name",
        list_columns=("day", "is_workday", "name", "branch_id", "source"),
        search=("name",),
        order=("-day",),
        rights=("see", "add", "edit", "delete", "export", "import"),
        actions=(
            Action("year", _("Calendar of the year"), "YearView.year", "see", icon="calendar", on_list=True),
            Action(
                "notice",
                _("Import the yearly notice"),
                "ExchangeView.index",
                "import",
                icon="upload",
                on_list=True,
            ),
        ),
        check=check_day,
        guard=guard,
        criteria=reached_days,
        calendar="day",
        menu_group=RULES,
        icon="calendar-event",
    )


def _hours() -> Entity:
    return Entity(
        id="core.service_time",
        model=ServiceTime,
        label=_("Hours of service"),
        label_plural=_("Hours of service"),
        fields=(
            _where(),
            Field("windows", _("Hours"), help=_("For example 09:00-12:00 13:30-18:00.")),
        ),
        title="windows",
        list_columns=("branch_id", "windows"),
        order=("id",),
        rights=("see", "add", "edit", "delete"),
        check=check_hours,
        guard=guard,
        criteria=reached_hours,
        menu_group=RULES,
        icon="clock-hour-9",
    )
