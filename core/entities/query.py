"""What a list shows: search, filters, order and a bounded page, all narrowed by the row gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from core.data import UserError
from core.entities.filters import MAX_ID, Filter, clean, condition, contains, is_comparable, parse
from core.entities.reading import readable, readable_names, title_for_reader, title_text_for_reader
from core.entities.spanning import BRANCH, across, branch_of, only_own, spans
from core.entities.spec import Entity, Field

__all__ = [
    "MAX_ID",
    "Filter",
    "ListPage",
    "ListQuery",
    "from_arguments",
    "order_of",
    "record_exists",
    "run",
    "statement_of",
    "titles",
    "titles_of",
]

COUNT_CAP = 10_000
MAX_PAGE = 10_000
PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True)
class ListQuery:
    """One page of a list. `page` counts from 0."""

    search: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    descending: bool = False
    page: int = 0
    size: int = 25
    branch: int | None = None


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
        if each.filterable and _fits(entity, each, arguments.get(f"f_{each.name}", ""))
    )
    sort = arguments.get("sort", "")
    return ListQuery(
        search=clean(arguments.get("q", "")),
        filters=filters,
        sort=sort if sort in sortable(entity) else "",
        descending=arguments.get("dir") == "desc",
        branch=branch_of(entity, arguments.get("f_branch", "")),
        page=min(max(_whole(arguments.get("page"), 1), 1), MAX_PAGE) - 1,
        size=size if size in PAGE_SIZES else PAGE_SIZES[0],
    )


def _fits(entity: Entity, each: Field, text: str) -> bool:
    """Whether a value of the address can be looked for; anything else in it is passed over."""
    if not clean(text):
        return False
    try:
        parse(entity, each, text)
    except UserError:
        return False
    return is_comparable(entity, each.name)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def sortable(entity: Entity) -> frozenset[str]:
    """The names of the fields that a list may be sorted by."""
    return frozenset(each.name for each in entity.fields if is_comparable(entity, each.name))


def statement_of(entity: Entity, query: ListQuery) -> Select[Any]:
    """The narrowed, unordered SELECT of a list."""
    statement = select(entity.model).where(*across(entity))
    if query.branch is not None:
        statement = statement.where(entity.model.branch_id == query.branch)
    if entity.criteria is not None:
        statement = statement.where(*entity.criteria())
    if query.search:
        columns = [getattr(entity.model, name) for name in readable_names(entity, entity.search)]
        statement = statement.where(or_(false(), *[contains(each, query.search) for each in columns]))
    for each in query.filters:
        statement = statement.where(condition(entity, each))
    return statement


def run(session: Session, entity: Entity, query: ListQuery, titled: Sequence[str] | None = None) -> ListPage:
    """Read one page and count up to COUNT_CAP. `titled` names the references whose titles are wanted (None: all)."""
    statement = statement_of(entity, query)
    counted = session.scalar(
        select(func.count()).select_from(
            statement.with_only_columns(entity.model.id).limit(COUNT_CAP + 1).subquery()
        )
    )
    ordered = statement.order_by(*order_of(entity, query)).limit(query.size).offset(query.page * query.size)
    records = list(session.scalars(ordered))
    count = int(counted or 0)
    return ListPage(
        records, min(count, COUNT_CAP), count > COUNT_CAP, titles(session, entity, records, titled)
    )


def order_of(entity: Entity, query: ListQuery) -> list[Any]:
    """The ORDER BY: the chosen column, else the entity's own order, and the id last so that pages never overlap."""
    model = entity.model
    if query.sort:
        may = sortable(entity) | {"id"} | ({BRANCH} if spans(entity) else set())
        if query.sort not in may:
            raise UserError("There is no field %(name)s to sort by.", name=query.sort)
        column = getattr(model, query.sort)
        return [column.desc() if query.descending else column.asc(), model.id.asc()]
    own = [_ordered(model, name) for name in entity.order if readable(entity, name.removeprefix("-"))]
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
        records = session.scalars(select(target.model).where(target.model.id.in_(ids)))
        return {each.id: title_for_reader(target, each) for each in records}
    title = getattr(target.model, target.title)
    rows = session.execute(select(target.model.id, title).where(target.model.id.in_(ids)))
    return {key: title_text_for_reader(target, key, text) for key, text in rows}


def record_exists(session: Session, target: Entity, record_id: int) -> bool:
    """Whether a record of an id is there for this person's branch."""
    statement = statement_of(target, ListQuery()).where(target.model.id == record_id, *only_own(target))
    return session.scalar(statement.with_only_columns(target.model.id)) is not None
