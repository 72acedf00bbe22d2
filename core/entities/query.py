"""What a list shows: search, filters, order and a bounded page, all narrowed by the row gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from core.data import UserError
from core.entities.spec import Entity, Field

COUNT_CAP = 10_000
MAX_PAGE = 10_000
PAGE_SIZES = (25, 50, 100)
OPERATORS = ("eq", "neq", "gt", "lt", "ge", "le", "sw", "ct")


@dataclass(frozen=True)
class Filter:
    """`column operator value`, the value as text; `sw` is "starts with", `ct` is "contains"."""

    column: str
    operator: str
    value: str


@dataclass(frozen=True)
class ListQuery:
    """One page of a list. `page` counts from 0."""

    search: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    descending: bool = False
    page: int = 0
    size: int = 25


@dataclass
class ListPage:
    """The records of a page; `count` is exact up to COUNT_CAP, and `capped` says that there are more."""

    records: list[Any]
    count: int
    capped: bool = False
    titles: dict[str, dict[int, str]] = field(default_factory=dict)


def from_arguments(entity: Entity, arguments: Mapping[str, str]) -> ListQuery:
    """Read a list's address: q, sort, dir, page (from 1), size and `f_<field>` equality filters. Never raises."""
    size = _whole(arguments.get("size"), PAGE_SIZES[0])
    filters = tuple(
        Filter(each.name, "eq", arguments[f"f_{each.name}"])
        for each in entity.fields
        if each.filterable and arguments.get(f"f_{each.name}")
    )
    sort = arguments.get("sort", "")
    return ListQuery(
        search=arguments.get("q", "").strip()[:100],
        filters=filters,
        sort=sort if sort in sortable(entity) else "",
        descending=arguments.get("dir") == "desc",
        page=min(max(_whole(arguments.get("page"), 1), 1), MAX_PAGE) - 1,
        size=size if size in PAGE_SIZES else PAGE_SIZES[0],
    )


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def sortable(entity: Entity) -> frozenset[str]:
    """The names of the fields that a list may be sorted by."""
    return frozenset(each.name for each in entity.fields if entity.column(each.name) is not None)


def statement_of(entity: Entity, query: ListQuery) -> Select[Any]:
    """The narrowed, unordered SELECT of a list."""
    statement = select(entity.model)
    if entity.criteria is not None:
        statement = statement.where(*entity.criteria())
    if query.search:
        columns = [getattr(entity.model, name) for name in entity.search]
        statement = statement.where(
            or_(*[cast(each, String).contains(query.search, autoescape=True) for each in columns])
        )
    for each in query.filters:
        statement = statement.where(_condition(entity, each))
    return statement


def _condition(entity: Entity, each: Filter) -> Any:
    described = entity.by_name.get(each.column)
    if each.column == "id":
        return _compare(entity.model.id, each.operator, _as_integer(each.value))
    if described is None or entity.column(each.column) is None:
        raise UserError("There is no field %(field)s to filter by.", field=each.column)
    column = getattr(entity.model, each.column)
    if each.operator in ("sw", "ct"):
        text = cast(column, String)
        return (
            text.startswith(each.value, autoescape=True)
            if each.operator == "sw"
            else text.contains(each.value, autoescape=True)
        )
    return _compare(column, each.operator, parse(entity, described, each.value))


def _compare(column: Any, operator: str, value: Any) -> Any:
    comparisons = {
        "eq": column == value,
        "neq": column != value,
        "gt": column > value,
        "lt": column < value,
        "ge": column >= value,
        "le": column <= value,
    }
    if operator not in comparisons:
        raise UserError(
            "The filter %(operator)s is not known; use one of %(known)s.",
            operator=operator,
            known=", ".join(OPERATORS),
        )
    return comparisons[operator]


def _as_integer(text: str) -> int:
    if not text.lstrip("-").isdigit() or len(text) > 18:
        raise UserError("%(value)s is not a whole number.", value=text)
    return int(text)


def parse(entity: Entity, described: Field, text: str) -> Any:
    """The Python value of a filter's text; UserError when it does not fit the field."""
    kind = entity.kind(described)
    try:
        if kind in ("money", "quantity"):
            return Decimal(text)
        if kind in ("integer", "reference"):
            return _as_integer(text)
        if kind == "date":
            return date.fromisoformat(text)
    except (InvalidOperation, ValueError):
        raise UserError(
            "%(value)s does not fit the field %(field)s.", value=text, field=described.name
        ) from None
    if kind == "yes_no":
        return text.lower() in ("1", "true", "yes", "y")
    return text


def run(session: Session, entity: Entity, query: ListQuery) -> ListPage:
    """Read one page and count up to COUNT_CAP."""
    statement = statement_of(entity, query)
    counted = session.scalar(
        select(func.count()).select_from(
            statement.with_only_columns(entity.model.id).limit(COUNT_CAP + 1).subquery()
        )
    )
    ordered = statement.order_by(*order_of(entity, query)).limit(query.size).offset(query.page * query.size)
    records = list(session.scalars(ordered))
    count = int(counted or 0)
    return ListPage(records, min(count, COUNT_CAP), count > COUNT_CAP, titles(session, entity, records))


def order_of(entity: Entity, query: ListQuery) -> list[Any]:
    """The ORDER BY: the chosen column, else the entity's own order, and the id last so that pages never overlap."""
    model = entity.model
    if query.sort:
        if query.sort not in sortable(entity) and query.sort != "id":
            raise UserError("There is no field %(field)s to sort by.", field=query.sort)
        column = getattr(model, query.sort)
        return [column.desc() if query.descending else column.asc(), model.id.asc()]
    own = [_ordered(model, name) for name in entity.order]
    return [*own, model.id.asc()]


def _ordered(model: Any, name: str) -> Any:
    return getattr(model, name[1:]).desc() if name.startswith("-") else getattr(model, name).asc()


def titles(
    session: Session, entity: Entity, records: Sequence[Any], names: Sequence[str] | None = None
) -> dict[str, dict[int, str]]:
    """For each reference field, the titles of the records that these rows point to; one statement a field."""
    from core.entities.registry import entity_by_id

    found: dict[str, dict[int, str]] = {}
    for each in entity.fields:
        if entity.kind(each) != "reference" or (names is not None and each.name not in names):
            continue
        ids = {getattr(record, each.name) for record in records} - {None}
        found[each.name] = titles_of(session, entity_by_id(each.target), ids) if ids else {}
    return found


def titles_of(session: Session, target: Entity, ids: Any) -> dict[int, str]:
    """Titles by id, of those of `ids` that the gate lets through."""
    if isinstance(getattr(target.model, target.title, None), property):
        rows = session.scalars(select(target.model).where(target.model.id.in_(ids)))
        return {row.id: target.title_of(row) for row in rows}
    title = getattr(target.model, target.title)
    return {
        key: str(text)
        for key, text in session.execute(select(target.model.id, title).where(target.model.id.in_(ids)))
    }
