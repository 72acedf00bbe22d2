"""Records of all entities that hold what somebody typed, a few of each: what the reader may see, where they act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.branches.scope import branch_scope, current_branch_id, current_scope
from core.branches.switches import CORE
from core.entities.filters import clean
from core.entities.hints import hints
from core.entities.query import ListQuery, order_of, statement_of
from core.entities.reading import title_for_reader
from core.entities.registry import allowed
from core.entities.searching import searched_names
from core.entities.spanning import branch_names, spans
from core.entities.spec import Entity
from core.installation import installation
from core.people.access import oversees
from core.search.asking import hits, terms_of
from core.search.plans import plan_of

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
    for entity in _with_hits(session, _asked(), text):
        with _as_seen(entity):
            group = _group(session, entity, text, of_each)
        groups += [group] if group.hits else []
        if len(groups) == MOST_ENTITIES:
            break
    return groups


def _asked() -> list[Entity]:
    """What the reader may see and search, that of the departments first."""
    entities = installation().entities.values()
    found = [
        each for each in entities if plan_of(each.model) and allowed(each, "see") and searched_names(each)
    ]
    return sorted(found, key=lambda each: each.plugin == CORE)


def _with_hits(session: Session, entities: Sequence[Entity], text: str) -> Iterator[Entity]:
    """Those entities for whose fields there are tokens, asked all at once. It may be that no record comes of them."""
    columns = [
        hits(plan, searched_names(each), text).label(f"of_{number}")
        for number, each in enumerate(entities)
        if (plan := plan_of(each.model)) is not None
    ]
    # The branch is there for sure, so one row comes; and a statement over mapped classes is what the gate narrows.
    row = session.execute(select(Branch.id, *columns).where(Branch.id == current_branch_id())).one()
    return (each for each, there in zip(entities, row[1:], strict=True) if there)


def _as_seen(entity: Entity) -> AbstractContextManager[Any]:
    """The active branch alone, unless the reader oversees this entity in the branches below."""
    scope = current_scope()
    if len(scope.readable) > 1 and scope.active is not None and not oversees(entity.id, "see"):
        return branch_scope(scope.active)
    return nullcontext()


def _group(session: Session, entity: Entity, text: str, of_each: int) -> Group:
    query = ListQuery(search=text)
    statement = statement_of(entity, query).order_by(*order_of(entity, query)).limit(of_each + 1)
    records = session.scalars(statement).all()
    names = branch_names() if spans(entity) else {}
    found = tuple(_hit(entity, each, names) for each in records[:of_each])
    return Group(entity, found, len(records) > of_each, f"{entity.path}?{urlencode({'q': text})}")


def _hit(entity: Entity, record: Any, names: dict[int, str]) -> Hit:
    where = [names[record.branch_id]] if names and record.branch_id in names else []
    details = (*hints(entity, record), *where)
    return Hit(record.id, title_for_reader(entity, record), details, f"{entity.path}{record.id}")
