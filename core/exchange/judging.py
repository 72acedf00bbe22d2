"""What the rule book says of the rows of a sheet, as it says it of a form: a refusal is the row's error, a doubt is to
be confirmed and kept as a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from core.data import UserError
from core.entities.spec import Entity
from core.exchange.kinds import Finding, Row
from core.exchange.values import finding_of
from core.handbook.findings import keep
from core.handbook.judging import Bench
from core.handbook.words import msgid, told_figures

WARNING = "warning"


def judge_row(
    row: Row,
    bench: Bench,
    record: Any,
    columns: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Ask about the record that a row would become; `columns` name those of the sheet by field where they differ."""
    known = columns or {}
    try:
        doubts = bench.judge(record, more=more)
    except UserError as error:
        row.findings.append(finding_of(error, known.get(error.field or "", error.field or "")))
        return
    for each in doubts:
        field = next(iter(each.refusal.fields), "")
        figures = told_figures(each.rule, bench.entity, each.refusal.figures)
        text = msgid(each.refusal.text)
        row.findings.append(Finding(text, figures, level=WARNING, column=known.get(field, field)))


def is_doubted(rows: Iterable[Row]) -> bool:
    """Whether something was confirmed, of which the rule book may have to keep a finding."""
    return any(each.level == WARNING for row in rows for each in row.findings)


def keep_doubts(session: Session, entity: Entity, records: Sequence[Any]) -> None:
    """Keep what the rule book doubts of records that were stored all the same."""
    bench = Bench(session, entity)
    for record in records:
        for each in bench.judge(record):
            keep(session, each.found, record.id)
