"""Statements that change many rows at once are written down too: which table, which rows, how many.

An UPDATE, DELETE or INSERT over a session is one entry. Set-wise statements tell of themselves
(`core.branches.setwise`): rows that are put in one by one are one entry each, all others one a statement, and what
runs inside `one_entry` is one entry altogether.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Delete, Insert, Select, Update, event, func, select
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList

from core.branches import setwise
from core.branches.gate import CHECKED
from core.data import UserError
from core.data.database import GatedSession
from core.history.chunks import current_tally
from core.history.models import ADD, DELETE, EDIT, HistoryEntry, HistoryHead
from core.history.recording import REFUSED
from core.history.values import (
    SECRET_VALUE,
    attribute_names,
    is_recorded,
    is_recorded_model,
    kept,
    model_of,
    names_a_secret,
    plain,
)
from core.history.writing import OWN, Told, tell

MOST_VALUES = 50
LONGEST_CRITERIA = 1_000
_OWN_TABLES = (HistoryEntry.__tablename__, HistoryHead.__tablename__)


def _record(execution: ORMExecuteState) -> Any:
    statement, options = execution.statement, execution.execution_options
    if options.get(OWN) or not isinstance(statement, Update | Delete | Insert):
        return None
    if any(name in _OWN_TABLES for name in _changed_tables(statement)):
        raise UserError(REFUSED, status=409)
    model = model_of(statement.table)
    if options.get(CHECKED) or model is None or not is_recorded_model(model):
        return None
    given = execution.parameters
    changes = _changes(statement, given if isinstance(given, dict) else {})
    if isinstance(statement, Update) and not changes and not isinstance(given, list):
        return None
    result: Any = execution.invoke_statement()
    if statement._returning:  # its rows are handed on, and counted
        frozen = result.freeze()
        result, count = frozen(), len(frozen.data)
    else:
        count = len(given) if isinstance(given, list | tuple) else _counted(execution.session, result)
    _tell(execution.session, model, statement, changes, count)
    return result


def _changed_tables(statement: Any) -> list[str]:
    """The names of the tables that a statement changes, those inside its CTEs included."""
    inside = (each for each in visitors.iterate(statement) if isinstance(each, Update | Delete | Insert))
    return [getattr(each.table, "name", "") for each in (statement, *inside)]


def _counted(session: Session, result: Any) -> int:
    if result.rowcount < 0 and session.get_bind().dialect.name == "sqlite":
        return int(session.connection().scalar(select(func.changes())) or 0)
    return int(result.rowcount)


def _changes(statement: Any, given: dict[str, Any]) -> dict[str, list[Any]]:
    """attribute -> [new]: what stood before is many things. Columns that are not recorded, or stay, are left out."""
    if isinstance(statement, Delete):
        return {}
    names, table = attribute_names(model_of(statement.table)), statement.table
    values = [*(statement._values or {}).items(), *(getattr(statement, "_ordered_values", None) or ())]
    found: dict[str, list[Any]] = {}
    for key, value in (*values, *given.items()):
        name = getattr(key, "name", key)
        column = table.c.get(name)
        if column is None or not is_recorded(column) or value is column:
            continue
        if isinstance(value, BindParameter):
            value = value.value
        is_plain = not hasattr(value, "__clause_element__") and not hasattr(value, "compile")
        found[names.get(name, name)] = [kept(column, value if is_plain else "…")]
    return found


def _tell(session: Session, model: Any, statement: Any, changes: dict[str, Any], count: int) -> None:
    action = DELETE if isinstance(statement, Delete) else EDIT if isinstance(statement, Update) else ADD
    table = statement.table
    tally = current_tally()
    if tally is not None:
        tally.add(table.name, action, count)
        return
    if count == 0 and action != ADD:
        return
    record_id = _one_id(statement, table)
    details: dict[str, Any] = {"count": count} if record_id is None else {}
    if record_id is None and not isinstance(statement, Insert):
        details["criteria"] = _criteria(statement)
    tell(session, [Told(action, table.name, record_id, changes, details)])


def _one_id(statement: Any, table: Any) -> int | None:
    """The id that a statement names as the only one, if it does."""
    where = getattr(statement, "whereclause", None)
    parts = [where] if where is not None else []
    if isinstance(where, BooleanClauseList) and where.operator is operators.and_:
        parts = list(where.clauses)
    for part in parts:
        if not isinstance(part, BinaryExpression) or part.operator is not operators.eq:
            continue
        left, right = part.left, part.right
        if getattr(left, "name", "") == "id" and getattr(left.table, "name", "") == table.name:
            value = right.value if isinstance(right, BindParameter) else None
            if isinstance(value, int):
                return value
    return None


def _criteria(statement: Any) -> dict[str, Any]:
    where = statement.whereclause
    if where is None:
        return {"rows": "all"}
    if any(isinstance(each, Select) for each in visitors.iterate(where)):
        return {"rows": str(where)[:LONGEST_CRITERIA]}
    compiled = where.compile()
    values = {name: _kept_value(name, value) for name, value in list(compiled.params.items())[:MOST_VALUES]}
    return {"rows": str(compiled)[:LONGEST_CRITERIA], "values": values}


def _kept_value(name: str, value: Any) -> Any:
    if names_a_secret(name):
        return SECRET_VALUE
    return plain(list(value)[:MOST_VALUES]) if isinstance(value, list | tuple) else plain(value)


# ---------------------------------------------------------------- set-wise


def _observe(session: Session, written: setwise.Written) -> None:
    model = written.model
    if issubclass(model, HistoryEntry | HistoryHead):
        raise UserError(REFUSED, status=409)
    if not is_recorded_model(model):
        return
    tally = current_tally()
    if tally is None and written.ids:
        tell(session, [_row_told(model, *pair) for pair in zip(written.ids, written.rows, strict=True)])
        return
    statement = written.statement
    changes = _changes(statement, {}) if isinstance(statement, Update) else {}
    if isinstance(statement, Update) and not changes:
        return
    _tell(session, model, statement, changes, written.count)


def _row_told(model: Any, record_id: int, row: dict[str, Any]) -> Told:
    names, table = attribute_names(model), model.__table__
    changes = {
        names.get(key, key): [None, kept(table.c.get(key), value)]
        for key, value in row.items()
        if value is not None and key != "branch_id" and key in table.c and is_recorded(table.c[key])
    }
    return Told(ADD, table.name, record_id, changes)


def _wants_ids(_session: Session, model: Any) -> bool:
    return is_recorded_model(model) and current_tally() is None


event.listen(GatedSession, "do_orm_execute", _record)
setwise.watch(_observe, _wants_ids)
