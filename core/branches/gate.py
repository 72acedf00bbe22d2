"""The one gate for rows: every read is narrowed to the scope's branches, every write is stamped and checked.

It listens on the project's session class and fails closed. What it cannot judge (Core statements and text on
branch-owned tables) it refuses; `core.branches.setwise` is the door for set-wise work.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, event, false, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import TextClause

from core.branches.models import BranchOwned
from core.branches.scope import Scope, ScopeError, current_scope
from core.data.base import Base
from core.data.database import GatedSession

CHECKED = "zhidu_gate_checked"


def owned_tables() -> frozenset[Table]:
    """Every table whose rows belong to a branch."""
    return frozenset(
        mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, BranchOwned) and isinstance(mapper.local_table, Table)
    )


def branch_criteria(scope: Scope) -> Any:
    """The loader option that narrows every branch-owned entity of a statement to the scope."""
    readable = scope.readable
    if not readable:
        return with_loader_criteria(
            BranchOwned, lambda cls: false(), include_aliases=True, track_closure_variables=False
        )
    return with_loader_criteria(BranchOwned, lambda cls: cls.branch_id.in_(readable), include_aliases=True)


def _narrow(execution: ORMExecuteState) -> None:
    scope = current_scope()
    if scope.system or execution.execution_options.get(CHECKED):
        return
    if not execution.is_orm_statement:
        _refuse_unjudged(execution.statement)
    elif execution.is_insert:
        mapper = execution.bind_mapper
        if mapper is not None and issubclass(mapper.class_, BranchOwned):
            raise ScopeError("a bulk insert of branch-owned rows goes through core.branches.setwise")
    elif not execution.is_column_load:
        execution.statement = execution.statement.options(branch_criteria(scope))


def _refuse_unjudged(statement: Any) -> None:
    if isinstance(statement, TextClause):
        raise ScopeError("text statements need system_scope() or core.branches.setwise")
    touched = {node for node in visitors.iterate(statement) if isinstance(node, Table)} & owned_tables()
    if touched:
        names = ", ".join(sorted(table.name for table in touched))
        raise ScopeError(
            f"a Core statement on branch-owned tables ({names}) goes through core.branches.setwise"
        )


def _check_flush(session: Session, _context: Any, _instances: Any) -> None:
    scope = current_scope()
    for row in session.new:
        if isinstance(row, BranchOwned):
            _stamp(row, scope)
    if scope.system:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, BranchOwned):
            _check_owner(row, scope)
        _check_targets(session, row)


def _stamp(row: Any, scope: Scope) -> None:
    if row.branch_id is None:
        row.branch_id = scope.active


def _check_owner(row: Any, scope: Scope) -> None:
    if row.branch_id is None or row.branch_id != scope.active:
        raise ScopeError(f"a {type(row).__name__} of another branch cannot be written here")
    history = inspect(row).attrs["branch_id"].history
    if any(old not in (None, row.branch_id) for old in history.deleted or ()):
        raise ScopeError(f"a {type(row).__name__} cannot move to another branch")


def _check_targets(session: Session, row: Any) -> None:
    """Refuse references to rows of another branch, set as objects or as bare foreign keys."""
    state = inspect(row)
    branch_id = getattr(row, "branch_id", None)
    for relation in state.mapper.relationships:
        if relation.viewonly or not issubclass(relation.mapper.class_, BranchOwned):
            continue
        for target in state.attrs[relation.key].history.added or ():
            owner = getattr(target, "branch_id", None)
            if target is not None and owner is not None and branch_id is not None and owner != branch_id:
                raise ScopeError(f"{type(row).__name__}.{relation.key} points to another branch")
    for column in state.mapper.columns:
        for key in column.foreign_keys:
            target_model = _owned_model(key.column.table)
            if target_model is None:
                continue
            added = state.attrs[state.mapper.get_property_by_column(column).key].history.added
            if added and added[0] is not None:
                _check_reference(session, target_model, key.column, added[0], branch_id, row)


def _check_reference(
    session: Session, model: Any, column: Any, value: Any, branch_id: int | None, row: Any
) -> None:
    attribute = inspect(model).get_property_by_column(column).key
    with session.no_autoflush:
        # Narrowed by the gate itself: a row that the scope cannot see is answered as none.
        owner = session.scalar(select(model.branch_id).where(getattr(model, attribute) == value))
    if owner is None or (branch_id is not None and owner != branch_id):
        raise ScopeError(f"{type(row).__name__} points to a {model.__name__} that is not in this branch")


def _owned_model(table: Any) -> Any:
    for mapper in Base.registry.mappers:
        if mapper.local_table is table and issubclass(mapper.class_, BranchOwned):
            return mapper.class_
    return None


event.listen(GatedSession, "do_orm_execute", _narrow)
event.listen(GatedSession, "before_flush", _check_flush)
