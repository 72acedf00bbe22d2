"""A sheet's way: checked without storing anything, then accepted or discarded, once.

The caller commits. What a function refuses, it refuses by UserError; roll back then.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection, Sequence
from typing import IO, Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.branches.setwise import change, insert_rows, table_of
from core.data import UserError, clock
from core.data.days import read_month
from core.data.marks import N_
from core.entities.form_fields import identifier
from core.entities.query import MAX_ID, record_exists, titles_of
from core.entities.registry import entity_by_id
from core.exchange import headings, limits, sheets
from core.exchange.kinds import ImportKind, Param, Row
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
from core.exchange.parts import Told, judge, parts, store, unheard
from core.exchange.registry import kind_of
from core.exchange.words import Packed, pack
from core.installation import installation
from core.ui.day_field import today_here, typed_day

log = logging.getLogger(__name__)
_CHUNK = 500
WAS_DISCARDED = N_("This sheet was discarded. Upload it again if it is needed.")


def check_upload(
    session: Session,
    kind: ImportKind,
    stream: IO[bytes],
    file_name: str,
    params: dict[str, str],
    user_id: int | None,
    later: Callable[[ImportSheet, int], Any] | None = None,
) -> ImportSheet:
    """The dry run: read the file, let the kind judge all rows together, keep sheet and rows; nothing else is stored.

    `later` gets sheets of more than MAX_ROWS_AT_ONCE rows, and their number, to have them judged by `check_kept`.
    Raises UserError for a file that cannot be read as a sheet of this kind.
    """
    known = known_params(kind, params)
    data = sheets.read_bytes(stream)
    rows = headings.rows_of(sheets.read_table(data), kind.columns())
    waits = later is not None and len(rows) > limits.MAX_ROWS_AT_ONCE
    judged = [] if waits else judge(session, kind, rows, known)
    sheet = ImportSheet(
        kind=kind.id,
        params=known,
        file_name=file_name[-255:],
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=user_id,
    )
    if waits:
        sheet.state, sheet.content = CHECKING, data
    session.add(sheet)
    session.flush()
    if later is not None and waits:
        later(sheet, len(rows))
    else:
        _keep(session, sheet, judged)
    return sheet


def check_kept(session: Session, sheet: ImportSheet, kind: ImportKind, told: Told = unheard) -> None:
    """The dry run of a sheet whose file was kept for it. UserError where it was discarded meanwhile."""
    data = sheet.content or b""
    rows = headings.rows_of(sheets.read_table(data), kind.columns())
    judged = judge(session, kind, rows, dict(sheet.params), told)
    if not _move(session, sheet, CHECKED, CHECKING, content=None):
        raise UserError(WAS_DISCARDED, status=409)
    _keep(session, sheet, judged)


def _keep(session: Session, sheet: ImportSheet, rows: Sequence[Row]) -> None:
    _write_rows(session, sheet.id, [_record(sheet.id, row) for row in rows])
    _count(sheet, [level_of(row) for row in rows])
    session.flush()


def known_params(kind: ImportKind, params: dict[str, str]) -> dict[str, str]:
    """The parameters that the kind knows, of those given. UserError when a required one is missing."""
    found: dict[str, str] = {}
    for each in kind.params() if kind.params else ():
        text = (params.get(each.name) or "").strip()
        if not text and each.required:
            raise UserError("Fill in %(label)s.", field=each.name, label=str(each.label))
        _check_choice(each, text)
        if text and each.entity and not records_named(each, text):
            raise UserError("Choose %(label)s from the list.", field=each.name, label=str(each.label))
        read = {"date": _day, "month": _month}.get(each.kind)
        found[each.name] = read(each, text) if text and read else text
    return found


def told_params(kind: ImportKind, params: dict[str, str]) -> dict[str, str]:
    """Parameters as people know them: a record by its title."""
    known = {each.name: each for each in kind.params() if each.entity} if kind.params else {}
    return {
        name: next(iter(records_named(known[name], text).values()), text) if text and name in known else text
        for name, text in params.items()
    }


def records_named(each: Param, text: str) -> dict[int, str]:
    """Id to title of the record that a parameter names, as far as the reader may choose it."""
    session, target, number = installation().database.session(), entity_by_id(each.entity), identifier(text)
    is_there = number is not None and record_exists(session, target, number)
    return titles_of(session, target, [number]) if is_there else {}


def _day(each: Param, text: str) -> str:
    try:
        return typed_day(text).isoformat()
    except ValueError:
        raise UserError("Enter a date, for example 2026-11-22.", field=each.name) from None


def _month(each: Param, text: str) -> str:
    try:
        return read_month(text, today_here())
    except ValueError:
        raise UserError("Enter a month, for example 2026-11.", field=each.name) from None


def _check_choice(each: Param, text: str) -> None:
    if text and each.choices is not None and text not in {value for value, _ in each.choices()}:
        raise UserError("Choose %(label)s from the list.", field=each.name, label=str(each.label))


def sheet_of(session: Session, sheet_id: int) -> ImportSheet:
    """The sheet, if it is of this branch; else UserError with status 404."""
    wanted = select(ImportSheet).where(ImportSheet.id == sheet_id)
    sheet = session.scalar(wanted) if sheet_id <= MAX_ID else None
    if sheet is None:
        raise UserError("There is no such sheet in this branch.", status=404)
    return sheet


def accept(
    session: Session,
    sheet_id: int,
    confirmed: Collection[int],
    user_id: int | None,
    kind: ImportKind | None = None,
    judged: Told = unheard,
    stored: Told = unheard,
) -> ImportSheet:
    """Store the good rows, and of the doubtful ones those whose numbers are `confirmed`; exactly once.

    The rows are judged again first, as things may have changed since the dry run. A sheet that was accepted before
    is answered as it is; one in which no row is good any more stays "checked". Raises UserError when it was discarded,
    had no row to store, or clashes with a change that another person made at the same moment. `judged` and `stored`
    are told how many rows are.
    """
    sheet = sheet_of(session, sheet_id)
    by = kind or kind_of(sheet.kind)
    if not _move(session, sheet, ACCEPTED, accepted_by=user_id, accepted_at=clock.now()):
        if sheet.state == ACCEPTED:
            return sheet
        raise UserError(WAS_DISCARDED, status=409)
    chosen = _judged_again(session, sheet, by, set(confirmed), judged)
    if not chosen:
        # What is wrong now was written to the rows; the sheet stays open, so that it is read.
        sheet.state, sheet.accepted_by, sheet.accepted_at = CHECKED, None, None
        return sheet
    try:
        sheet.stored_rows = store(session, by, chosen, dict(sheet.params), user_id, stored)
        session.flush()
    except IntegrityError:
        log.warning("sheet %s of kind %s clashed while it was stored", sheet_id, by.id, exc_info=True)
        raise UserError(
            "Somebody changed the same records at this moment, so nothing was stored. Upload the sheet again.",
            status=409,
        ) from None
    _mark_stored(session, sheet, [row.number for row in chosen])
    return sheet


def discard(session: Session, sheet_id: int) -> ImportSheet:
    """Give the sheet up. UserError when it was accepted."""
    sheet = sheet_of(session, sheet_id)
    moved = _move(session, sheet, DISCARDED) or _move(session, sheet, DISCARDED, CHECKING, content=None)
    if not moved and sheet.state == ACCEPTED:
        raise UserError("This sheet was accepted before and cannot be discarded any more.", status=409)
    return sheet


def doubtful(session: Session, sheet_id: int) -> set[int]:
    """The numbers of the rows that may be stored after confirmation."""
    return set(
        session.scalars(
            select(ImportRow.number).where(ImportRow.sheet_id == sheet_id, ImportRow.level == WARNING)
        )
    )


def level_of(row: Row) -> str:
    """The worst of a row's findings."""
    levels = {finding.level for finding in row.findings}
    return ERROR if ERROR in levels else WARNING if WARNING in levels else OK


def _move(session: Session, sheet: ImportSheet, state: str, before: str = CHECKED, **values: Any) -> bool:
    """From one state to another, by whoever is first: one conditional UPDATE decides."""
    table = table_of(ImportSheet)
    statement = (
        update(table).where(table.c.id == sheet.id, table.c.state == before).values(state=state, **values)
    )
    moved = change(session, ImportSheet, statement) == 1
    session.refresh(sheet)
    return moved


def _judged_again(
    session: Session, sheet: ImportSheet, kind: ImportKind, confirmed: set[int], told: Told
) -> list[Row]:
    """The rows to store, after a new judgement. Rows that became worse are kept with what is wrong now."""
    kept = list(
        session.execute(
            select(ImportRow.number, ImportRow.cells, ImportRow.level, ImportRow.findings)
            .where(ImportRow.sheet_id == sheet.id, ImportRow.level != ERROR)
            .order_by(ImportRow.number)
        )
    )
    before = {
        number: (level, findings) for number, _, level, findings in kept if level == OK or number in confirmed
    }
    rows = [Row(number, dict(cells)) for number, cells, _, _ in kept if number in before]
    if not rows:
        raise UserError(
            "No row of this sheet can be stored. Mend the rows and upload the sheet again.", status=409
        )
    _demand_columns(rows, kind)
    rows = judge(session, kind, rows, dict(sheet.params), told)
    chosen: list[Row] = []
    worse: list[Row] = []
    for row in rows:
        fine = level_of(row) != ERROR and _doubts(map(pack, row.findings)) <= _doubts(before[row.number][1])
        (chosen if fine else worse).append(row)
    _rewrite(session, sheet, worse)
    return chosen


def _demand_columns(rows: Sequence[Row], kind: ImportKind) -> None:
    """Somebody else's sheet may fill columns that this person may not; they are not dropped without a word."""
    known = {column.name for column in kind.columns()}
    if any(text and name not in known for row in rows for name, text in row.cells.items()):
        raise UserError(
            "This sheet fills columns that you may not fill. Ask who uploaded it to accept it.", status=403
        )


def _doubts(findings: Any) -> set[tuple[str, str]]:
    return {(each["message"], each["column"]) for each in findings}


def _rewrite(session: Session, sheet: ImportSheet, rows: Sequence[Row]) -> None:
    if not rows:
        return
    table = table_of(ImportRow)
    for chunk in parts([row.number for row in rows], _CHUNK):
        change(
            session, ImportRow, delete(table).where(table.c.sheet_id == sheet.id, table.c.number.in_(chunk))
        )
    _write_rows(session, sheet.id, [_record(sheet.id, row) for row in rows])
    levels = session.scalars(select(ImportRow.level).where(ImportRow.sheet_id == sheet.id))
    _count(sheet, list(levels))


def _mark_stored(session: Session, sheet: ImportSheet, numbers: Sequence[int]) -> None:
    table = table_of(ImportRow)
    for chunk in parts(numbers, _CHUNK):
        marked = (
            update(table).where(table.c.sheet_id == sheet.id, table.c.number.in_(chunk)).values(stored=True)
        )
        change(session, ImportRow, marked)


def _record(sheet_id: int, row: Row) -> dict[str, Any]:
    findings: list[Packed] = [pack(finding) for finding in row.findings]
    return {
        "sheet_id": sheet_id,
        "number": row.number,
        "level": level_of(row),
        "cells": row.cells,
        "values": row.values,
        "findings": findings,
    }


def _write_rows(session: Session, sheet_id: int, records: Sequence[dict[str, Any]]) -> None:
    for chunk in parts(records, 2_000):
        insert_rows(session, ImportRow, chunk)


def _count(sheet: ImportSheet, levels: Sequence[str]) -> None:
    sheet.ok_rows, sheet.warning_rows, sheet.error_rows = (
        levels.count(each) for each in (OK, WARNING, ERROR)
    )
