"""Set-wise statements inside one branch: the gate's door for work by the thousand.

Statements are written over plain tables (`table_of(Model)`). Wherever a branch-owned table or an alias of one stands
in a statement, the helper puts the same table narrowed to the active branch in its place, so a forgotten condition
cannot let another branch's row in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast
from weakref import WeakSet

from sqlalchemy import (
    Alias,
    Column,
    ColumnClause,
    Delete,
    FromClause,
    Select,
    Subquery,
    Table,
    Update,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors

from core.branches.gate import CHECKED
from core.branches.models import BranchOwned
from core.branches.owned import is_owned
from core.branches.scope import ScopeError, current_branch_id
from core.data.base import Posted
from core.data.posted import refuse_change

StatementT = TypeVar("StatementT", bound=Any)
AT_ONCE = 500
_MOST_NARROWED = 4096


@dataclass(frozen=True)
class Written:
    """What a set-wise statement did to the rows of `model`; `ids` are those of `rows`, where they were asked for.

    `span` are the first and the last id that INSERT ... SELECT gave out, where they were asked for: all of its rows
    lie between, on PostgreSQL perhaps beside others.
    """

    model: Any
    statement: Any
    count: int
    rows: Sequence[dict[str, Any]] = ()
    ids: Sequence[int] = ()
    span: tuple[int, int] | None = None


Watcher = Callable[[Session, Written], None]
Wants = Callable[[Session, Any], bool]
BeforeChange = Callable[[Session, Any, Any, Sequence[Any]], Callable[[], None] | None]
"""Told of an UPDATE or DELETE before it runs: session, model, statement, and the conditions that choose its rows inside
the active branch. What it answers is called when the statement has run."""


@dataclass(frozen=True)
class _Watch:
    told: Watcher
    wants_ids: Wants
    wants_span: Wants
    before_change: BeforeChange | None


_watchers: list[_Watch] = []


def watch(
    watcher: Watcher,
    wants_ids: Wants,
    wants_span: Wants = lambda _session, _model: False,
    before_change: BeforeChange | None = None,
) -> None:
    """Have every set-wise statement told to `watcher`.

    `wants_ids` says of which models new rows come with their ids, `wants_span` of which INSERT ... SELECT comes with
    its span.
    """
    _watchers.append(_Watch(watcher, wants_ids, wants_span, before_change))


def _tell(session: Session, written: Written) -> None:
    for each in _watchers:
        each.told(session, written)


def table_of(model: Any) -> Table:
    """The table of a mapped class, for Core statements."""
    return cast(Table, model.__table__)


_STAND_INS: WeakSet[Subquery] = WeakSet()


@lru_cache(_MOST_NARROWED)
def _narrow(table: Table, branch_id: int | None) -> Subquery:
    """The rows of a table in a branch, under the table's name; made once, as thousands of statements stand on it."""
    made = select(table).where(table.c.branch_id == branch_id).subquery(table.name)
    _STAND_INS.add(made)
    return made


def narrowed(statement: StatementT, keep: Table | None = None, whole: bool = False) -> StatementT:
    """`statement` with every branch-owned table in it narrowed to the active branch.

    `keep` is the table that a surrounding UPDATE or DELETE changes: it stays as it is where a select only refers to it.
    `whole` says that no other statement surrounds it; parts of one must not be taken for each other's tables.
    Raises ScopeError for a statement over mapped classes (write it over `table_of`) and where no branch is active.
    """
    branch_id = current_branch_id()
    if getattr(statement, "_propagate_attrs", {}).get("compile_state_plugin") == "orm":
        raise ScopeError("set-wise statements are written over table_of(Model), not over mapped classes")
    stand_ins: dict[int, Subquery] = {}

    def stand_in(source: Table | Alias, table: Table) -> Subquery:
        if whole and source is table:
            return _narrow(table, branch_id)
        if id(source) not in stand_ins:
            inner = select(table).where(table.c.branch_id == branch_id)
            stand_ins[id(source)] = inner.subquery(source.name)
            _STAND_INS.add(stand_ins[id(source)])
        return stand_ins[id(source)]

    def replace(element: Any, **_: Any) -> Any:
        if isinstance(element, Subquery) and element in _STAND_INS:
            return element
        if keep is not None and element is not statement and _selects_from(element, keep):
            return narrowed(element)
        source = element.table if isinstance(element, Column) else element
        table = source.element if isinstance(source, Alias) else source
        if not isinstance(table, Table) or not is_owned(table) or source is keep:
            return None
        narrow = stand_in(source, table)
        return narrow.c[element.key] if isinstance(element, Column) else narrow

    return cast(StatementT, visitors.replacement_traverse(statement, {}, replace))


def _selects_from(element: Any, table: Table) -> bool:
    """Whether `element` is a select with rows of `table` of its own, not only those of the statement around it."""
    if not isinstance(element, Select) or table in (element._correlate or ()):
        return False
    columns = (each for each in element._raw_columns if isinstance(each, FromClause))
    named = (each for column in element.selected_columns for each in column._from_objects)
    return table in {*columns, *named, *element._from_obj, *(join[0] for join in element._setup_joins)}


def insert_select(session: Session, model: Any, columns: Sequence[str], source: Select[Any]) -> int:
    """INSERT ... SELECT into `model`; answers the number of rows.

    `columns` name the target columns that `source` yields, in order. branch_id is added here for a branch-owned model.
    """
    chosen = narrowed(source, whole=True)
    names = list(columns)
    if issubclass(model, BranchOwned):
        chosen = chosen.add_columns(literal(current_branch_id()).label("branch_id"))
        names.append("branch_id")
    statement = insert(table_of(model)).from_select(names, chosen, include_defaults=True)
    if "id" in names or not any(each.wants_span(session, model) for each in _watchers):
        return _run(session, model, statement)
    return _run_with_span(session, model, statement)


def _run_with_span(session: Session, model: Any, statement: Any) -> int:
    """Run INSERT ... SELECT and tell between which ids its rows lie."""
    options = {CHECKED: True, "preserve_rowcount": True}
    if session.get_bind().dialect.name == "sqlite":
        session.flush()
        session.execute(statement, execution_options=options)
        # One writer at a time, who counts on.
        last = func.last_insert_rowid()
        said: Any = select(func.changes(), last - func.changes() + 1, last)
    else:
        session.flush()
        made = statement.returning(table_of(model).c.id).cte("made")
        said = select(func.count(), func.min(made.c.id), func.max(made.c.id)).select_from(made)
    count, first, last = session.execute(said, execution_options=options).one()
    _tell(session, Written(model, statement, count, span=(first, last) if count else None))
    return int(count)


def join_sets(session: Session, yes: bool = True) -> None:
    """Tell PostgreSQL's planner, until the transaction ends, that what is joined are sets and not rows.

    Of tables that were filled in the same transaction there are no statistics: the planner would expect a single row
    there and loop over everything else for each of a thousand.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.set_config("enable_nestloop", "off" if yes else "on", True)))


def insert_rows(session: Session, model: Any, rows: Sequence[dict[str, Any]]) -> int:
    """INSERT many rows of values into `model`, stamped with the active branch; answers the number of rows.

    Raises ScopeError for a reference to a row that is not in this branch.
    """
    if not rows:
        return 0
    owned = issubclass(model, BranchOwned)
    stamped = [{**row, "branch_id": current_branch_id()} for row in rows] if owned else list(rows)
    session.flush()
    for column, target in _references(table_of(model)):
        _check_references(session, target, {row.get(column.key) for row in stamped} - {None})
    statement = insert(table_of(model))
    ids: Sequence[int] = ()
    if any(each.wants_ids(session, model) for each in _watchers):
        ids = _insert_with_ids(session, statement, stamped)
    else:
        session.execute(statement, stamped, execution_options={CHECKED: True})
    _tell(session, Written(model, statement, len(stamped), stamped, ids))
    return len(stamped)


def _insert_with_ids(session: Session, statement: Any, rows: Sequence[dict[str, Any]]) -> Sequence[int]:
    """Insert rows and answer their ids in the same order."""
    options = {CHECKED: True}
    if all("id" in row for row in rows):
        session.execute(statement, rows, execution_options=options)
        return [row["id"] for row in rows]
    if session.get_bind().dialect.name == "sqlite":
        # One writer at a time, who counts on: the last id and the number of rows say all of them.
        session.execute(statement, rows, execution_options=options)
        last = session.scalar(select(func.last_insert_rowid()), execution_options=options) or 0
        return range(last - len(rows) + 1, last + 1)
    returned = statement.returning(statement.table.c.id, sort_by_parameter_order=True)
    return list(session.scalars(returned, rows, execution_options=options))


def _references(table: Table) -> list[tuple[Column[Any], Column[Any]]]:
    """The columns of a table that point to branch-owned rows, and where to."""
    return [
        (column, key.column)
        for column in table.columns
        for key in column.foreign_keys
        if is_owned(key.column.table)
    ]


def _check_references(session: Session, target: Column[Any], ids: set[Any]) -> None:
    """Raise ScopeError unless every id is that of a row in the active branch."""
    ahead = sorted(ids)
    for start in range(0, len(ahead), AT_ONCE):
        some = ahead[start : start + AT_ONCE]
        if fetch(session, select(func.count()).where(target.in_(some)))[0][0] != len(some):
            raise ScopeError(f"a reference to {target.table} leads out of this branch")


def fetch(session: Session, source: Select[Any]) -> Sequence[Any]:
    """The rows of a Core select, narrowed to the active branch."""
    session.flush()
    return session.execute(narrowed(source, whole=True), execution_options={CHECKED: True}).all()


def change(session: Session, model: Any, statement: Update | Delete) -> int:
    """UPDATE or DELETE of `model` (the statement's own table) inside the active branch; answers the number of rows.

    Selects inside it and what stands beside it (UPDATE ... FROM) are narrowed too. Posted facts are refused, except for
    filling their open columns; so are moving rows to another branch and references out of this one.
    """
    table = table_of(model)
    if not isinstance(statement, Update | Delete) or statement.table is not table:
        raise ScopeError(f"the statement does not change {table.name}")
    if issubclass(model, Posted):
        refuse_change(model, statement)
    _check_values(session, table, statement)

    beside: dict[int, Any] = {}

    def replace(element: Any, **_: Any) -> Any:
        if isinstance(element, Select):
            return narrowed(element, None if _selects_from(element, table) else table)
        source = getattr(element, "table", None) if isinstance(element, ColumnClause) else None
        if source is None or source is table:
            return None
        if id(source) not in beside:
            beside[id(source)] = narrowed(source)
        return beside[id(source)].c[element.key]

    inside = cast(Update | Delete, visitors.replacement_traverse(statement, {}, replace))
    inside = inside.where(table.c.branch_id == current_branch_id())
    session.flush()
    asked = [each.before_change for each in _watchers if each.before_change is not None]
    later = [each(session, model, statement, inside._where_criteria) for each in asked]
    count = _run(session, model, inside, statement)
    for done in later:
        if done is not None:
            done()
    return count


def hold(session: Session, model: Any, row_id: int) -> bool:
    """Hold a row of the active branch until the transaction ends; whether it is there.

    A write that changes nothing: it locks the row on PostgreSQL and the database on SQLite. What is read after it is
    what others have committed before.
    """
    table = table_of(model)
    return bool(change(session, model, update(table).where(table.c.id == row_id).values(id=table.c.id)))


def _check_values(session: Session, table: Table, statement: Update | Delete) -> None:
    values = {
        getattr(key, "key", key): getattr(value, "value", value)
        for key, value in (getattr(statement, "_values", None) or {}).items()
    }
    if "branch_id" in values:
        raise ScopeError(f"rows of {table.name} cannot move to another branch")
    for column, target in _references(table):
        if isinstance(values.get(column.key), int):
            _check_references(session, target, {values[column.key]})


def _run(session: Session, model: Any, statement: Any, as_written: Any = None) -> int:
    session.flush()
    options = {CHECKED: True, "preserve_rowcount": True}
    result: Any = session.execute(statement, execution_options=options)
    count = int(result.rowcount)
    if count < 0:  # SQLite's driver counts by a statement's first word, so not for WITH ... INSERT
        count = int(session.scalar(select(func.changes()), execution_options=options) or 0)
    _tell(session, Written(model, statement if as_written is None else as_written, count))
    return count
