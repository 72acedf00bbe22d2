"""The sheet that goes back to the person: what was written, and beside each row what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.entities.reading import readable
from core.entities.spec import Entity
from core.exchange.kinds import Column, ImportKind
from core.exchange.models import ACCEPTED, ERROR, OK, WARNING, ImportRow, ImportSheet
from core.exchange.words import read_finding
from core.exchange.writing import Heading, heading_of, write_xlsx
from core.installation import installation


def report(session: Session, sheet: ImportSheet, kind: ImportKind) -> IO[bytes]:
    """An xlsx file in the reader's language: the sheet's rows with a column "Result". It may be uploaded again."""
    columns = list(kind.columns())
    entity = installation().entities.get(kind.entity)
    headings = [*(heading_of(column) for column in columns), Heading(gettext("Result"), width=60)]
    return write_xlsx(str(kind.label), headings, _rows(session, sheet, columns, entity))


def _rows(
    session: Session, sheet: ImportSheet, columns: list[Column], entity: Entity | None
) -> Iterator[list[Any]]:
    labels = {column.name: str(column.label) for column in columns}
    statement = (
        select(ImportRow.level, ImportRow.stored, ImportRow.cells, ImportRow.findings)
        .where(ImportRow.sheet_id == sheet.id)
        .order_by(ImportRow.number)
    )
    for level, stored, cells, findings in session.execute(statement):
        said = messages(findings, labels, entity)
        result = [outcome(sheet.state, level, stored), *said]
        yield [*(cells.get(column.name, "") for column in columns), " ".join(result)]


def messages(findings: list[Any], labels: dict[str, str], entity: Entity | None = None) -> list[str]:
    """Each finding as a sentence, with the label of its column in front.

    Of a field that the reader does not see whole, in somebody else's sheet, the finding's words could tell the value.
    """
    return list(dict.fromkeys(_message(each, labels, entity) for each in findings))


def _message(finding: Any, labels: dict[str, str], entity: Entity | None) -> str:
    column = finding["column"]
    if entity is not None and column in entity.by_name and not readable(entity, column):
        return str(gettext("Something is wrong in a column that you do not see. Ask who uploaded the sheet."))
    return _with_label(labels.get(column, ""), read_finding(finding))


def _with_label(label: str, text: str) -> str:
    return str(gettext("%(column)s: %(finding)s", column=label, finding=text)) if label else text


def outcome(state: str, level: str, stored: bool) -> str:
    """What became of a row, or will become of it."""
    if stored:
        return str(gettext("Stored."))
    if state == ACCEPTED:
        return str(gettext("Not stored."))
    known: dict[str, str] = {OK: gettext("Good."), WARNING: gettext("To confirm."), ERROR: gettext("Wrong.")}
    return known[level]
