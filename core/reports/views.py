"""`/core/reports/`: reports are read, written and handed in here, printed and downloaded."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, redirect, request, send_file
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized

from core.data import UserError, once
from core.entities.finding import find
from core.entities.registry import allowed, demand, entity_by_id
from core.entities.service import StaleError
from core.exchange.writing import MEDIA_TYPES, XLSX
from core.handbook.periods import Period
from core.history import note
from core.history.models import EXPORT, PRINT
from core.installation import installation
from core.people.access import Person, current_person, today_in
from core.people.doors.refusals import note_error
from core.reports import content, duty, papers, service, shown
from core.reports.forms import FillForm
from core.reports.kinds import ENTITY, Report
from core.reports.models import FiledReport
from core.reports.reach import demand_kind, every_kind, fills
from core.reports.states import FILL, OPEN
from core.ui.notices import tell
from core.ui.page import render
from core.ui.shell_form import refuse, status_of

HAND_IN = "hand-in"
EARLIEST = date(2000, 1, 1)


class ReportView(BaseView):
    """A report is filled in by whoever holds the position that owes it, with the right to hand in."""

    route_base = "/core/reports"
    default_view = "index"

    @expose("/", methods=["GET"])
    def index(self) -> Any:
        """The reader's reports, and what is owed of each."""
        demand(entity_by_id(ENTITY), FILL)
        _person, _branch, day = _here()
        own = [each for each in every_kind() if fills(each)]
        rows = shown.index(_session(), own, _present(own, day), day)
        return render("reports/index.html", rows=rows, may_see=allowed(entity_by_id(ENTITY), "see"))

    @expose("/<string:plugin>/<string:name>", methods=["GET", "POST"])
    def fill(self, plugin: str, name: str) -> Any:
        """The report of a period, filled from data, and the form beside it. Sent, it is kept or handed in."""
        report = demand_kind(plugin, name)
        period = _period(report)
        if request.method == "POST":
            return _sent(report, period, FillForm())
        record = _held(report, period)
        if record is not None and record.state not in OPEN:
            return redirect(_page(record))
        return _form(report, period, record, _begin(FillForm(), record))

    @expose("/<int:id>/write", methods=["GET"])
    def write(self, id: int) -> Any:
        """From the record to the page where it is written."""
        demand(entity_by_id(ENTITY), FILL)
        record = _found(id)
        report = installation().reports.get(record.kind)
        if report is None:
            raise NotFound
        return redirect(f"{report.path}?on={record.first_on.isoformat()}")

    @expose("/<int:id>/report.pdf", methods=["GET"])
    def paper(self, id: int) -> Any:
        demand(entity_by_id(ENTITY), "print")
        session, record = _session(), _found(id)
        pdf = papers.pdf(session, record)
        note(session, PRINT, FiledReport.__tablename__, record.id)
        session.commit()
        headers = {"Content-Disposition": f'inline; filename="report-{id}.pdf"'}
        return Response(pdf, mimetype="application/pdf", headers=headers)

    @expose("/<int:id>/report.xlsx", methods=["GET"])
    def sheet(self, id: int) -> Any:
        demand(entity_by_id(ENTITY), "export")
        session, record = _session(), _found(id)
        name = f"{shown.label_of(record.kind)} {record.first_on.isoformat()}.{XLSX}"
        file = papers.workbook(record)
        note(session, EXPORT, FiledReport.__tablename__, record.id)
        session.commit()
        return send_file(file, mimetype=MEDIA_TYPES[XLSX], as_attachment=True, download_name=name, max_age=0)


def _found(id: int) -> FiledReport:
    record: FiledReport = find(_session(), entity_by_id(ENTITY), id)
    return record


def _sent(report: Report, period: Period, form: FillForm) -> Any:
    """What was sent is kept first, so that no text is lost where it cannot be handed in."""
    session, (person, branch_id, _day) = _session(), _here()
    before = once.earlier_result(session, once.known_key(form.once.data), person.user_id)
    if before is not None:
        return redirect(before)
    said = service.filled(session, report, branch_id, period)
    record = _held(report, period)
    try:
        if not form.validate():
            return _form(report, period, record, form, said)
        _demand_fresh(record, form)
        kept = service.keep(session, report, period, said, form.remarks.data or "")
        handed = request.form.get("do") == HAND_IN
        if handed and form.digest.data != content.digest(said):
            session.commit()
            return _read_again(report, period, kept, form, said)
        return _done(session, report, kept, person, form, handed=handed)
    except UserError as error:
        note_error(error)
        session.rollback()
        record = _held(report, period)
        if record is not None and record.state not in OPEN:
            tell(str(error), "danger")
            return redirect(_page(record))
        refuse(form, error)
        return _form(report, period, record, form, said)


def _done(
    session: Session, report: Report, kept: FiledReport, person: Person, form: FillForm, *, handed: bool
) -> Any:
    waits = service.hand_in(session, kept, person.user_id) if handed else None
    address = _page(kept) if handed else f"{report.path}?on={kept.first_on.isoformat()}"
    once.remember(session, once.known_key(form.once.data), person.user_id, address)
    session.commit()
    if not handed:
        tell(gettext("Kept. It is not handed in yet."))
    else:
        tell(gettext("Asked for approval.") if waits is not None else gettext("The report is handed in."))
    return redirect(address)


def _read_again(
    report: Report, period: Period, kept: FiledReport, form: FillForm, said: content.Content
) -> Any:
    """The figures are others than those that were read: nobody hands in what they have not seen."""
    refuse(form, UserError(service.READ_AGAIN, status=409))
    form.row_version.data, form.digest.data = str(kept.row_version), content.digest(said)
    return _form(report, period, kept, form, said)


def _demand_fresh(record: FiledReport | None, form: FillForm) -> None:
    """Refuse what was written over a text that somebody else has changed meanwhile."""
    known = str(record.row_version) if record is not None else "0"
    if (form.row_version.data or "0") != known:
        raise StaleError


def _begin(form: FillForm, record: FiledReport | None) -> FillForm:
    form.once.data = once.new_key()
    form.remarks.data = record.remarks if record is not None else ""
    form.row_version.data = str(record.row_version) if record is not None else "0"
    return form


def _form(
    report: Report,
    period: Period,
    record: FiledReport | None,
    form: FillForm,
    said: content.Content | None = None,
) -> Any:
    _person, branch_id, _day = _here()
    now = service.filled(_session(), report, branch_id, period) if said is None else said
    if said is None:
        form.digest.data = content.digest(now)
    context = shown.fill(_session(), report, period, record, now)
    return render("reports/fill.html", form=form, **context), status_of(form)


def _held(report: Report, period: Period) -> FiledReport | None:
    return _session().scalar(
        select(FiledReport).where(
            FiledReport.branch_id == _here()[1],
            FiledReport.kind == report.id,
            FiledReport.first_on == period.first,
        )
    )


def _present(reports: list[Report], day: date) -> dict[str, FiledReport]:
    """The reports of the present periods, by kind; one statement."""
    wanted = [(each.id, each.owed_on(day).first) for each in reports]
    if not wanted:
        return {}
    rows = _session().scalars(
        select(FiledReport).where(
            FiledReport.branch_id == _here()[1],
            tuple_(FiledReport.kind, FiledReport.first_on).in_(wanted),
        )
    )
    return {each.kind: each for each in rows}


def _period(report: Report) -> Period:
    """The period of a day in it (`?on=`), else the one that is owed today. NotFound for one that is still to come."""
    _person, _branch, day = _here()
    asked = request.args.get("on", "")
    if not asked:
        return report.owed_on(day)
    try:
        found = report.of_day(date.fromisoformat(asked))
    except (ValueError, OverflowError):
        raise NotFound from None
    if found.first < EARLIEST or (found.first > day and not _is_due(report, found, day)):
        raise NotFound
    return found


def _is_due(report: Report, period: Period, day: date) -> bool:
    """Before days off a report may be due before its period begins."""
    due = duty.due_of(_session(), report, period)
    return due is not None and due <= day


def _page(record: FiledReport) -> str:
    """The report's own page for those who may see it, else the reader's reports."""
    entity = entity_by_id(ENTITY)
    return f"{entity.path}{record.id}" if allowed(entity, "see") else "/core/reports/"


def _here() -> tuple[Person, int, date]:
    person = current_person()
    if person is None:
        raise Unauthorized
    if person.branch is None:
        raise NotFound
    return person, person.branch.id, today_in(_session(), person.branch.id)


def _session() -> Session:
    return installation().database.session()
