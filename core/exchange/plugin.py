"""What the core says of import and export through the hooks."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field
from core.exchange.models import ACCEPTED, CHECKED, CHECKING, DISCARDED, ImportRow, ImportSheet
from core.exchange.pages import TONES
from core.hooks import hookimpl
from core.jobs.kinds import JobKind
from core.work.kinds import WorkKind

__all__ = ["ImportRow", "entities", "jobs", "views", "work"]


@hookimpl
def views() -> list[type[Any]]:
    from core.exchange.export_view import ExportView
    from core.exchange.views import ExchangeView

    return [ExchangeView, ExportView]


@hookimpl
def jobs() -> list[JobKind]:
    from core.exchange import export_jobs
    from core.exchange.jobs import JOBS

    return [*JOBS, *export_jobs.JOBS]


@hookimpl
def work() -> list[WorkKind]:
    from core.exchange.work import WORK

    return list(WORK)


@hookimpl
def entities() -> list[Entity]:
    return [_sheet()]


def _sheet() -> Entity:
    return Entity(
        id="core.import_sheet",
        model=ImportSheet,
        label=_("Uploaded sheet"),
        label_plural=_("Uploaded sheets"),
        fields=(
            Field("file_name", _("File"), readonly=True),
            Field("kind", _("Kind"), readonly=True, value=_kind_label),
            Field(
                "state",
                _("State"),
                choices=(
                    (CHECKING, _("Being checked")),
                    (CHECKED, _("Checked")),
                    (ACCEPTED, _("Accepted")),
                    (DISCARDED, _("Discarded")),
                ),
                tones=TONES,
                readonly=True,
                filterable=True,
            ),
            Field("ok_rows", _("Good rows"), readonly=True),
            Field("warning_rows", _("Rows to confirm"), readonly=True),
            Field("error_rows", _("Wrong rows"), readonly=True),
            Field("stored_rows", _("Stored rows"), readonly=True),
            Field("uploaded_by", _("Uploaded by"), target="core.person", readonly=True),
            Field("uploaded_at", _("Uploaded at"), readonly=True),
            Field("accepted_by", _("Accepted by"), target="core.person", readonly=True),
            Field("accepted_at", _("Accepted at"), readonly=True),
        ),
        title="file_name",
        list_columns=(
            "file_name",
            "kind",
            "state",
            "ok_rows",
            "error_rows",
            "stored_rows",
            "uploaded_by",
            "uploaded_at",
        ),
        search=("file_name",),
        order=("-id",),
        rights=("see",),
        actions=(
            Action(
                "upload",
                _("Upload a sheet"),
                "ExchangeView.index",
                "see",
                icon="upload",
                on_list=True,
                primary=True,
            ),
            Action("rows", _("Show the rows"), "ExchangeView.open", "see", icon="table", primary=True),
        ),
        state="state",
        icon="file-spreadsheet",
    )


def _kind_label(sheet: ImportSheet) -> str:
    from core.installation import installation

    known = installation()
    if sheet.kind in known.imports:
        return str(known.imports[sheet.kind].label)
    entity = known.entities.get(sheet.kind)
    return str(entity.label_plural) if entity else sheet.kind
