"""The conditions that find what somebody typed, by the tokens; every one of them leads through an index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    false,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

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
_AT_HAND = 100
"""So many texts are kept taken apart: one search asks of every entity with the same."""
_END = "\U0010ffff"
_ESCAPE = "/"
_LIKE_A_PHONE = re.compile(r"[+(]?[0-9][0-9 ()+-]{5,}")
_WRITTEN_APART = (TEXT, NAME)
_CODES = (CODE, NUMBER, PHONE)


Bound = Callable[[int], Any]
"""What stands in a statement for a text of a search, by its place among them."""


@dataclass(frozen=True)
class Lookup:
    """Tokens of these fields from a text on, which stands at `place` among the texts; where they end follows it."""

    field_ids: tuple[int, ...]
    place: int


@dataclass(frozen=True)
class Held:
    """A column that may hold a text itself. `is_plain`: without what stands between the parts of a code."""

    name: str
    place: int
    is_plain: bool
    has_case: bool


@dataclass(frozen=True)
class Term:
    """One term: a record is in all of `lookups`, each in any of its parts, and in one of `held` unless that is None."""

    lookups: tuple[tuple[Lookup, ...], ...] = ()
    held: tuple[Held, ...] | None = None


@dataclass(frozen=True)
class Sought:
    """What is looked for. `terms` say how and hold nothing that was typed, so those of many searches are equal."""

    terms: tuple[Term, ...]
    texts: tuple[str, ...]

    def values(self, prefix: str = "") -> dict[str, str]:
        """The texts by their names in a statement that was made `by_name`."""
        return {_name(prefix, place): text for place, text in enumerate(self.texts)}


def by_name(prefix: str = "") -> Bound:
    """Texts that are given when the statement is asked."""
    return lambda place: bindparam(_name(prefix, place))


def _name(prefix: str, place: int) -> str:
    return f"{prefix}sought{place}"


@lru_cache(_AT_HAND)
def terms_of(text: str) -> tuple[str, ...]:
    """What somebody typed, term by term: a record has to hold all of them. A telephone may have gaps."""
    normalised = normal(text).strip()
    if _LIKE_A_PHONE.fullmatch(normalised) and not normalised.isalnum():
        return (normalised.replace(" ", "").replace("+", ""),)
    return tuple(text.split()[:MOST_TERMS])


@dataclass(frozen=True)
class Typed:
    """A term as it is looked at: normal, its words, its runs of Chinese, and without what stands between parts."""

    text: str
    words: tuple[str, ...]
    han: tuple[str, ...]
    bare: str
    escaped: str
    escaped_bare: str


@lru_cache(_AT_HAND)
def _typed(term: str) -> Typed:
    text = normal(term)
    bare = plain(text)
    han = tuple(run for kind, run in runs(text) if kind == HAN)
    return Typed(text, tuple(words(text)), han, bare, _escaped(term), _escaped(bare))


def contains(column: Any, text: str) -> ColumnElement[bool]:
    """Whether a column holds a text; capitals count only where there are none, so Chinese stays fast."""
    return _contains(cast(column, String), literal(_escaped(text), String), _has_case(text))


def _contains(column: Any, text: Any, has_case: bool) -> ColumnElement[bool]:
    found = column.icontains(text, escape=_ESCAPE) if has_case else column.contains(text, escape=_ESCAPE)
    return found  # type: ignore[no-any-return]


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()


def _escaped(text: str) -> str:
    """A text in which nothing stands for anything else."""
    return text.replace(_ESCAPE, _ESCAPE * 2).replace("%", f"{_ESCAPE}%").replace("_", f"{_ESCAPE}_")


def sought(plan: Plan, names: Iterable[str], text: str) -> Sought:
    """How a text is looked for in the fields `names`.

    They are the fields that the reader may read; of others nothing is asked, so nothing is told.
    """
    fields = plan.named(names)
    texts: list[str] = []
    terms = tuple(_term(fields, each, texts) for each in terms_of(text)) if fields else ()
    return Sought(terms, tuple(texts))


def narrowed(
    statement: Select[Any], plan: Plan, model: Any, asked: Sought, bound: Bound | None = None
) -> Select[Any]:
    """`statement` over `model`, narrowed to the rows that hold every term, and begun at the tokens.

    SQLite, which knows no figures of the tables, would rather walk through the branch in the order of the list.
    """
    found = statement.where(*found_by(plan, model, asked, bound))
    return found.with_hint(model, "NOT INDEXED", "sqlite")


def found_by(plan: Plan, model: Any, asked: Sought, bound: Bound | None = None) -> list[ColumnElement[bool]]:
    """What narrows rows of `model` to those that hold every term. `bound`: see `by_name`; else the texts themselves."""
    if not asked.terms:
        return [false()]
    given = bound or _as_they_are(asked)
    return [each for term in asked.terms for each in _one(plan, model, term, given)]


def hits(plan: Plan, asked: Sought, bound: Bound | None = None) -> ColumnElement[bool]:
    """Whether there is any record that the tokens speak for; it may turn out not to hold the text after all."""
    given = bound or _as_they_are(asked)
    if not asked.terms or not all(term.lookups for term in asked.terms):
        return false()
    return and_(*(exists(_ids(plan, each, given)) for term in asked.terms for each in term.lookups))


def _as_they_are(asked: Sought) -> Bound:
    return lambda place: literal(asked.texts[place], String)


def _one(plan: Plan, model: Any, term: Term, bound: Bound) -> Iterable[ColumnElement[bool]]:
    if not term.lookups:
        return [false()]
    found: list[ColumnElement[bool]] = [model.id.in_(_ids(plan, each, bound)) for each in term.lookups]
    return found if term.held is None else [*found, or_(false(), *_verified(model, term.held, bound))]


def _verified(model: Any, held: Iterable[Held], bound: Bound) -> Iterable[ColumnElement[bool]]:
    """The values themselves hold the term, where tokens speak of its pieces only."""
    for each in held:
        column = getattr(model, each.name)
        whole = _plain(column) if each.is_plain else cast(column, String)
        yield _contains(whole, bound(each.place), each.has_case)


@cache
def _plain(column: Any) -> ColumnElement[str]:
    """Made once for each column: it is long."""
    return plain_in_sql(column)


def _ids(plan: Plan, lookups: Sequence[Lookup], bound: Bound) -> Any:
    token: Any = plan.tokens
    either = [
        select(token.record_id).where(
            # As they are: numbers of the program's own, of which the statement is made once; nothing is given for them.
            token.field_id.in_([literal_column(str(int(number)), Integer) for number in each.field_ids]),
            token.token >= bound(each.place),
            token.token < bound(each.place + 1),
        )
        for each in lookups
    ]
    return union_all(*either) if len(either) > 1 else either[0]


def _term(fields: Sequence[SearchedField], term: str, texts: list[str]) -> Term:
    """How a term is asked; what of it is compared is put behind `texts`."""
    lookups, is_exact = _lookups(fields, term)
    asked = [[(tuple(ids), start) for ids, start in each if ids] for each in lookups]
    if not asked or not all(asked):
        return Term()
    placed = tuple(
        tuple(Lookup(ids, _put(texts, start, start + _END)) for ids, start in each) for each in asked
    )
    return Term(placed, None if is_exact else tuple(_held(fields, term, texts)))


def _put(texts: list[str], *more: str) -> int:
    texts.extend(more)
    return len(texts) - len(more)


def _held(fields: Sequence[SearchedField], term: str, texts: list[str]) -> Iterable[Held]:
    """The columns of which one holds the term. No telephone holds what has no digit."""
    typed = _typed(term)
    bare = typed.bare
    has_digit = any(each.isdigit() for each in bare)
    places: dict[str, int] = {}
    for each in sorted(fields, key=lambda each: each.style != NAME):  # what is looked for most stands first
        if each.style == PHONE and not has_digit:
            continue
        is_plain = each.style not in _WRITTEN_APART and bool(bare)
        text = bare if is_plain else term
        if text not in places:
            places[text] = _put(texts, typed.escaped_bare if is_plain else typed.escaped)
        yield Held(each.name, places[text], is_plain, _has_case(text))


def _lookups(
    fields: Sequence[SearchedField], term: str
) -> tuple[list[list[tuple[Sequence[int], str]]], bool]:
    """The tokens of which fields, from which text on: a record is in all of them, in any part of each; and whether
    that is sure already."""
    typed = _typed(term)
    text, whole, han, bare = typed.text, typed.words, typed.han, typed.bare
    if whole == (text,) and len(text) <= LONGEST:
        return [[(_fields_of_word(fields, text), text)]], True
    if han:
        asked = [each.id for each in fields]
        return [[(asked, each)] for each in _pieces(han)], False
    if not whole:
        return [], False
    apart = [each.id for each in fields if each.style in (*_WRITTEN_APART, CODE)]
    together = [each.id for each in fields if each.style in _CODES]
    longest = max(whole, key=len)
    either: list[tuple[Sequence[int], str]] = [(apart, longest)] if apart else []
    if together and bare.isalnum() and _is_code(text):
        either.append((together, bare[:LONGEST]))
    return ([either] if either else []), False


def _is_code(text: str) -> bool:
    return all(each.isalnum() or each in SEPARATORS or each == "+" for each in text)


def _fields_of_word(fields: Sequence[SearchedField], word: str) -> list[int]:
    is_phone = word.isdigit() and len(word) >= SHORTEST_PHONE
    return [number for each in fields if each.style != PHONE or is_phone for number in each.ids]


def _pieces(han: Sequence[str]) -> list[str]:
    """At most two pieces of the longest run: its beginning, and its end where it is longer than that."""
    run = max(han, key=len)
    return [run[:PIECE]] if len(run) <= PIECE else [run[:PIECE], run[-PIECE:]]
