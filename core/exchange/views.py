"""The pages of an import: choose, download, upload, look at the dry run, accept or discard."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, flash, redirect, request, send_file, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from core.data import UserError, clock
from core.entities.registry import entity_by_id
from core.exchange import jobs, pages, service
from core.exchange.forms import upload_form
from core.exchange.kinds import ImportKind
from core.exchange.models import ACCEPTED, CHECKED, ImportSheet
from core.exchange.registry import all_kinds, kind_of
from core.exchange.report import report
from core.exchange.writing import MEDIA_TYPES, XLSX, heading_of, write_xlsx
from core.history import note
from core.history.models import EXPORT
from core.installation import installation
from core.jobs.queue import RUNS_ALREADY
from core.people.access import current_person, current_user_id, may, require
from core.people.doors.refusals import NO_FILE, note_refusal
from core.ui.page import render


class ExchangeView(BaseView):
    """`/core/import/...`; who may use a sheet is said by its kind."""

    route_base = "/core/import"
    default_view = "index"

    @expose("/")
    def index(self) -> str:
        """The kinds of sheets that the person may bring in."""
        _somebody()
        kinds = [kind for kind in all_kinds() if may(kind.entity, kind.right)]
        if request.args.get("state") == CHECKED:
            asked = [kind for kind in kinds if request.args.get("kind") in (None, kind.id)]
            return render("exchange/index.html", **pages.to_accept(_session(), asked))
        return render("exchange/index.html", **pages.index(_session(), kinds))

    @expose("/<kind_id>", methods=["GET"])
    def upload(self, kind_id: str) -> str:
        """The columns explained, the template, and where to drop the filled-in sheet."""
        kind = _allowed(kind_id)
        return render("exchange/upload.html", **pages.upload(_session(), kind, upload_form(kind)))

    @expose("/<kind_id>", methods=["POST"])
    def check(self, kind_id: str) -> AnyResponse | tuple[str, int]:
        """The dry run; leads to what it found."""
        kind = _allowed(kind_id)
        form, session = upload_form(kind, request.form), _session()
        try:
            sheet = _checked(session, kind)
            session.commit()
        except UserError as error:
            session.rollback()
            wrong = form[error.field if error.field in form else "file"]
            wrong.errors = [str(error)]
            return render("exchange/upload.html", **pages.upload(session, kind, form)), error.status
        return redirect(url_for(".sheet", sheet_id=sheet.id))

    @expose("/<kind_id>/template.xlsx")
    def template(self, kind_id: str) -> AnyResponse:
        """The sheet to fill in, with what is known already filled in."""
        kind = _allowed(kind_id)
        try:
            params = service.known_params(kind, request.args.to_dict())
            rows = kind.template_rows(_session(), params) if kind.template_rows else ()
        except UserError as error:
            flash(str(error), "danger")
            return redirect(url_for(".upload", kind_id=kind.id))
        told = service.told_params(kind, params)
        out = write_xlsx(str(kind.label), [heading_of(column) for column in kind.columns()], rows)
        if kind.template_rows:  # an empty sheet takes nothing out of the house
            table = entity_by_id(kind.entity).model.__table__.name
            note(_session(), EXPORT, table, sheet=kind.id, params=told)
            _session().commit()
        return _download(out, "-".join([kind.id, *filter(None, told.values())]))

    @expose("/sheet/<int:sheet_id>")
    def sheet(self, sheet_id: int) -> str:
        """What the dry run found, or what became of the sheet."""
        sheet, kind = _found(sheet_id)
        job = jobs.job_of(_session(), sheet)
        if jobs.is_working(job, sheet):
            return render("exchange/working.html", **pages.working(sheet, kind, job))
        shown = pages.preview(_session(), sheet, kind, request.args)
        return render("exchange/preview.html", **shown, ended=pages.ended(job))

    @expose("/sheet/of/<int:id>")
    def open(self, id: int) -> AnyResponse:
        """From a sheet's record, or a job about it, to its rows; both name it `id`."""
        _found(id)
        return redirect(url_for(".sheet", sheet_id=id))

    @expose("/sheet/<int:sheet_id>/accept", methods=["POST"])
    def accept(self, sheet_id: int) -> AnyResponse:
        """Store the good rows and the confirmed ones, once; a large sheet's by a worker."""
        sheet, kind = _found(sheet_id)
        session = _session()
        confirmed = set(request.form.getlist("confirmed", type=int))
        everything = bool(request.form.get("confirm_all"))
        if jobs.is_large(sheet) and sheet.state != ACCEPTED:
            jobs.accept_later(session, kind, sheet, None if everything else confirmed, current_user_id())
            session.commit()
            return redirect(url_for(".sheet", sheet_id=sheet_id))
        if everything:
            confirmed = service.doubtful(session, sheet.id)
        done = service.accept(session, sheet.id, confirmed, current_user_id(), kind)
        session.commit()
        _tell(done)
        return redirect(url_for(".sheet", sheet_id=sheet_id))

    @expose("/sheet/<int:sheet_id>/discard", methods=["POST"])
    def discard(self, sheet_id: int) -> AnyResponse:
        """Give the sheet up."""
        sheet, kind = _found(sheet_id)
        job = jobs.job_of(_session(), sheet)
        if job is not None and job.is_live:
            raise UserError(RUNS_ALREADY, status=409)
        service.discard(_session(), sheet.id)
        _session().commit()
        flash(gettext("The sheet is discarded; nothing of it was stored."), "success")
        return redirect(url_for(".upload", kind_id=kind.id))

    @expose("/sheet/<int:sheet_id>/report.xlsx")
    def report(self, sheet_id: int) -> AnyResponse:
        """The sheet with a column that says what became of each row."""
        sheet, kind = _found(sheet_id)
        return _download(report(_session(), sheet, kind), f"{kind.id}-{sheet.id}")


def _session() -> Session:
    return installation().database.session()


def _somebody() -> None:
    if current_person() is None:
        raise Unauthorized


def _allowed(kind_id: str) -> ImportKind:
    _somebody()
    kind = kind_of(kind_id)
    require(kind.entity, kind.right)
    return kind


def _found(sheet_id: int) -> tuple[ImportSheet, ImportKind]:
    _somebody()
    sheet = service.sheet_of(_session(), sheet_id)
    kind = kind_of(sheet.kind)
    require(kind.entity, kind.right)
    return sheet, kind


def _checked(session: Session, kind: ImportKind) -> ImportSheet:
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise UserError("Choose the sheet that you filled in.", field="file")
    given, name = request.form.to_dict(), upload.filename
    later = partial(jobs.check_later, session, kind)
    try:
        return service.check_upload(session, kind, upload.stream, name, given, current_user_id(), later)
    except UserError as error:
        if error.field is None:  # else an answer of the form is wrong, not the file
            note_refusal(NO_FILE, error.message)
        raise


def _tell(sheet: ImportSheet) -> None:
    if sheet.state == ACCEPTED:
        flash(gettext("%(count)s rows are stored.", count=sheet.stored_rows), "success")
    else:
        flash(gettext(pages.CHANGED), "warning")


def _download(out: Any, name: str) -> Response:
    day = clock.today().isoformat()
    return send_file(
        out, MEDIA_TYPES[XLSX], as_attachment=True, download_name=f"{name}-{day}.xlsx", max_age=0
    )
