"""Puts tokens in and takes them away, in the session's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import (
    ARRAY,
    Integer,
    Select,
    String,
    any_,
    bindparam,
    column,
    delete,
    exists,
    func,
    select,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement, literal

from core.branches.gate import CHECKED
from core.search.numbers import tokens_in_sql
from core.search.plans import Plan, SearchedField
from core.search.tokens import NUMBER, pinyin_of, tokens_of

OWN = "zhidu_search_own"
QUIETLY: dict[str, Any] = {CHECKED: True, OWN: True}
"""The options of the search's own statements: they name the rows that they mean, and are not searched themselves."""
AT_ONCE = 500


def put_values(
    session: Session,
    plan: Plan,
    fields: Sequence[SearchedField],
    records: Iterable[tuple[int, int | None, Mapping[str, Any]]],
) -> None:
    """Write the tokens of `records`: (id, branch, values by the fields' names)."""
    rows = (
        {**({"branch_id": branch_id} if plan.owned else {}), **token, "record_id": record_id}
        for record_id, branch_id, values in records
        for token in tokens_of_values(fields, values)
    )
    statement = _insert(session, plan).on_conflict_do_nothing()
    while some := list(islice(rows, AT_ONCE * 20)):
        session.execute(statement, some, execution_options=QUIETLY)


def tokens_of_values(fields: Sequence[SearchedField], values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The tokens of a record's values, each with the number of its field."""
    for field in fields:
        value = values.get(field.name)
        if value is None or value == "":
            continue
        for token in sorted(tokens_of(field.style, str(value))):
            yield {"field_id": field.id, "token": token}
        if field.pinyin_id is not None:
            for token in sorted(pinyin_of(str(value))):
                yield {"field_id": field.pinyin_id, "token": token}


def take_away(
    session: Session, plan: Plan, fields: Sequence[SearchedField], record_ids: Sequence[int]
) -> None:
    """Remove the tokens of records, those of `fields` alone."""
    tokens = plan.tokens.__table__
    ids = [number for each in fields for number in each.ids]
    for start in range(0, len(record_ids), AT_ONCE):
        some = record_ids[start : start + AT_ONCE]
        gone = delete(tokens).where(tokens.c.field_id.in_(ids), tokens.c.record_id.in_(some))  # type: ignore[arg-type]
        session.execute(gone, execution_options=QUIETLY)


def replace_values(
    session: Session,
    plan: Plan,
    fields: Sequence[SearchedField],
    records: Sequence[tuple[int, int | None, Mapping[str, Any]]],
) -> None:
    """Let the tokens of `fields` of these records be those of their values; in PostgreSQL by a single statement.

    For a flush that has begun: the database knows the scope, and the records are those that the gate has judged.
    """
    ids = [record_id for record_id, _branch_id, _values in records]
    if session.get_bind().dialect.name != "postgresql":
        take_away(session, plan, fields, ids)
        put_values(session, plan, fields, records)
        return
    for start in range(0, len(records), AT_ONCE):
        some = records[start : start + AT_ONCE]
        given: dict[str, list[Any]] = {"branches": [], "numbers": [], "tokens": [], "records": []}
        for record_id, branch_id, values in some:
            for each in tokens_of_values(fields, values):
                made = (branch_id, each["field_id"], each["token"], record_id)
                for name, value in zip(given, made, strict=True):
                    given[name].append(value)
        own = {
            "fields": [number for each in fields for number in each.ids],
            "of": ids[start : start + AT_ONCE],
        }
        session.connection().execute(_replacing(plan.tokens), {**given, **own})


@cache
def _replacing(model: Any) -> Any:
    """Removes what is among the tokens of records and not among the new ones, and puts in what is missing.

    Both parts see the table as it was, so no row may be in both: what stays is neither removed nor put in.
    """
    tokens, whole = model.__table__, ARRAY(Integer)
    columns = {
        "branch_id": bindparam("branches", type_=whole),
        "field_id": bindparam("numbers", type_=whole),
        "token": bindparam("tokens", type_=ARRAY(String)),
        "record_id": bindparam("records", type_=whole),
    }
    new = (
        func.unnest(*columns.values()).table_valued(*(column(name) for name in columns)).render_derived("new")
    )
    stays = exists().where(*(new.c[name] == tokens.c[name] for name in ("field_id", "token", "record_id")))
    gone = (
        delete(tokens)
        .where(tokens.c.field_id == any_(bindparam("fields", type_=whole)))
        .where(tokens.c.record_id == any_(bindparam("of", type_=whole)), ~stays)
        .cte("gone")
    )
    names = [name for name in columns if name in tokens.c]
    made = select(*(new.c[name] for name in names))
    return postgresql.insert(tokens).from_select(names, made).on_conflict_do_nothing().add_cte(gone)


def refresh(
    session: Session, plan: Plan, record_ids: Sequence[int], fields: Sequence[SearchedField] | None = None
) -> None:
    """Make the tokens of records anew from what is stored; the caller has chosen them inside its scope."""
    wanted = plan.fields if fields is None else tuple(fields)
    for start in range(0, len(record_ids), AT_ONCE):
        some = record_ids[start : start + AT_ONCE]
        take_away(session, plan, wanted, some)
        put_values(session, plan, wanted, _stored(session, plan, wanted, plan.table.c.id.in_(some)))


def put_span(session: Session, plan: Plan, first: int, last: int, *conditions: ColumnElement[bool]) -> None:
    """Make the tokens of the rows that have just been added with ids from `first` to `last`.

    Numbers are cut by the database; other fields pass through the program, a thousand rows at a time.
    """
    here = (plan.table.c.id.between(first, last), *conditions)
    numbers = [each for each in plan.fields if each.style == NUMBER]
    for field in numbers:
        _put_numbers(session, plan, field, here)
    others = [each for each in plan.fields if each.style != NUMBER]
    for start in range(first, last + 1, 2 * AT_ONCE) if others else ():
        some = plan.table.c.id.between(start, min(last, start + 2 * AT_ONCE - 1))
        put_values(session, plan, others, _stored(session, plan, others, some, *conditions))


def _put_numbers(
    session: Session, plan: Plan, field: SearchedField, here: Sequence[ColumnElement[bool]]
) -> None:
    table = plan.table
    branch: list[Any] = [table.c.branch_id] if plan.owned else []
    selects = [
        select(*branch, literal(field.id).label("field_id"), token.label("token"), table.c.id).where(
            *here, token != ""
        )
        for token in tokens_in_sql(table.c[field.name])
    ]
    both = union_all(*selects).subquery("made")
    columns = [*(["branch_id"] if plan.owned else []), "field_id", "token", "record_id"]
    # SQLite takes ON CONFLICT after a SELECT for a part of its last join, unless a condition stands between.
    made = select(*both.c).where(both.c.token != "")
    statement = _insert(session, plan).from_select(columns, made).on_conflict_do_nothing()
    session.execute(statement, execution_options=QUIETLY)


def _stored(
    session: Session, plan: Plan, fields: Sequence[SearchedField], *conditions: ColumnElement[bool]
) -> Iterator[tuple[int, int | None, Mapping[str, Any]]]:
    statement = values_of(plan, fields).where(*conditions)
    for row in session.execute(statement, execution_options=QUIETLY).all():
        yield (
            row[0],
            row[1] if plan.owned else None,
            dict(zip(_names(fields), row[-len(fields) :], strict=True)),
        )


def values_of(plan: Plan, fields: Sequence[SearchedField]) -> Select[Any]:
    """A Core select of what is searched: the id, the branch where rows have one, then a column a field."""
    branch = [plan.table.c.branch_id] if plan.owned else []
    return select(plan.table.c.id, *branch, *(plan.table.c[each.name] for each in fields))


def _names(fields: Sequence[SearchedField]) -> list[str]:
    return [each.name for each in fields]


def _insert(session: Session, plan: Plan) -> Any:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(plan.tokens.__table__)  # type: ignore[arg-type]
