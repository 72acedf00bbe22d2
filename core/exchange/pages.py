"""What the import's templates show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy import case, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data.marks import N_
from core.entities.spec import Entity
from core.exchange.forms import template_form
from core.exchange.kinds import Column, ImportKind
from core.exchange.limits import MAX_FILE_BYTES, MAX_ROWS
from core.exchange.models import (
    ACCEPTED,
    CHECKED,
    CHECKING,
    DISCARDED,
    ERROR,
    OK,
    WARNING,
    ImportRow,
    ImportSheet,
)
from core.exchange.report import messages
from core.installation import installation
from core.jobs.models import Job
from core.jobs.shown import status
from core.people.access import current_person
from core.ui import format as shown

PAGE_SIZE = 50
RECENT = 10
MOST_OPEN = 200
TONES = {CHECKING: "info", CHECKED: "info", ACCEPTED: "success", DISCARDED: "neutral"}
CHANGED = N_("Nothing was stored: things have changed since the sheet was checked. See what is wrong now.")
_WORST_FIRST = case((ImportRow.level == ERROR, 0), (ImportRow.level == WARNING, 1), else_=2)


def index(session: Session, kinds: Sequence[ImportKind]) -> dict[str, Any]:
    """The kinds to choose from, and the sheets of late."""
    return {
        "title": gettext("Import"),
        "kinds": [
            {"label": kind.label, "help": kind.help, "url": url_for("ExchangeView.upload", kind_id=kind.id)}
            for kind in kinds
        ],
        "recent": recent(session, kinds),
    }


def to_accept(session: Session, kinds: Sequence[ImportKind]) -> dict[str, Any]:
    """The sheets that were checked, and neither accepted nor discarded yet."""
    return {
        "title": gettext("Sheets to accept"),
        "back_url": url_for("ExchangeView.index"),
        "kinds": [],
        "recent": recent(session, kinds, state=CHECKED, limit=MOST_OPEN),
        "recent_title": gettext("Sheets to accept"),
        "narrowed": True,
    }


def upload(session: Session, kind: ImportKind, form: Any) -> dict[str, Any]:
    """The page where a sheet is downloaded and uploaded."""
    entity = installation().entities.get(kind.entity)
    megabytes = MAX_FILE_BYTES // 1024 // 1024
    return {
        "title": gettext("Import: %(kind)s", kind=str(kind.label)),
        "intro": kind.help,
        "cancel_url": entity.path if entity else url_for("ExchangeView.index"),
        "back_label": entity.label_plural if entity else gettext("Import"),
        "template_url": url_for("ExchangeView.template", kind_id=kind.id),
        "template_form": template_form(kind),
        "form": form,
        "upload_url": url_for("ExchangeView.check", kind_id=kind.id),
        "accept": ".xlsx,.csv",
        "max_bytes": MAX_FILE_BYTES,
        "max_text": gettext(
            "xlsx or csv, at most %(megabytes)s MB and %(rows)s rows",
            megabytes=megabytes,
            rows=shown.number(MAX_ROWS),
        ),
        "columns": [_explained(column) for column in kind.columns()],
        "recent": recent(session, [kind]),
    }


def _explained(column: Column) -> dict[str, Any]:
    choices = shown.listed(column.choices)
    help_text = " ".join(
        filter(None, [str(column.help), gettext("One of: %(choices)s.", choices=choices) if choices else ""])
    )
    return {"label": column.label, "required": column.required, "help": help_text, "example": column.example}


def recent(
    session: Session, kinds: Sequence[ImportKind], state: str = "", limit: int = RECENT
) -> list[dict[str, Any]]:
    """The latest sheets of these kinds in the branch, only those in a state where one is given."""
    labels = {kind.id: kind.label for kind in kinds}
    person = current_person()
    zone = person.branch.time_zone if person and person.branch else None
    statement = (
        select(ImportSheet)
        .where(ImportSheet.branch_id == current_branch_id(), ImportSheet.kind.in_(labels))
        .order_by(ImportSheet.id.desc())
        .limit(limit)
    )
    if state:
        statement = statement.where(ImportSheet.state == state)
    return [
        {
            "url": url_for("ExchangeView.sheet", sheet_id=sheet.id),
            "kind": labels[sheet.kind],
            "file_name": sheet.file_name,
            "uploaded_at": sheet.uploaded_at,
            "time_zone": zone,
            "state": state_label(sheet.state),
            "tone": TONES[sheet.state],
            "rows": sheet.rows,
            "stored": sheet.stored_rows,
        }
        for sheet in session.scalars(statement)
    ]


def state_label(state: str) -> str:
    """A sheet's state in the reader's language."""
    labels: dict[str, str] = {
        CHECKING: gettext("Being checked"),
        CHECKED: gettext("Checked"),
        ACCEPTED: gettext("Accepted"),
        DISCARDED: gettext("Discarded"),
    }
    return labels.get(state, state)


def working(sheet: ImportSheet, kind: ImportKind, job: Job) -> dict[str, Any]:
    """A large sheet that is being checked or accepted, or could not be checked."""
    checks = sheet.state == CHECKING
    title = gettext("Check: %(kind)s", kind=str(kind.label))
    return {
        "title": title if checks else gettext("Acceptance: %(kind)s", kind=str(kind.label)),
        "file_name": sheet.file_name,
        "about": _about(sheet),
        "job": status(job),
        "upload_url": url_for("ExchangeView.upload", kind_id=kind.id),
        "back_label": gettext("Import: %(kind)s", kind=str(kind.label)),
        "discard_url": "" if job.is_live else url_for("ExchangeView.discard", sheet_id=sheet.id),
    }


def ended(job: Job | None) -> dict[str, Any] | None:
    """How an acceptance by a worker ended that stored nothing."""
    if job is None:
        return None
    return {"text": status(job)["error"] or gettext(CHANGED), "url": url_for("JobView.run", id=job.id)}


def preview(
    session: Session, sheet: ImportSheet, kind: ImportKind, arguments: Mapping[str, str]
) -> dict[str, Any]:
    """The rows of a sheet with their findings, the worst first."""
    columns, entity = list(kind.columns()), installation().entities.get(kind.entity)
    level = arguments.get("level", "")
    level = level if level in (OK, WARNING, ERROR) else ""
    number = _page_number(arguments.get("page", ""))
    rows = _rows(session, sheet, level, number)
    open_ = sheet.state == CHECKED
    return {
        "title": gettext("Check: %(kind)s", kind=str(kind.label)),
        "file_name": sheet.file_name,
        "state": sheet.state,
        "state_label": state_label(sheet.state),
        "about": _about(sheet),
        "stored": sheet.stored_rows,
        "counts": {
            "total": sheet.rows,
            "ok": sheet.ok_rows,
            "warning": sheet.warning_rows,
            "error": sheet.error_rows,
        },
        "columns": [{"label": column.label, "numeric": not column.text} for column in columns],
        "rows": [_row(row, columns, entity, open_) for row in rows[:PAGE_SIZE]],
        "tabs": _tabs(sheet, level),
        "page": _pager(sheet, level, number, len(rows) > PAGE_SIZE),
        "can_accept": open_ and sheet.ok_rows + sheet.warning_rows > 0,
        "can_discard": open_,
        "confirm_all": open_ and sheet.warning_rows > 0,
        "accept_url": url_for("ExchangeView.accept", sheet_id=sheet.id),
        "discard_url": url_for("ExchangeView.discard", sheet_id=sheet.id),
        "report_url": url_for("ExchangeView.report", sheet_id=sheet.id),
        "upload_url": url_for("ExchangeView.upload", kind_id=kind.id),
        "back_label": gettext("Import: %(kind)s", kind=str(kind.label)),
    }


def _about(sheet: ImportSheet) -> str:
    if sheet.state == ACCEPTED:
        return str(gettext("%(count)s rows are stored.", count=shown.number(sheet.stored_rows)))
    if sheet.state == DISCARDED:
        return str(gettext("The sheet is discarded; nothing of it was stored."))
    return str(gettext("Nothing is stored yet."))


def _rows(session: Session, sheet: ImportSheet, level: str, number: int) -> list[ImportRow]:
    statement = select(ImportRow).where(ImportRow.sheet_id == sheet.id)
    if level:
        statement = statement.where(ImportRow.level == level)
    ordered = statement.order_by(_WORST_FIRST, ImportRow.number)
    return list(session.scalars(ordered.offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1)))


def _row(row: ImportRow, columns: Sequence[Column], entity: Entity | None, open_: bool) -> dict[str, Any]:
    may_confirm = open_ and row.level == WARNING
    return {
        "number": row.number,
        "state": row.level,
        "stored": row.stored,
        "cells": [row.cells.get(column.name, "") for column in columns],
        "messages": messages(row.findings, {column.name: str(column.label) for column in columns}, entity),
        "confirm": {"name": "confirmed", "value": row.number, "checked": False} if may_confirm else None,
    }


def _tabs(sheet: ImportSheet, level: str) -> list[dict[str, Any]]:
    all_tabs = (
        ("", gettext("All rows"), sheet.rows),
        (ERROR, gettext("Wrong"), sheet.error_rows),
        (WARNING, gettext("To confirm"), sheet.warning_rows),
        (OK, gettext("Good"), sheet.ok_rows),
    )
    return [
        {"label": label, "figure": figure, "active": each == level, "url": _address(sheet, each, 1)}
        for each, label, figure in all_tabs
    ]


def _pager(sheet: ImportSheet, level: str, number: int, more: bool) -> dict[str, Any] | None:
    if number == 1 and not more:
        return None
    total = {OK: sheet.ok_rows, WARNING: sheet.warning_rows, ERROR: sheet.error_rows}.get(level, sheet.rows)
    return {
        "number": number,
        "prev_url": _address(sheet, level, number - 1) if number > 1 else "",
        "next_url": _address(sheet, level, number + 1) if more else "",
        "total_text": gettext("%(count)s rows", count=shown.number(total)),
    }


def _address(sheet: ImportSheet, level: str, number: int) -> str:
    wanted: dict[str, Any] = {"level": level} if level else {}
    if number > 1:
        wanted["page"] = number
    return url_for("ExchangeView.sheet", sheet_id=sheet.id, **wanted)


def _page_number(text: str) -> int:
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1
