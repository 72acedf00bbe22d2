"""What every request needs and few change (overrides, branches, appointments, switches; what further parts `count`), as
one process knows it, kept until the version's counter has moved.

Every request reads the counter; whatever changes any of this counts it up in its own transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import event, inspect, select, update
from sqlalchemy.orm import Session, SessionTransaction

from core.branches.models import Branch, BranchPlugin
from core.branches.switches import plugins_on
from core.data.database import GatedSession
from core.people.models import Appointment
from core.people.rights.levels import Level
from core.people.rights.models import RightOverride, RightsVersion

KEPT_IN = "zhidu_rights"
_CHANGED = "zhidu_rights_changed"
_MOST_REMEMBERED = 20_000
_IN_USE = "branches in use"
_OF_PEOPLE = ("username", "first_name", "last_name", "active")
"""What of a person stands in what is kept."""


@dataclass(frozen=True)
class Override:
    """A row of `RightOverride`, free of its session."""

    id: int
    position: str
    entity: str
    kind: str
    name: str
    value: str
    branch_id: int | None
    valid_from: date
    reason: str
    set_by: int | None
    set_at: Any

    @property
    def order(self) -> tuple[bool, date, int]:
        """Of several on one right the last in this order counts: a branch's own, then the later one."""
        return (self.branch_id is not None, self.valid_from, self.id)


@dataclass(frozen=True)
class Narrowing:
    """What a rule keeps back of a field from a position: it gets no more than `level`, in these branches (and, with
    `everywhere`, in the whole company), from a day on. `clause` says which rule."""

    position: str
    entity: str
    name: str
    level: Level
    branches: frozenset[int]
    everywhere: bool
    first: date
    clause: str


NARROWED_BY: list[Callable[[Session], Iterable[Narrowing]]] = []
"""What reads the rules that keep fields back; packages above add theirs, and `count` their rows."""


@dataclass(frozen=True)
class Node:
    """A branch in the tree, without what only its page needs."""

    id: int
    parent_id: int | None
    code: str
    name_zh: str
    name_en: str
    active: bool

    def name(self, locale: str) -> str:
        return self.name_zh if locale.startswith("zh") else self.name_en

    @cached_property
    def words(self) -> str:
        """What a search looks through."""
        return "\n".join((self.code, self.name_zh, self.name_en)).casefold()


@dataclass
class Snapshot:
    """What was read at one version. `remembered` holds what was worked out from it, `serial` tells it from others."""

    version: int | None
    overrides: dict[str, tuple[Override, ...]]
    narrowings: dict[str, tuple[Narrowing, ...]] = field(default_factory=dict)
    tree: dict[int, Node] | None = None
    remembered: dict[Any, Any] = field(default_factory=dict)
    serial: object = field(default_factory=object)

    def of(self, position: str, branch_id: int | None, day: date) -> list[Override]:
        """The overrides of a position that count in a branch on a day, the weakest first."""
        found = [
            each
            for each in self.overrides.get(position, ())
            if each.branch_id in (None, branch_id) and each.valid_from <= day
        ]
        return sorted(found, key=lambda each: each.order)

    def narrowed(self, position: str, branch_id: int | None, day: date) -> list[Narrowing]:
        """What rules keep back from a position in a branch on a day."""
        return [
            each
            for each in self.narrowings.get(position, ())
            if each.first <= day and (each.everywhere or branch_id in each.branches)
        ]

    def remember(self, key: Any, value: Any) -> Any:
        if len(self.remembered) >= _MOST_REMEMBERED:
            self.remembered.clear()
        self.remembered[key] = value
        return value


def snapshot(session: Session, version: int | None) -> Snapshot:
    """The overrides as of `version`; read in one statement when this process knows only an older one."""
    known: Snapshot | None = current_app.extensions.get(KEPT_IN)
    if known is None or known.version != version or version is None:
        known = Snapshot(version, _read(session), _narrowings(session))
        current_app.extensions[KEPT_IN] = known
    return known


def present(session: Session) -> Snapshot:
    """The overrides as they are now, the counter asked first."""
    return snapshot(session, session.scalar(select(RightsVersion.version)))


def tree_of(session: Session, known: Snapshot) -> dict[int, Node]:
    """Every branch by its id; read once a version."""
    if known.tree is None:
        columns = (Branch.id, Branch.parent_id, Branch.code, Branch.name_zh, Branch.name_en, Branch.active)
        rows = session.execute(select(*columns).order_by(Branch.id))
        known.tree = {row[0]: Node(*row) for row in rows}
    return known.tree


def switched_on(session: Session, known: Snapshot, branch_id: int) -> frozenset[str]:
    """The plugins that are on in a branch; read once a version."""
    key = ("switches", branch_id)
    found: frozenset[str] | None = known.remembered.get(key)
    return found if found is not None else known.remember(key, plugins_on(session, branch_id))


def node_of(branch: Branch) -> Node:
    """A branch free of its session."""
    return Node(branch.id, branch.parent_id, branch.code, branch.name_zh, branch.name_en, branch.active)


def in_use(session: Session, known: Snapshot) -> list[Node]:
    """Every branch in use, by its id; gathered once a version."""
    found: list[Node] | None = known.remembered.get(_IN_USE)
    if found is None:
        tree = tree_of(session, known)
        found = known.remember(_IN_USE, [each for each in tree.values() if each.active])
    return found


def below(session: Session, known: Snapshot, top: int) -> tuple[int, ...]:
    """As `subtree`, worked out once a version."""
    key = ("below", top)
    found: tuple[int, ...] | None = known.remembered.get(key)
    if found is None:
        found = known.remember(key, subtree(tree_of(session, known), top))
    return found


def subtree(tree: dict[int, Node], top: int) -> tuple[int, ...]:
    """A branch and everything below it, closed branches too; the top first."""
    below: dict[int | None, list[int]] = {}
    for each in tree.values():
        below.setdefault(each.parent_id, []).append(each.id)
    found = dict.fromkeys([top])
    ahead = [top]
    while ahead:
        for child in below.get(ahead.pop(0), ()):
            if child not in found:
                found[child] = None
                ahead.append(child)
    return tuple(found)


def _read(session: Session) -> dict[str, tuple[Override, ...]]:
    columns = [getattr(RightOverride, name) for name in Override.__dataclass_fields__]
    found: dict[str, list[Override]] = {}
    for row in session.execute(select(*columns).where(RightOverride.withdrawn_at.is_(None))):
        found.setdefault(row.position, []).append(Override(*row))
    return {position: tuple(rows) for position, rows in found.items()}


def _narrowings(session: Session) -> dict[str, tuple[Narrowing, ...]]:
    found: dict[str, list[Narrowing]] = {}
    for read in NARROWED_BY:
        for each in read(session):
            found.setdefault(each.position, []).append(each)
    return {position: tuple(rows) for position, rows in found.items()}


_counted: list[type[Any]] = [RightOverride, Branch, Appointment, BranchPlugin]


def count(*models: type[Any]) -> None:
    """Have the version go up with every change of rows of further models, so that they may be remembered."""
    _counted.extend(each for each in models if each not in _counted)


def is_changing(session: Session) -> bool:
    """Whether this transaction has counted up itself, so that what is remembered is not what it sees."""
    return _CHANGED in session.info


def _watch(session: Session, _context: Any) -> None:
    """In the flush of a change, and so in its transaction, the counter goes up."""
    if any(_is_counted(each) for each in _touched(session)):
        session.info[_CHANGED] = True
        table = RightsVersion.__table__
        session.connection().execute(update(table).values(version=table.c.version + 1))  # type: ignore[arg-type]


def _is_counted(row: Any) -> bool:
    if isinstance(row, User):  # each log-in writes its time there
        attributes = inspect(row).attrs
        return any(attributes[name].history.has_changes() for name in _OF_PEOPLE)
    return isinstance(row, tuple(_counted))


def _touched(session: Session) -> Iterator[Any]:
    yield from session.new
    yield from session.deleted
    yield from (each for each in session.dirty if session.is_modified(each))


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_CHANGED, None)


event.listen(GatedSession, "after_flush", _watch)
event.listen(GatedSession, "after_transaction_end", _forget)
