"""What a list shows: search, filters, order and a bounded page, all narrowed by the row gate."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, select
from sqlalchemy.orm import Session

from core.data import UserError
from core.entities import counting, seeking
from core.entities.filters import MAX_ID, OPERATORS, Filter, clean, condition, is_comparable, is_narrowing
from core.entities.reading import readable, title_for_reader, title_texts_for_reader
from core.entities.reads import Reads, narrowed, remembered
from core.entities.seeking import Ordered
from core.entities.spanning import BRANCH, branch_of, only_own, spans
from core.entities.spec import Entity
from core.people.alike import once_for_alike
from core.search.asking import Sought

__all__ = [
    "MAX_ID",
    "Filter",
    "ListPage",
    "ListQuery",
    "attributes_of",
    "filters_of",
    "first_records",
    "from_arguments",
    "key_of",
    "order_of",
    "orders_of",
    "record_exists",
    "run",
    "statement_of",
    "titles",
    "titles_of",
]

MAX_PAGE = 10_000
MOST_FILTERS = 20
PAGE_SIZES = (25, 50, 100)
Making = Callable[[Select[Any]], list[Select[Any]]]
_OFFSET = bindparam("skipped", type_=Integer)


@dataclass(frozen=True)
class ListQuery:
    """One page of a list. `page` counts from 0; where a place is given (`core.entities.seeking`), it only says so."""

    search: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    descending: bool = False
    page: int = 0
    size: int = 25
    branch: int | None = None
    after: str = ""
    before: str = ""


@dataclass
class ListPage:
    """The records of a page; `count` is exact up to `counting.COUNT_CAP`, and `capped` says that there are more.

    `number` is the page's, from 0; `more` says that another follows.
    """

    records: list[Any]
    count: int
    capped: bool = False
    titles: dict[str, dict[int, str]] = field(default_factory=dict)
    number: int = 0
    more: bool = False


def from_arguments(entity: Entity, arguments: Mapping[str, str]) -> ListQuery:
    """Read a list's address: q, sort, dir, size, page (from 1) with its place, and filters. Never raises."""
    size = _whole(arguments.get("size"), PAGE_SIZES[0])
    sort = arguments.get("sort", "")
    return ListQuery(
        search=clean(arguments.get("q", "")),
        filters=filters_of(entity, arguments),
        sort=sort if sort in sortable(entity) else "",
        descending=arguments.get("dir") == "desc",
        branch=branch_of(entity, arguments.get("f_branch", "")),
        page=min(max(_whole(arguments.get("page"), 1), 1), MAX_PAGE) - 1,
        size=size if size in PAGE_SIZES else PAGE_SIZES[0],
        after=arguments.get("after", ""),
        before=arguments.get("before", ""),
    )


def filters_of(entity: Entity, arguments: Mapping[str, str]) -> tuple[Filter, ...]:
    """The filters of an address, in its order: `f_<field>=` is equality, `f_<field>.<operator>=` any other.

    What cannot be looked for is passed over.
    """
    read = (_filter(key, value) for key, value in arguments.items() if key.startswith("f_"))
    return tuple(each for each in read if each is not None and fits(entity, each))[:MOST_FILTERS]


def _filter(key: str, value: str) -> Filter | None:
    name, _dot, operator = key.removeprefix("f_").partition(".")
    operator = operator or "eq"
    return Filter(name, operator, value) if operator in OPERATORS else None


def key_of(each: Filter) -> str:
    """The name of a filter in an address."""
    return f"f_{each.column}" if each.operator == "eq" else f"f_{each.column}.{each.operator}"


def fits(entity: Entity, each: Filter) -> bool:
    """Whether the reader may narrow a list by this."""
    if each.column not in entity.by_name or not is_narrowing(entity, each.column):
        return False
    if each.operator not in ("none", "some") and not clean(each.value):
        return False
    try:
        condition(entity, each)
    except UserError:
        return False
    return True


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def sortable(entity: Entity) -> frozenset[str]:
    """The names of the fields that a list may be sorted by."""

    def made() -> frozenset[str]:
        return frozenset(each.name for each in entity.fields if is_comparable(entity, each.name))

    names: frozenset[str] = once_for_alike(("sortable", entity.serial), made)
    return names


def statement_of(entity: Entity, query: ListQuery) -> Select[Any]:
    """The narrowed, unordered SELECT of a list."""
    return narrowed(entity, query)


def first_records(
    session: Session,
    entity: Entity,
    query: ListQuery,
    limit: int,
    only: Sequence[str] | None = None,
    asked: Sought | None = None,
) -> list[Any]:
    """At most `limit` records of a list from its beginning; `only` as for `run`, `asked` as for `Reads`."""
    orders = orders_of(entity, query)
    reads = Reads(session, entity, query, _with_orders(only, orders), asked)
    rows = reads.rows(*_in_order(entity, orders), limit, {})
    return [row[0] for row in rows] if only is None else rows


def run(
    session: Session,
    entity: Entity,
    query: ListQuery,
    titled: Sequence[str] | None = None,
    only: Sequence[str] | None = None,
) -> ListPage:
    """Read one page and count up to a bound. `titled` names the references whose titles are wanted (None: all).

    With `only`, as `attributes_of` gives it, the records are rows with nothing but these attributes.
    """
    page = _rows(session, entity, query, only)
    page.titles = titles(session, entity, page.records, titled)
    return page


def attributes_of(entity: Entity, names: Iterable[str]) -> tuple[str, ...] | None:
    """What has to be read of each record for some of its fields; None where only the whole record will do."""
    if entity.opens is not None:
        return None
    wanted = ["id", entity.title, *(each.removeprefix("-") for each in entity.order), *names]
    wanted += [name for name in (BRANCH, "row_version") if entity.column(name) is not None]
    for name in wanted:
        described = entity.by_name.get(name)
        if entity.column(name) is None or (described is not None and described.value is not None):
            return None
        if hasattr(Row, name):  # a row is a tuple, with methods of its own
            return None
    return tuple(dict.fromkeys(wanted))


def _rows(session: Session, entity: Entity, query: ListQuery, only: Sequence[str] | None) -> ListPage:
    """The records of a page, counted by the same statement. One record more is read to know whether another follows."""
    model, orders = entity.model, orders_of(entity, query)
    reads = Reads(session, entity, query, _with_orders(only, orders))
    place = seeking.read_place(model, orders, query.after)
    if place is not None:
        return _page(reads, _after(reads, orders, place, query.size + 1), query.page, is_first=False)
    place = seeking.read_place(model, orders, query.before)
    if place is not None:
        rows = _after(reads, seeking.turned(orders), place, query.size)
        if len(rows) == query.size:
            page = _page(reads, rows[::-1], query.page)
            page.more = True
            return page
    number = 0 if place is not None else query.page  # so few are in front that this is the first page
    many = number * query.size
    if many >= seeking.FAR and reads.is_whole:
        place = _counted_off(reads, orders, many)
        return _page(reads, _after(reads, orders, place, query.size + 1) if place else [], number)
    kind, ordered = _in_order(entity, orders)
    if many:
        kind, ordered = ("from", kind), _from(ordered)
    values = {_OFFSET.key: many} if many else {}
    return _page(reads, reads.rows(kind, ordered, query.size + 1, values, is_counted=True), number)


def _with_orders(only: Sequence[str] | None, orders: Sequence[Ordered]) -> tuple[str, ...] | None:
    return None if only is None else (*only, *(each.name for each in orders))


def _in_order(entity: Entity, orders: Sequence[Ordered]) -> tuple[Hashable, Making]:
    return ("first", tuple(orders)), lambda statement: [
        statement.order_by(*seeking.ordering(entity.model, orders))
    ]


def _from(ordered: Making) -> Making:
    return lambda statement: [each.offset(_OFFSET) for each in ordered(statement)]


def _after(reads: Reads, orders: Sequence[Ordered], place: Sequence[Any], limit: int) -> list[Any]:
    """At most `limit` counted rows that follow a place."""
    is_null_large = seeking.is_null_large(reads.session)
    kind = seeking.kind_of_place(orders, place, is_null_large)
    behind = seeking.following(reads.entity.model, orders, place, is_null_large)
    return reads.rows(kind, behind, limit, seeking.values_of_place(place), is_counted=True)


def _counted_off(reads: Reads, orders: Sequence[Ordered], many: int) -> tuple[Any, ...] | None:
    """The place of the `many`th row of a list; None behind its end."""
    entity, is_one = reads.entity, not spans(reads.entity)
    asked = seeking.columns_counted(entity.model, orders, is_one)
    alone = Reads(reads.session, entity, reads.query, [each.name for each in asked])
    kind, ordered = _in_order(entity, asked)
    rows = alone.rows(("from", kind), _from(ordered), 1, {_OFFSET.key: many - 1})
    return seeking.place_counted(rows[0], orders) if rows else None


def _page(reads: Reads, rows: Sequence[Any], number: int, is_first: bool = True) -> ListPage:
    count, size = 0, reads.query.size
    if rows:
        count = int(rows[0][-1])
        counting.note(reads.session, reads.entity, count, reads.is_whole)
    elif number or not is_first:  # no row tells how many there are, as the page lies behind the end
        count = reads.count()
    records = [row[0] if reads.only is None else row for row in rows[:size]]
    more, most = len(rows) > size, counting.COUNT_CAP
    return ListPage(records, min(count, most), count > most, number=number, more=more)


def order_of(entity: Entity, query: ListQuery) -> list[Any]:
    """The ORDER BY of a list."""
    return seeking.ordering(entity.model, orders_of(entity, query))


def orders_of(entity: Entity, query: ListQuery) -> list[Ordered]:
    """The chosen column, else the entity's own order, and the id last so that pages never overlap.

    The id goes the way of the column before it: then one index answers both.
    """
    if query.sort:
        may = sortable(entity) | {"id"} | ({BRANCH} if spans(entity) else set())
        if query.sort not in may:
            raise UserError("There is no field %(name)s to sort by.", name=query.sort)
        orders = [Ordered(query.sort, query.descending)]
    else:
        orders = [
            Ordered(name.removeprefix("-"), name.startswith("-"))
            for name in entity.order
            if readable(entity, name.removeprefix("-"))
        ]
    if any(each.name == "id" for each in orders):
        return orders
    return [*orders, Ordered("id", orders[-1].descending if orders else False)]


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

    def made() -> list[Select[Any]]:
        wanted = target.model.id.in_(bindparam("ids", expanding=True))
        return [select(target.model.id, title).where(wanted)]

    rows = session.execute(remembered(("titles", target.serial), made)[0], {"ids": list(ids)})
    shown = title_texts_for_reader(target)
    return {key: shown(key, text) for key, text in rows}


def record_exists(session: Session, target: Entity, record_id: int) -> bool:
    """Whether a record of an id is there for this person's branch."""
    statement = statement_of(target, ListQuery()).where(target.model.id == record_id, *only_own(target))
    return session.scalar(statement.with_only_columns(target.model.id)) is not None
