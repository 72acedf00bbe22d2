"""Posted facts stay as they are: no flush and no statement of a session changes or deletes them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState

from core.data.base import Posted
from core.data.database import GatedSession
from core.data.errors import UserError

MESSAGE = "A posted record cannot be changed or deleted. Enter a correction instead; both stay on record."


def _refuse_flush(session: Any, _context: Any, _instances: Any) -> None:
    for row in session.deleted:
        if isinstance(row, Posted):
            raise UserError(MESSAGE, status=409)
    for row in session.dirty:
        if isinstance(row, Posted) and _changed(row) - row.posted_open_columns:
            raise UserError(MESSAGE, status=409)


def _changed(row: Any) -> set[str]:
    state = inspect(row)
    return {
        column.key for column in state.mapper.column_attrs if state.attrs[column.key].history.has_changes()
    }


def _refuse_statement(execution: ORMExecuteState) -> None:
    if not (execution.is_update or execution.is_delete) or execution.bind_mapper is None:
        return
    model = execution.bind_mapper.class_
    if not issubclass(model, Posted):
        return
    columns = {
        getattr(column, "key", column) for column in getattr(execution.statement, "_values", None) or {}
    }
    if execution.is_delete or not columns or columns - model.posted_open_columns:
        raise UserError(MESSAGE, status=409)


event.listen(GatedSession, "before_flush", _refuse_flush)
event.listen(GatedSession, "do_orm_execute", _refuse_statement)
