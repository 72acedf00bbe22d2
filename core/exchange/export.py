"""Writes records of an entity as an xlsx or csv file, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from zoneinfo import ZoneInfo

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.data import UserError
from core.data.clock import DEFAULT_TIME_ZONE
from core.entities.cells import text_for_reader, text_of
from core.entities.query import titles
from core.entities.reading import readable
from core.entities.spanning import branch_names, spans
from core.entities.spec import Entity, Field
from core.exchange.limits import MAX_EXPORT_ROWS
from core.exchange.writing import Heading, write

_CHUNK = 1_000
_FORMATS = {"integer": "0", "money": "0.00", "quantity": "0.####"}


def export_rows(
    session: Session,
    entity: Entity,
    columns: Sequence[str],
    records: Iterable[Any],
    file_format: str,
    time_zone: str = DEFAULT_TIME_ZONE,
) -> IO[bytes]:
    """The named fields of `records` as a file; `file_format` is "xlsx" or "csv". The caller closes it.

    Records are read in chunks and written as they come, so a stream of them may be given. Figures and days stay
    figures and days; instants are shown by the clock of `time_zone`. Raises UserError above MAX_EXPORT_ROWS.
    """
    fields = [entity.field(name) for name in columns]
    rows = _rows(session, entity, fields, records, ZoneInfo(time_zone))
    branch = [Heading(gettext("Branch"), width=18)] if spans(entity) else []
    headings = [*branch, *(_heading(entity, each) for each in fields)]
    return write(file_format, str(entity.label_plural), headings, rows)


def _heading(entity: Entity, each: Field) -> Heading:
    unit = str(each.unit)
    label = f"{each.label} ({unit})" if unit else str(each.label)
    return Heading(label, width=18, number_format=_FORMATS.get(entity.kind(each), ""))


def _rows(
    session: Session, entity: Entity, fields: Sequence[Field], records: Iterable[Any], zone: ZoneInfo
) -> Iterator[list[Any]]:
    names = [each.name for each in fields]
    source, written = iter(records), 0
    branches = branch_names() if spans(entity) else {}
    while chunk := list(islice(source, _CHUNK)):
        written += len(chunk)
        if written > MAX_EXPORT_ROWS:
            raise UserError(
                "These are more than %(rows)s records. Narrow the list and export again.",
                rows=MAX_EXPORT_ROWS,
            )
        found = titles(session, entity, chunk, names)
        for record in chunk:
            branch = [branches.get(record.branch_id)] if spans(entity) else []
            yield [*branch, *(_value(entity, each, record, found, zone) for each in fields)]


def _value(entity: Entity, each: Field, record: Any, found: Any, zone: ZoneInfo) -> Any:
    kind = entity.kind(each)
    value = each.value(record) if each.value is not None else getattr(record, each.name)
    if value is None or value == "":
        return None
    if not readable(entity, each.name):
        return text_for_reader(entity, each, value, found)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return value.astimezone(zone).replace(tzinfo=None)
    if kind in ("reference", "choice", "json"):
        return text_of(each, kind, value, found)
    # 12.5000 m3 is 12.5; money keeps its two places.
    is_exact = kind == "quantity" and isinstance(value, Decimal)
    return Decimal(format(value.normalize(), "f")) if is_exact else value
