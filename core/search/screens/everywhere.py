"""Records of all entities that hold what somebody typed, a few of each: what the reader may see, where they act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.branches.scope import branch_scope, current_branch_id, current_scope
from core.branches.switches import CORE
from core.entities.filters import clean
from core.entities.hints import hint_names, hints_for_reader
from core.entities.query import ListQuery, attributes_of, first_records
from core.entities.reading import titles_for_reader
from core.entities.reads import remembered
from core.entities.registry import allowed
from core.entities.searching import searched_names
from core.entities.spanning import branch_names, spans
from core.entities.spec import Entity
from core.installation import installation
from core.people.access import oversees
from core.people.alike import once_for_alike
from core.search.asking import Sought, by_name, hits, sought, terms_of
from core.search.plans import Plan, plan_of

OF_EACH, MOST_OF_EACH = 5, 20
MOST_ENTITIES = 8
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """A record that was found; `details` are other fields of it as the reader gets them."""

    id: int
    title: str
    details: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of an entity; `more` says that there is more, which stands in the list at `url`."""

    entity: Entity
    hits: tuple[Hit, ...]
    more: bool
    url: str


def is_enough(text: str) -> bool:
    """Whether a text says enough to look for it everywhere: one Chinese character, or two letters or digits."""
    longest = max((len(each) for each in terms_of(clean(text))), default=0)
    return longest >= SHORTEST or not clean(text).isascii()


def find(text: str, of_each: int = OF_EACH) -> list[Group]:
    """At most `of_each` records of each of MOST_ENTITIES entities; one statement asks which of them have any."""
    text = clean(text)
    if not text or not is_enough(text) or current_scope().active is None:
        return []
    session = installation().database.session()
    groups: list[Group] = []
    for entity, asked in _with_hits(session, text):
        with _as_seen(entity):
            group = _group(session, entity, text, asked, of_each)
        groups += [group] if group.hits else []
        if len(groups) == MOST_ENTITIES:
            break
    return groups


def _searched() -> list[tuple[Entity, Plan, tuple[str, ...]]]:
    """What the reader may see and search, that of the departments first, and by which fields."""

    def made() -> list[tuple[Entity, Plan, tuple[str, ...]]]:
        found = [
            (each, plan, names)
            for each in installation().entities.values()
            if (plan := plan_of(each.model)) and allowed(each, "see") and (names := searched_names(each))
        ]
        return sorted(found, key=lambda each: each[0].plugin == CORE)

    found: list[tuple[Entity, Plan, tuple[str, ...]]] = once_for_alike("searched everywhere", made)
    return found


def _with_hits(session: Session, text: str) -> Iterator[tuple[Entity, Sought]]:
    """Those entities for whose fields there are tokens, asked all at once, and how the text is looked for in each.

    It may be that no record comes of them.
    """
    asked = [(entity, plan, sought(plan, names, text)) for entity, plan, names in _searched()]

    def made() -> list[Select[Any]]:
        columns = [
            hits(plan, found, by_name(f"of{number}_")).label(f"of_{number}")
            for number, (_entity, plan, found) in enumerate(asked)
        ]
        # The branch is there for sure, so one row comes; and a statement over mapped classes is what the gate narrows.
        return [select(Branch.id).add_columns(*columns).where(Branch.id == bindparam("here"))]

    key = ("hits", tuple((entity.serial, found.terms) for entity, _plan, found in asked))
    given: dict[str, Any] = {"here": current_branch_id()}
    for number, (_entity, _plan, found) in enumerate(asked):
        given |= found.values(f"of{number}_")
    row = session.execute(remembered(key, made)[0], given).one()
    found_in = zip(asked, row[1:], strict=True)
    return ((entity, found) for (entity, _plan, found), there in found_in if there)


def _as_seen(entity: Entity) -> AbstractContextManager[Any]:
    """The active branch alone, unless the reader oversees this entity in the branches below."""
    scope = current_scope()
    if len(scope.readable) > 1 and scope.active is not None and not oversees(entity.id, "see"):
        return branch_scope(scope.active)
    return nullcontext()


def _group(session: Session, entity: Entity, text: str, asked: Sought, of_each: int) -> Group:
    only = attributes_of(entity, hint_names(entity))
    records = first_records(session, entity, ListQuery(search=text), of_each + 1, only, asked)
    names = branch_names() if spans(entity) else {}
    title, hinted = titles_for_reader(entity), hints_for_reader(entity)

    def hit(record: Any) -> Hit:
        where = [names[record.branch_id]] if names and record.branch_id in names else []
        return Hit(record.id, title(record), (*hinted(record), *where), f"{entity.path}{record.id}")

    found = tuple(hit(each) for each in records[:of_each])
    return Group(entity, found, len(records) > of_each, f"{entity.path}?{urlencode({'q': text})}")
