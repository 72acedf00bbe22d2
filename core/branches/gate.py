"""The one gate for rows: every read is narrowed to the scope's branches, every write is stamped and checked.

It listens on the project's session class and fails closed. What it cannot judge (Core statements and text on
branch-owned tables) it refuses; `core.branches.setwise` is the door for set-wise work.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import BindParameter, Null, event, false, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from core.branches.models import BranchOwned
from core.branches.owned import owned_model
from core.branches.scope import Scope, ScopeError, current_scope
from core.branches.statements import refuse_bare, refuse_core
from core.data.database import GatedSession

CHECKED = "zhidu_gate_checked"
_MOST_NARROWED = 1_000
_standing: WeakKeyDictionary[Any, dict[tuple[int, ...], Any]] = WeakKeyDictionary()
"""Statements that are made once, by what each comes to for a set of branches; one that nobody asks any more is gone."""


def branch_criteria(scope: Scope) -> Any:
    """The loader option that narrows every branch-owned entity of a statement to the scope."""
    return _criteria(scope.readable)


@lru_cache(_MOST_NARROWED)
def _criteria(readable: tuple[int, ...]) -> Any:
    if not readable:
        return with_loader_criteria(
            BranchOwned, lambda cls: false(), include_aliases=True, track_closure_variables=False
        )
    if len(readable) == 1:
        # One value needs no list, which would be put into the statement each time it is asked.
        only = readable[0]
        return with_loader_criteria(BranchOwned, lambda cls: cls.branch_id == only, include_aliases=True)
    return with_loader_criteria(BranchOwned, lambda cls: cls.branch_id.in_(readable), include_aliases=True)


def _narrow(execution: ORMExecuteState) -> None:
    scope = current_scope()
    if scope.system or execution.execution_options.get(CHECKED):
        return
    if not execution.is_orm_statement:
        refuse_core(execution.statement)
    elif execution.is_insert:
        mapper = execution.bind_mapper
        if mapper is not None and issubclass(mapper.class_, BranchOwned):
            raise ScopeError("a bulk insert of branch-owned rows goes through core.branches.setwise")
    elif execution.is_column_load:
        _narrow_one(execution, scope)
    else:
        narrowed = _standing.get(execution.statement)
        if narrowed is not None:
            execution.statement = _narrowed_once(execution.statement, scope, narrowed)
            return
        if not execution.is_relationship_load:  # those statements are the mapper's own
            refuse_bare(execution.statement)
        if execution.is_update:
            _check_update(execution)
        execution.statement = execution.statement.options(branch_criteria(scope))


def standing(statement: Any) -> Any:
    """A select that is made once and asked in many requests with other values (`bindparam`).

    It is judged now, and narrowed once for each set of branches; whoever made it holds it.
    """
    refuse_bare(statement)
    _standing[statement] = {}
    return statement


def _narrowed_once(statement: Any, scope: Scope, narrowed: dict[tuple[int, ...], Any]) -> Any:
    found = narrowed.get(scope.readable)
    if found is None:
        if len(narrowed) >= _MOST_NARROWED:
            narrowed.clear()
        found = narrowed[scope.readable] = statement.options(branch_criteria(scope))
    return found


def _narrow_one(execution: ORMExecuteState, scope: Scope) -> None:
    """A row that is held is loaded anew, by its key: loader options do not reach such a statement.

    Otherwise a key that somebody guessed, put on an object, would be answered with another branch's row.
    """
    mapper = execution.bind_mapper
    if mapper is not None and issubclass(mapper.class_, BranchOwned):
        own = mapper.class_.branch_id.in_(scope.readable)
        execution.statement = cast(Any, execution.statement).where(own)


def _check_update(execution: ORMExecuteState) -> None:
    """An UPDATE over a mapped class stays in the branch: its rows do not move, nor point anywhere else."""
    mapper, given = execution.bind_mapper, execution.parameters
    if mapper is None:
        return
    if isinstance(given, list | tuple):
        raise ScopeError("changes by a list of values go round the row gate; change the rows themselves")
    values = {getattr(key, "key", key): value for key, value in _values_of(execution.statement)}
    values.update(cast(dict[str, Any], given or {}))
    if issubclass(mapper.class_, BranchOwned) and "branch_id" in values:
        raise ScopeError(f"a {mapper.class_.__name__} cannot move to another branch")
    active = current_scope().active if issubclass(mapper.class_, BranchOwned) else None
    for column in mapper.columns:
        for key in column.foreign_keys:
            model = owned_model(key.column.table)
            if model is not None and column.key in values:
                _check_value(execution.session, model, key.column, values[column.key], active, mapper.class_)


def _values_of(statement: Any) -> list[tuple[Any, Any]]:
    single = getattr(statement, "_values", None) or {}
    ordered = getattr(statement, "_ordered_values", None) or ()
    return [*single.items(), *ordered]


def _check_value(
    session: Session, model: Any, column: Any, value: Any, branch_id: int | None, owner: type[Any]
) -> None:
    if isinstance(value, BindParameter):
        value = value.value
    if isinstance(value, Null) or value is None:
        return
    if not isinstance(value, int):
        raise ScopeError(f"a reference of {owner.__name__} is set to a plain id, or through setwise")
    _check_reference(session, model, column, value, branch_id, owner)


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
        allowed = current_scope().readable if branch_id is None else (branch_id,)
        for target in state.attrs[relation.key].history.added or ():
            owner = getattr(target, "branch_id", None)
            if owner is not None and owner not in allowed:
                raise ScopeError(f"{type(row).__name__}.{relation.key} points to another branch")
    for column in state.mapper.columns:
        for key in column.foreign_keys:
            target_model = owned_model(key.column.table)
            if target_model is None:
                continue
            added = state.attrs[state.mapper.get_property_by_column(column).key].history.added
            if added and added[0] is not None:
                _check_reference(session, target_model, key.column, added[0], branch_id, type(row))


def _check_reference(
    session: Session, model: Any, column: Any, value: Any, branch_id: int | None, owner: type[Any]
) -> None:
    attribute = inspect(model).get_property_by_column(column).key
    with session.no_autoflush:
        # Narrowed by the gate itself: a row that the scope cannot see is answered as none.
        found = session.scalar(select(model.branch_id).where(getattr(model, attribute) == value))
    if found is None or (branch_id is not None and found != branch_id):
        raise ScopeError(f"{owner.__name__} points to a {model.__name__} that is not in this branch")


event.listen(GatedSession, "do_orm_execute", _narrow)
event.listen(GatedSession, "before_flush", _check_flush)
