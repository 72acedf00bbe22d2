"""Keeps the tokens with the rows that they are of, in the same transaction, whatever way a row is written.

Flushes, statements over mapped classes, and set-wise statements (`core.branches.setwise`) all tell of themselves;
nothing has to be told by whoever changes a row. Plain statements on a connection are the doctor's to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Delete, Update, event, select
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import ORMExecuteState, Session

from core.branches import setwise
from core.branches.gate import CHECKED
from core.branches.scope import current_branch_id
from core.data.database import GatedSession
from core.search.plans import Plan, SearchedField, plan_of, plan_of_table
from core.search.writing import OWN, QUIETLY, put_span, put_values, refresh, replace_values, take_away


def _after_flush(session: Session, _context: Any) -> None:
    for plan, rows in _by_plan(session.deleted):
        take_away(session, plan, plan.fields, [_id(row) for row in rows])
    for plan, rows in _by_plan(each for each in session.dirty if each not in session.deleted):
        _edited(session, plan, rows)
    for plan, rows in _by_plan(session.new):
        put_values(session, plan, plan.fields, [_held(plan, row) for row in rows])


def _by_plan(rows: Iterable[Any]) -> list[tuple[Plan, list[Any]]]:
    found: dict[str, tuple[Plan, list[Any]]] = {}
    for row in rows:
        plan = plan_of(type(row))
        if plan is not None:
            found.setdefault(plan.table.name, (plan, []))[1].append(row)
    return list(found.values())


def _edited(session: Session, plan: Plan, rows: list[Any]) -> None:
    """Rows in which the same fields changed are written together."""
    alike: dict[tuple[SearchedField, ...], list[Any]] = {}
    for row in rows:
        changed = plan.named(_changed(row))
        if changed:
            alike.setdefault(changed, []).append(row)
    for fields, some in alike.items():
        ids = [_id(row) for row in some]
        if any(each.name not in sa_inspect(row).dict for each in fields for row in some):
            refresh(session, plan, ids, fields)  # set to an expression, which only the database knows
            continue
        replace_values(session, plan, fields, [_held(plan, row) for row in some])


def _changed(row: Any) -> Iterator[str]:
    """The names of what another value was put into; a form puts every field, mostly with what was there."""
    state = sa_inspect(row)
    for name, before in state.committed_state.items():
        if name not in state.dict or state.dict[name] != before:
            yield name


def _held(plan: Plan, row: Any) -> tuple[int, int | None, dict[str, Any]]:
    held = sa_inspect(row).dict
    return _id(row), held.get("branch_id") if plan.owned else None, held


def _id(row: Any) -> int:
    return int(sa_inspect(row).identity[0] if sa_inspect(row).identity else row.id)


# ---------------------------------------------------------------- statements over mapped classes


def _on_statement(execution: ORMExecuteState) -> Any:
    statement, options = execution.statement, execution.execution_options
    if not isinstance(statement, Update | Delete) or options.get(OWN) or options.get(CHECKED):
        return None
    plan = plan_of_table(statement.table)
    fields = _touched(plan, statement, execution.parameters) if plan is not None else ()
    if plan is None or not fields:
        return None
    model = execution.bind_mapper.class_ if execution.bind_mapper is not None else None
    key = plan.table.c.id if model is None else model.id
    session = execution.session
    if isinstance(execution.parameters, list):  # changed row by row, each by its key
        ids = [int(each["id"]) for each in execution.parameters]
    else:  # narrowed by the gate as the statement itself is
        ids = list(session.scalars(select(key).where(*statement._where_criteria)))
    result = execution.invoke_statement()
    _renew(session, plan, statement, fields, ids)
    return result


def _touched(plan: Plan, statement: Any, given: Any = None) -> tuple[SearchedField, ...]:
    if isinstance(statement, Delete):
        return plan.fields
    values = [*(statement._values or {}).items(), *(getattr(statement, "_ordered_values", None) or ())]
    names = {getattr(key, "key", key) for key, value in values if not _is_itself(plan, key, value)}
    rows = given if isinstance(given, list | tuple) else [given or {}]
    return plan.named(names | {name for row in rows for name in row})


def _is_itself(plan: Plan, key: Any, value: Any) -> bool:
    """Whether a column is set to itself: that holds a row against others, and changes nothing of it."""
    return (
        isinstance(value, Column)
        and value.key == getattr(key, "key", key)
        and getattr(value.table, "name", "") == plan.table.name
    )


def _renew(
    session: Session, plan: Plan, statement: Any, fields: tuple[SearchedField, ...], ids: list[int]
) -> None:
    if isinstance(statement, Delete):
        take_away(session, plan, plan.fields, ids)
    else:
        refresh(session, plan, ids, fields)


# ---------------------------------------------------------------- set-wise


def _before_change(session: Session, model: Any, statement: Any, chosen: Any) -> Callable[[], None] | None:
    plan = plan_of(model)
    fields = _touched(plan, statement) if plan is not None else ()
    if plan is None or not fields:
        return None
    ids = list(session.scalars(select(plan.table.c.id).where(*chosen), execution_options=QUIETLY))
    return lambda: _renew(session, plan, statement, fields, ids)


def _observe(session: Session, written: setwise.Written) -> None:
    plan = plan_of(written.model)
    if plan is None or written.count == 0:
        return
    branch_id = current_branch_id() if plan.owned else None
    if written.ids and _defaulted(plan, written.rows[0]):
        refresh(session, plan, list(written.ids))
    elif written.ids:
        records = zip(written.ids, written.rows, strict=True)
        put_values(session, plan, plan.fields, [(key, branch_id, row) for key, row in records])
    elif written.span is not None:
        own = [plan.table.c.branch_id == branch_id] if plan.owned else []
        put_span(session, plan, *written.span, *own)


def _defaulted(plan: Plan, row: Any) -> bool:
    """Whether a searched column of new rows got a value that only the database can tell."""
    return any(plan.table.c[each.name].default is not None and each.name not in row for each in plan.fields)


def _is_searched(_session: Session, model: Any) -> bool:
    return plan_of(model) is not None


event.listen(GatedSession, "after_flush", _after_flush)
event.listen(GatedSession, "do_orm_execute", _on_statement)
setwise.watch(_observe, wants_ids=_is_searched, wants_span=_is_searched, before_change=_before_change)
