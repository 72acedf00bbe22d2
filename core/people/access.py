"""Who acts, where, and what they may do. Read once per request and remembered on `g`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import g, has_app_context, has_request_context
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from core.branches.models import HEAD_OFFICE, Branch
from core.branches.scope import Scope, branch_scope, current_scope, enter
from core.branches.switches import plugin_on, remember_switches
from core.data import clock
from core.installation import installation
from core.people.models import Chosen
from core.people.positions import Position
from core.people.rights.effective import Rights, effective, level_in
from core.people.rights.holding import Held, held_today, name_of, profile_and_version
from core.people.rights.levels import HIDDEN, WRITE, Level
from core.people.rights.snapshot import (
    Node,
    Snapshot,
    below,
    in_use,
    is_changing,
    node_of,
    present,
    snapshot,
    switched_on,
    tree_of,
)

READING = frozenset({"see", "export", "print"})
READS = "see-"
"""The actions that may reach the branches below, and how the names of further ones begin; all others act in the active
branch."""


@dataclass
class Person:
    """The person of this request, in the active branch.

    `branches` are those in which they may act: for an administrator every one in use, shared between requests.
    `held` are the appointments of today in the active branch, `rights` what each of them gives, in the same order.
    `readable` are the branches whose rows may be read: the active one, and those below it for positions that oversee
    them. `acting_for` is the person for whom something is done that only a delegation allows.
    `limit` narrows what a key of theirs may do in their name.
    """

    user_id: int
    username: str
    name: str
    profile: Chosen | None
    branches: Sequence[Node] = ()
    branch: Branch | None = None
    positions: list[Position] = field(default_factory=list)
    grants: dict[str, frozenset[str]] = field(default_factory=dict)
    everything: bool = False
    limit: Callable[[str, str], bool] | None = None
    held: list[Held] = field(default_factory=list)
    rights: list[Rights] = field(default_factory=list)
    levels: dict[tuple[str, str], Level] = field(default_factory=dict)
    readable: tuple[int, ...] = ()
    known: Snapshot | None = None
    acting_for: int | None = None

    def place(self, branch_id: int | None) -> Node | None:
        """The branch of an id, when they may act in it."""
        tree = self.known.tree if self.everything and self.known is not None else None
        if tree is None:
            return next((each for each in self.branches if each.id == branch_id), None)
        found = tree.get(branch_id or 0)
        return found if found is not None and found.active else None


def current_person() -> Person | None:
    """The person who is logged in, or in whose name a job works (`core.people.behalf`); or None."""
    return g.get("zhidu_person") if has_app_context() else None


def current_user_id() -> int | None:
    person = current_person()
    return person.user_id if person else None


def may(entity_id: str, action: str) -> bool:
    """Whether the person may take a named action on an entity in the active branch, its plugin being on there."""
    person = current_person()
    if person is None or person.branch is None:
        return False
    plugin = entity_id.partition(".")[0]
    if not plugin_on(plugin) or (person.limit is not None and not person.limit(entity_id, action)):
        return False
    if action in person.grants.get(entity_id, ()):
        return True
    return person.everything


def require(entity_id: str, action: str) -> None:
    """Raise Unauthorized without a person, NotFound where the plugin is off, Forbidden without the right."""
    person = current_person()
    if person is None:
        raise Unauthorized
    if person.branch is None or not plugin_on(entity_id.partition(".")[0]):
        raise NotFound
    if not may(entity_id, action):
        raise Forbidden
    _note_principal(person, entity_id, action)
    if _stays_here(entity_id, action):
        # Until the end of the request, as everything that follows is done by this right: what does not only read, and
        # what is not overseen, stays in the active branch.
        enter(Scope(active=person.branch.id, readable=(person.branch.id,)))


def _stays_here(entity_id: str, action: str) -> bool:
    """Whether a right reaches less than the branches that are read now."""
    return len(current_scope().readable) > 1 and not (reads(action) and oversees(entity_id, action))


def reads(action: str) -> bool:
    """Whether an action only reads, so that it may reach the branches below."""
    return action in READING or action.startswith(READS)


@contextlib.contextmanager
def by_right(entity_id: str, action: str) -> Iterator[None]:
    """For what shows several things beside each other: each reads the rows that the page behind it, which `require`s
    this right, would show. Whether the person holds it is asked with `may`.
    """
    person = current_person()
    if person is None or person.branch is None or not _stays_here(entity_id, action):
        yield
        return
    with branch_scope(person.branch.id):
        yield


def oversees(entity_id: str, action: str) -> bool:
    """Whether the person may take an action on rows of the branches below, not only of the active one."""
    person = current_person()
    return person is not None and any(
        held.position.oversees and action in rights.actions.get(entity_id, ())
        for held, rights in zip(person.held, person.rights, strict=True)
    )


def remembered(session: Session, key: Any, read: Callable[[], Any]) -> Any:
    """What `read` answers, kept as long as nothing has changed that `snapshot.count`s; free of any session.

    Only the request of a person knows how things stand, from the statement that found who asks: all else reads.
    """
    person = current_person()
    known = person.known if person is not None and not is_changing(session) else None
    if known is None or known.version is None:
        return read()
    found = known.remembered.get(key)
    return known.remember(key, read()) if found is None else found


def tree_above(session: Session) -> Mapping[int, int | None]:
    """Every branch with the one above it."""
    read = select(Branch.id, Branch.parent_id)

    def rows() -> dict[int, int | None]:
        with session.no_autoflush:
            return {row[0]: row[1] for row in session.execute(read)}

    found: Mapping[int, int | None] = remembered(session, "tree above", rows)
    return found


def time_zone(session: Session, branch_id: int) -> str:
    """The time zone of a branch; the usual one where there is none."""
    person = current_person()
    branch = person.branch if person is not None else None
    if branch is None or branch.id != branch_id:
        with session.no_autoflush:
            branch = session.get(Branch, branch_id)
    return branch.time_zone if branch is not None else clock.DEFAULT_TIME_ZONE


def today_in(session: Session, branch_id: int) -> date:
    """The business date of a branch."""
    return clock.today(time_zone(session, branch_id))


def branches_below(person: Person) -> tuple[int, ...]:
    """The ids of the active branch and of those below it that are in use."""
    if person.branch is None:
        return ()
    session = installation().database.session()
    return _read_from(session, person.known or present(session), person.branch.id)


def _note_principal(person: Person, entity_id: str, action: str) -> None:
    """What only a delegation allows is done for whoever delegated it."""
    if person.acting_for is not None:
        return
    givers = [
        held
        for held, rights in zip(person.held, person.rights, strict=True)
        if held.position.everything or action in rights.actions.get(entity_id, ())
    ]
    if givers and all(each.acting_for_id is not None for each in givers):
        person.acting_for = givers[0].acting_for_id


def field_level(entity_id: str, name: str, default: Level) -> Level:
    """How much of a field the current person gets; `default` where no position of theirs says anything.

    Commands and jobs, in which nobody reads, get everything; a request of nobody gets nothing.
    """
    person = current_person()
    if person is None:
        return HIDDEN if has_request_context() else WRITE
    if person.everything:
        return WRITE
    known = person.levels.get((entity_id, name))
    if known is None:
        known = person.levels[entity_id, name] = level_in(person.rights, entity_id, name, default)
    return known


def load_person(
    session: Session,
    user: Any,
    wanted_branch: str | None,
    read: tuple[Chosen | None, int | None] | None = None,
) -> Person:
    """Take a person's appointments of today, as of the version of the rights, and choose the active branch.

    `wanted_branch` is a branch code from the request; without it the branch last chosen, then the first appointment.
    A code where the person holds nothing is answered as if it did not exist (NotFound). `read`: the profile and the
    version of the rights, where they have been read already.
    """
    profile, version = read or profile_and_version(session, user.id)
    known = snapshot(session, version)
    person = Person(user.id, user.username, name_of(user), profile, known=known)
    held = held_today(session, user.id, known)
    person.everything = any(_administers(each) for each in held)
    own = {each.branch.id: each.branch for each in held}
    person.branches = (
        in_use(session, known) if person.everything else [node_of(each) for each in own.values()]
    )
    active = _active(person, wanted_branch)
    if active is not None:
        person.branch = own.get(active) or session.get(Branch, active)
    if person.branch is not None:
        _add_grants(person, held, known)
        _add_readable(person, session, known)
        remember_switches(person.branch.id, switched_on(session, known, person.branch.id))
    return person


def _administers(held: Held) -> bool:
    return held.position.everything and held.branch.kind == HEAD_OFFICE


def _active(person: Person, wanted: str | None) -> int | None:
    if wanted:
        match = next((branch for branch in person.branches if branch.code == wanted), None)
        if match is None:
            raise NotFound
        return match.id
    saved = person.profile.branch_id if person.profile else None
    if saved is not None and person.place(saved) is not None:
        return saved
    return person.branches[0].id if person.branches else None


def _add_grants(person: Person, held: list[Held], known: Snapshot) -> None:
    branch = person.branch
    for each in held:
        if branch is None or (each.branch.id != branch.id and not _administers(each)):
            continue
        if each.position.id not in installation().positions:
            continue
        rights = effective(known, each.position, branch.id, clock.today(branch.time_zone))
        person.held.append(each)
        person.positions.append(each.position)
        person.rights.append(rights)
        for entity, actions in rights.actions.items():
            person.grants[entity] = person.grants.get(entity, frozenset()) | actions


def _add_readable(person: Person, session: Session, known: Snapshot) -> None:
    active = person.branch.id if person.branch else 0
    person.readable = (active,)
    if any(each.position.oversees for each in person.held):
        person.readable = _read_from(session, known, active)


def _read_from(session: Session, known: Snapshot, active: int) -> tuple[int, ...]:
    key = ("read", active)
    found: tuple[int, ...] | None = known.remembered.get(key)
    if found is None:
        tree = tree_of(session, known)
        in_use_below = (each for each in below(session, known, active) if tree[each].active)
        found = known.remember(key, tuple(dict.fromkeys((active, *in_use_below))))
    return found
