"""What the core says of jobs through the hooks: the list of runs, and the page of one."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity, Field
from core.hooks import hookimpl
from core.jobs.labels import ENTITY, STATES, TONES, kind_choices
from core.jobs.models import Job
from core.notices.kinds import NoticeKind
from core.work.kinds import WorkKind


@hookimpl
def views() -> list[type[Any]]:
    from core.jobs.views import JobView

    return [JobView]


@hookimpl
def work() -> list[WorkKind]:
    from core.jobs.work import WORK

    return list(WORK)


@hookimpl
def notices() -> list[NoticeKind]:
    from core.jobs.notices import NOTICES

    return list(NOTICES)


@hookimpl
def entities() -> list[Entity]:
    return [
        Entity(
            id=ENTITY,
            model=Job,
            label=_("Background job"),
            label_plural=_("Background jobs"),
            fields=(
                Field("id", _("Number"), readonly=True),
                Field("kind", _("Work"), choices_from=kind_choices, readonly=True, filterable=True),
                Field("state", _("State"), choices=STATES, tones=TONES, readonly=True, filterable=True),
                Field("done", _("Finished"), readonly=True),
                Field("total", _("Of"), readonly=True),
                Field("started_by", _("Started by"), target="core.person", readonly=True),
                Field("created_at", _("Asked for"), readonly=True),
                Field("started_at", _("Begun"), readonly=True),
                Field("finished_at", _("Ended"), readonly=True),
                Field("error_reference", _("Reference number"), readonly=True),
                Field("error_place", _("Place of the fault"), readonly=True),
            ),
            title="id",
            list_columns=("id", "kind", "state", "done", "total", "started_by", "created_at", "finished_at"),
            search=("error_reference",),
            order=("-id",),
            rights=("see",),
            state="state",
            icon="progress",
        )
    ]
