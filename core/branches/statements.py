"""Refuses the statements that the row gate cannot narrow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Alias, Column, Delete, Join, Select, Update
from sqlalchemy.orm import FromStatement
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import TextClause

from core.branches.owned import is_owned
from core.branches.scope import ScopeError


def refuse_core(statement: Any) -> None:
    """Raise ScopeError for text, and for a Core statement that touches a branch-owned table."""
    if isinstance(statement, TextClause):
        raise ScopeError("text statements need system_scope() or core.branches.setwise")
    nodes: Iterator[Any] = visitors.iterate(statement)
    touched = {node.name for node in nodes if is_owned(node)}
    if touched:
        names = ", ".join(sorted(touched))
        raise ScopeError(
            f"a Core statement on branch-owned tables ({names}) goes through core.branches.setwise"
        )


def refuse_bare(statement: Any) -> None:
    """Inside a statement over mapped classes, text and plain tables would stay as wide as they are."""
    if isinstance(statement, FromStatement):
        raise ScopeError("from_statement() goes round the row gate; write a select over the mapped class")
    ahead: list[tuple[Any, frozenset[Any]]] = [(statement, frozenset())]
    while ahead:
        node, mapped = ahead.pop()
        if isinstance(node, TextClause):
            raise ScopeError("text inside a statement needs system_scope() or core.branches.setwise")
        if isinstance(node, Select | Update | Delete):
            mapped = _mapped_tables(node) | _correlated(node, mapped)
        for part in _sources_of(node):
            if _is_bare(part) and not (isinstance(part, Column) and part.table in mapped):
                raise ScopeError(f"the plain table in {node} is not narrowed; use its mapped class")
        ahead += [(child, mapped) for child in node.get_children()]


def _is_bare(source: Any) -> bool:
    """Whether rows of branches come from here without a mapped class, which leaves its mark, in between."""
    return "parentmapper" not in source._annotations and is_owned(_below_aliases(source))


def _mapped_tables(statement: Any) -> frozenset[Any]:
    """The tables that the statement itself selects from as mapped classes; its own columns of them are narrowed."""
    if not isinstance(statement, Select):
        return frozenset([statement.table])
    parts = (each for each in _sources_of(statement) if "parentmapper" in each._annotations)
    return frozenset(each.table if isinstance(each, Column) else each for each in parts)


def _correlated(statement: Any, around: frozenset[Any]) -> frozenset[Any]:
    """Of the mapped tables around a select within, those whose rows it says that it takes from there."""
    if not isinstance(statement, Select):
        return frozenset()
    but = statement._correlate_except
    return frozenset(
        each
        for each in around
        if each in (statement._correlate or ()) or (but is not None and each not in but)
    )


def _sources_of(node: Any) -> list[Any]:
    """What a part of a statement says of where rows come from."""
    if isinstance(node, Column):
        return [node]
    if isinstance(node, Join):
        return [node.left, node.right]
    if isinstance(node, Select):
        return [*node._raw_columns, *node._from_obj, *(join[0] for join in node._setup_joins)]
    return []


def _below_aliases(source: Any) -> Any:
    source = source.table if isinstance(source, Column) else source
    while isinstance(source, Alias):
        source = source.element
    return source
