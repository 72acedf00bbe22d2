"""Posted facts stay as they are: no flush and no statement of a session changes or deletes them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Delete, Update, event, inspect
from sqlalchemy.orm import ORMExecuteState

from core.data.base import Base, Posted
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
    model = _changed_model(execution)
    if model is not None and issubclass(model, Posted):
        refuse_change(model, execution.statement)


def refuse_change(model: type[Posted], statement: Any) -> None:
    """Raise UserError for an UPDATE or DELETE of posted rows, unless it only fills open columns."""
    columns = {getattr(column, "key", column) for column in getattr(statement, "_values", None) or {}}
    if isinstance(statement, Delete) or not columns or columns - model.posted_open_columns:
        raise UserError(MESSAGE, status=409)


def _changed_model(execution: ORMExecuteState) -> Any:
    """The mapped class whose rows an UPDATE or DELETE, over the class or its table, changes."""
    if execution.bind_mapper is not None:
        return execution.bind_mapper.class_ if execution.is_update or execution.is_delete else None
    statement = execution.statement
    if not isinstance(statement, Update | Delete):
        return None
    found = (each for each in Base.registry.mappers if each.local_table is statement.table)
    return next((each.class_ for each in found), None)


event.listen(GatedSession, "before_flush", _refuse_flush)
event.listen(GatedSession, "do_orm_execute", _refuse_statement)
