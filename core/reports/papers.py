"""A report on paper and as a workbook, as it was kept, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.branches import Branch
from core.documents import render_pdf
from core.exchange.writing import Heading, Sheet, write_workbook
from core.handbook.words import said
from core.people.rights.words import names_of
from core.reports import content, shown
from core.reports.kinds import COUNT, MONEY, QUANTITY, SHARE
from core.reports.models import FiledReport
from core.reports.states import REPORTS
from core.ui import format as told_as
from core.workflow.texts import told

TEMPLATE = Path(__file__).parent / "documents" / "report.typ"
_FORMATS = {COUNT: "0", MONEY: "0.00", QUANTITY: "0.####", SHARE: "0.0%"}


def pdf(session: Session, record: FiledReport) -> bytes:
    """The paper, with lines to sign on."""
    return render_pdf(TEMPLATE, paper_data(session, record))


def paper_data(session: Session, record: FiledReport) -> dict[str, Any]:
    """The data of `documents/report.typ`, in the language of the request."""
    names = names_of(session, {record.handed_in_by or 0, record.signed_by or 0})
    kept = shown.said_by(record.content, record.first_on, record.last_on)
    return {
        "title": shown.label_of(record.kind),
        "company": str(session.get_one(Branch, record.branch_id)),
        "number": shown.period_of_record(record),
        "note": gettext("Figures as of %(at)s", at=told_as.datetime(record.filled_at)),
        "facts": _facts(record, names),
        "figures": [[each["label"], each["value"]] for each in kept["figures"]],
        "tables": [_table(each) for each in kept["tables"]],
        "remarks": {"label": gettext("Remarks"), "text": record.remarks or ""},
        "labels": [gettext("Handed in by"), gettext("Signed off by")],
    }


def _facts(record: FiledReport, names: Mapping[int, str]) -> list[list[str]]:
    return [
        [gettext("State"), told(REPORTS.state(record.state).label)],
        [gettext("Due on"), told_as.date(record.due_on)],
        [gettext("Handed in by"), names.get(record.handed_in_by or 0, told_as.DASH)],
        [gettext("Handed in on"), told_as.date(record.handed_in_on)],
        [gettext("Signed off by"), names.get(record.signed_by or 0, told_as.DASH)],
        [gettext("Signed off on"), told_as.date(record.signed_on)],
    ]


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    columns = table["columns"]
    return {
        "title": table["title"],
        "heading": [each["label"] for each in columns],
        "numeric": [number for number, each in enumerate(columns) if each["numeric"]],
        "rows": [*table["rows"], *([table["total"]] if table["total"] else [])],
    }


def workbook(record: FiledReport) -> IO[bytes]:
    """A workbook: the figures on its first sheet, each table on one of its own. The caller closes it."""
    return write_workbook([_figures(record), *(_sheet(each) for each in record.content.get("tables", ()))])


def _figures(record: FiledReport) -> Sheet:
    headings = [Heading(gettext("Figure"), width=40), Heading(shown.period_of_record(record), width=24)]
    rows = [
        (said(each["label"]), content.told(each["kind"], each["value"], each["unit"]))
        for each in record.content.get("figures", ())
    ]
    remarks = [(gettext("Remarks"), record.remarks)] if record.remarks else []
    return Sheet(shown.label_of(record.kind), headings, [*rows, *remarks])


def _sheet(table: Mapping[str, Any]) -> Sheet:
    columns: Sequence[Mapping[str, Any]] = table["columns"]
    lines: Iterable[Sequence[Any]] = [*table["rows"], *([table["total"]] if table["total"] else [])]
    rows = [
        [content.cell(column["kind"], value) for column, value in zip(columns, line, strict=True)]
        for line in lines
    ]
    return Sheet(said(table["title"]), [_heading(each) for each in columns], rows)


def _heading(column: Mapping[str, Any]) -> Heading:
    unit = said(column["unit"])
    label = f"{said(column['label'])} ({unit})" if unit else said(column["label"])
    return Heading(label, width=18, number_format=_FORMATS.get(column["kind"], ""))
