"""The conditions that find what somebody typed, by the tokens; every one of them leads through an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, false, or_, select, union_all

from core.search.models import LONGEST
from core.search.numbers import plain_in_sql
from core.search.plans import Plan, SearchedField
from core.search.tokens import (
    CODE,
    HAN,
    NAME,
    NUMBER,
    PHONE,
    PIECE,
    SEPARATORS,
    TEXT,
    normal,
    plain,
    runs,
    words,
)

MOST_TERMS = 6
SHORTEST_PHONE = 3
_END = "\U0010ffff"
_LIKE_A_PHONE = re.compile(r"[+(]?[0-9][0-9 ()+-]{5,}")
_WRITTEN_APART = (TEXT, NAME)
_CODES = (CODE, NUMBER, PHONE)


def terms_of(text: str) -> list[str]:
    """What somebody typed, term by term: a record has to hold all of them. A telephone may have gaps."""
    normalised = normal(text).strip()
    if _LIKE_A_PHONE.fullmatch(normalised) and not normalised.isalnum():
        return [normalised.replace(" ", "").replace("+", "")]
    return text.split()[:MOST_TERMS]


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Whether a column holds a text; capitals count only where there are none, so Chinese stays fast."""
    column = cast(column, String)
    if text.lower() == text.upper():
        return column.contains(text, autoescape=True)  # type: ignore[no-any-return]
    return column.icontains(text, autoescape=True)  # type: ignore[no-any-return]


def narrowed(statement: Select[Any], plan: Plan, model: Any, names: Iterable[str], text: str) -> Select[Any]:
    """`statement` over `model`, narrowed as `found_by` says, and begun at the tokens.

    SQLite, which knows no figures of the tables, would rather walk through the branch in the order of the list.
    """
    found = statement.where(*found_by(plan, model, names, text))
    return found.with_hint(model, "NOT INDEXED", "sqlite")


def found_by(plan: Plan, model: Any, names: Iterable[str], text: str) -> list[ColumnElement[bool]]:
    """What narrows rows of `model` to those that hold every term of `text` in one of the fields `names`.

    `names` are the fields that the reader may read; of others nothing is asked, so nothing is told.
    """
    fields = plan.named(names)
    terms = terms_of(text)
    if not fields or not terms:
        return [false()]
    return [each for term in terms for each in _one(plan, model, fields, term)]


def hits(plan: Plan, names: Iterable[str], text: str) -> ColumnElement[bool]:
    """Whether there is any record that the tokens speak for; it may turn out not to hold the text after all."""
    fields = plan.named(names)
    asked = [each for term in terms_of(text) for each in _lookups(plan, fields, term)[0]]
    return and_(*(exists(each) for each in asked)) if asked else false()


def _one(plan: Plan, model: Any, fields: Sequence[SearchedField], term: str) -> Iterable[ColumnElement[bool]]:
    lookups, is_exact = _lookups(plan, fields, term)
    if not lookups:
        return [false()]
    found = [model.id.in_(each) for each in lookups]
    return found if is_exact else [*found, or_(false(), *_verified(model, fields, term))]


def _verified(model: Any, fields: Sequence[SearchedField], term: str) -> Iterable[ColumnElement[bool]]:
    """The values themselves hold the term: tokens speak of its pieces only. No telephone holds what has no digit."""
    bare = plain(normal(term))
    has_digit = any(each.isdigit() for each in bare)
    for each in fields:
        if each.style == PHONE and not has_digit:
            continue
        column = getattr(model, each.name)
        if each.style in _WRITTEN_APART or not bare:
            yield contains(column, term)
        else:
            yield contains(_plain(column), bare)


@cache
def _plain(column: Any) -> ColumnElement[str]:
    """Made once for each column: it is long."""
    return plain_in_sql(column)


def _lookups(plan: Plan, fields: Sequence[SearchedField], term: str) -> tuple[list[Any], bool]:
    """Selects of ids, of which a record needs to be in all; and whether these are sure already."""
    text = normal(term)
    whole = words(text)
    if whole == [text] and len(text) <= LONGEST:
        return [_ids(plan, _fields_of_word(fields, text), text)], True
    han = [run for kind, run in runs(text) if kind == HAN]
    if han:
        asked = [each.id for each in fields]
        return [_ids(plan, asked, each) for each in _pieces(han)], False
    bare = plain(text)
    if not whole:
        return [], False
    apart = [each.id for each in fields if each.style in (*_WRITTEN_APART, CODE)]
    together = [each.id for each in fields if each.style in _CODES]
    longest = max(whole, key=len)
    either = [_ids(plan, apart, longest)] if apart else []
    if together and bare.isalnum() and _is_code(text):
        either.append(_ids(plan, together, bare[:LONGEST]))
    return ([union_all(*either)] if len(either) > 1 else either), False


def _is_code(text: str) -> bool:
    return all(each.isalnum() or each in SEPARATORS or each == "+" for each in text)


def _fields_of_word(fields: Sequence[SearchedField], word: str) -> list[int]:
    is_phone = word.isdigit() and len(word) >= SHORTEST_PHONE
    return [number for each in fields if each.style != PHONE or is_phone for number in each.ids]


def _pieces(han: Sequence[str]) -> list[str]:
    """At most two pieces of the longest run: its beginning, and its end where it is longer than that."""
    run = max(han, key=len)
    return [run[:PIECE]] if len(run) <= PIECE else [run[:PIECE], run[-PIECE:]]


def _ids(plan: Plan, field_ids: Sequence[int], beginning: str) -> Any:
    token: Any = plan.tokens
    begins = and_(token.token >= beginning, token.token < beginning + _END)
    return select(token.record_id).where(token.field_id.in_(field_ids), begins)
