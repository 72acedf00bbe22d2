"""Set-wise statements inside one branch: the gate's door for work by the thousand.

Statements are written over plain tables (`table_of(Model)`). Wherever a branch-owned table or an alias of one stands
in a statement, the helper puts the same table narrowed to the active branch in its place, so a forgotten condition
cannot let another branch's row in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Alias, Column, Delete, Select, Subquery, Table, Update, insert, literal, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors

from core.branches.gate import CHECKED
from core.branches.models import BranchOwned
from core.branches.owned import owned_tables
from core.branches.scope import ScopeError, current_branch_id
from core.data.base import Posted
from core.data.posted import refuse_change

StatementT = TypeVar("StatementT", bound=Any)


def table_of(model: Any) -> Table:
    """The table of a mapped class, for Core statements."""
    return cast(Table, model.__table__)


def narrowed(statement: StatementT) -> StatementT:
    """`statement` with every branch-owned table in it narrowed to the active branch.

    Raises ScopeError for a statement over mapped classes (write it over `table_of`) and where no branch is active.
    """
    branch_id = current_branch_id()
    if getattr(statement, "_propagate_attrs", {}).get("compile_state_plugin") == "orm":
        raise ScopeError("set-wise statements are written over table_of(Model), not over mapped classes")
    owned = owned_tables()
    stand_ins: dict[int, Subquery] = {}

    def stand_in(source: Table | Alias, table: Table) -> Subquery:
        if id(source) not in stand_ins:
            inner = select(table).where(table.c.branch_id == branch_id)
            stand_ins[id(source)] = inner.subquery(source.name)
        return stand_ins[id(source)]

    def replace(element: Any, **_: Any) -> Any:
        source = element.table if isinstance(element, Column) else element
        table = source.element if isinstance(source, Alias) else source
        if not isinstance(table, Table) or table not in owned:
            return None
        narrow = stand_in(source, table)
        return narrow.c[element.key] if isinstance(element, Column) else narrow

    return cast(StatementT, visitors.replacement_traverse(statement, {}, replace))


def insert_select(session: Session, model: Any, columns: Sequence[str], source: Select[Any]) -> int:
    """INSERT ... SELECT into `model`; answers the number of rows.

    `columns` name the target columns that `source` yields, in order. branch_id is added here for a branch-owned model.
    """
    chosen = narrowed(source)
    names = list(columns)
    if issubclass(model, BranchOwned):
        chosen = chosen.add_columns(literal(current_branch_id()).label("branch_id"))
        names.append("branch_id")
    return _run(session, insert(table_of(model)).from_select(names, chosen, include_defaults=True))


def insert_rows(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> int:
    """INSERT many rows of values into `model`, stamped with the active branch; answers the number of rows.

    References among the values must have been read inside this branch.
    """
    if not rows:
        return 0
    owned = issubclass(model, BranchOwned)
    stamped = [{**row, "branch_id": current_branch_id()} for row in rows] if owned else list(rows)
    session.flush()
    session.execute(insert(table_of(model)), stamped, execution_options={CHECKED: True})
    return len(stamped)


def fetch(session: Session, source: Select[Any]) -> Sequence[Any]:
    """The rows of a Core select, narrowed to the active branch."""
    session.flush()
    return session.execute(narrowed(source), execution_options={CHECKED: True}).all()


def change(session: Session, model: Any, statement: Update | Delete) -> int:
    """UPDATE or DELETE of `model` (the statement's own table) inside the active branch; answers the number of rows.

    Subqueries in the condition are to be passed through `narrowed` by the caller. Posted facts are refused, except
    for filling their open columns.
    """
    if issubclass(model, Posted):
        refuse_change(model, statement)
    table = table_of(model)
    if statement.table is not table:
        raise ScopeError(f"the statement does not change {table.name}")
    return _run(session, statement.where(table.c.branch_id == current_branch_id()))


def _run(session: Session, statement: Any) -> int:
    session.flush()
    result: Any = session.execute(statement, execution_options={CHECKED: True})
    return int(result.rowcount)
