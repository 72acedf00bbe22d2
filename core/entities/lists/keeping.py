"""Views and habits of a person in the active branch: read with one statement, saved, shared and thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, case, literal, or_, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, NotFound

from core.branches.gate import standing
from core.branches.scope import current_branch_id
from core.data import UserError
from core.entities.filters import clean
from core.entities.lists.arguments import COLUMNS, MONTH, PASSING, VIEW
from core.entities.lists.models import ListHabit, ListView
from core.entities.query import MAX_ID
from core.entities.spec import Entity
from core.people.access import current_person, current_user_id, may

ENTITY, SHARE = "core.list-view", "share"
MOST_VIEWS = 100
LONGEST_NAME = 60
LEAST_WIDTH, MOST_WIDTH = 48, 1_200
"""Of a column, in pixels."""
_NOT_OF_A_VIEW = PASSING | {VIEW, COLUMNS, MONTH}


@dataclass(frozen=True)
class Kept:
    """What is kept for the reader of a list: the views that they may choose, and how they arranged it."""

    views: tuple[ListView, ...] = ()
    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    view_id: int | None = None

    def view(self, view_id: int | None) -> ListView | None:
        return next((each for each in self.views if each.id == view_id), None)


def kept(session: Session, entity: Entity) -> Kept:
    """Read it; nothing is kept for nobody."""
    person = current_person()
    if person is None or person.branch is None:
        return Kept()
    given = {
        "entity": entity.id,
        "person": person.user_id,
        "here": current_branch_id(),
        "positions": [each.id for each in person.positions],
    }
    rows = session.execute(_kept(), given).all()
    habit = rows[0][0] if rows else None
    views = sorted((row[1] for row in rows if row[1] is not None), key=lambda each: (each.name, each.id))
    if habit is None:
        return Kept(tuple(views))
    widths = {str(key): int(value) for key, value in (habit.widths or {}).items()}
    return Kept(tuple(views), tuple(habit.columns or ()), widths, habit.view_id)


@cache
def _kept() -> Any:
    """The habit beside every view, and a row also where there is neither: one statement whatever is kept."""
    entity: Any = bindparam("entity")
    person: Any = bindparam("person")
    here: Any = bindparam("here")
    one = select(literal(1).label("one")).subquery()
    own_habit = and_(ListHabit.branch_id == here, ListHabit.user_id == person, ListHabit.entity == entity)
    chosen = and_(ListView.entity == entity, _offered(person, bindparam("positions", expanding=True), here))
    read = select(ListHabit, ListView).select_from(one)
    return standing(read.outerjoin(ListHabit, own_habit).outerjoin(ListView, chosen).limit(2 * MOST_VIEWS))


def _offered(user_id: Any, positions: Any, branch_id: Any) -> Any:
    """The views of a person in a branch: their own, and those shared with all or with their positions."""
    mine = or_(ListView.position.is_(None), ListView.position.in_(positions))
    return and_(
        ListView.branch_id == branch_id,
        or_(ListView.user_id == user_id, and_(ListView.shared, mine)),
    )


def views_of_lists(session: Session, limit: int = MOST_VIEWS) -> list[ListView]:
    """The views of every list that the person of this request may choose, their own first; one statement."""
    person = current_person()
    if person is None or person.branch is None:
        return []
    offered = _offered(person.user_id, [each.id for each in person.positions], current_branch_id())
    own_first = case((ListView.user_id == person.user_id, 0), else_=1)
    ordered = select(ListView).where(offered).order_by(own_first, ListView.name, ListView.id)
    return list(session.scalars(ordered.limit(limit)))


def may_share() -> bool:
    return may(ENTITY, SHARE)


def is_mine(view: ListView) -> bool:
    return view.user_id == current_user_id()


def may_change(view: ListView) -> bool:
    """Whether the person may change a view or throw it away: their own, and a shared one with the right to share."""
    return (is_mine(view) and not view.shared) or (view.shared and may_share())


def arguments_of(given: Mapping[str, str]) -> dict[str, str]:
    """What of an address belongs into a view."""
    found = {key: value for key, value in given.items() if key not in _NOT_OF_A_VIEW and value}
    if sum(len(key) + len(value) for key, value in found.items()) > 4_000:
        raise UserError("This is too much for a view. Take a filter away first.")
    return found


def save_view(
    session: Session,
    entity: Entity,
    name: str,
    arguments: Mapping[str, str],
    columns: Iterable[str],
    shared: bool = False,
    position: str | None = None,
) -> ListView:
    """Save a view under a name; one's own of that name is replaced. Raises UserError, and Forbidden for sharing."""
    name = " ".join(clean(name).split())
    if not name:
        raise UserError("Give the view a name.", field="name")
    if len(name) > LONGEST_NAME:
        raise UserError("Use at most %(max)d characters.", field="name", max=LONGEST_NAME)
    if shared and not may_share():
        raise Forbidden
    user_id = current_user_id() or 0
    own = list(session.scalars(_own(entity, user_id)))
    view = next((each for each in own if each.name == name), None)
    if view is None and len(own) >= MOST_VIEWS:
        raise UserError("These are as many views as a list takes. Throw one away first.", field="name")
    if view is not None and view.shared and not may_share():
        raise Forbidden
    view = view or ListView(user_id=user_id, entity=entity.id, name=name)
    view.shared, view.position = shared, position if shared else None
    view.arguments, view.columns = arguments_of(arguments), list(columns)
    session.add(view)
    session.flush()
    return view


def _own(entity: Entity, user_id: int) -> Any:
    return select(ListView).where(
        ListView.branch_id == current_branch_id(), ListView.user_id == user_id, ListView.entity == entity.id
    )


def view_to_change(session: Session, entity: Entity, view_id: int) -> ListView:
    """A view that the person may change. NotFound for what they do not see, Forbidden for what they may not change."""
    view = kept(session, entity).view(view_id) if view_id <= MAX_ID else None
    if view is None:
        raise NotFound
    if not may_change(view):
        raise Forbidden
    return view


def throw_away(session: Session, view: ListView) -> None:
    """Delete a view. Lists that opened with it open as described again."""
    for habit in session.scalars(select(ListHabit).where(ListHabit.view_id == view.id)):
        habit.view_id = None
    session.flush()
    session.delete(view)
    session.flush()


def habit_of(session: Session, entity: Entity) -> ListHabit:
    """The person's habit in this list, begun when there is none."""
    user_id = current_user_id() or 0
    found = session.scalar(
        select(ListHabit).where(
            ListHabit.branch_id == current_branch_id(),
            ListHabit.user_id == user_id,
            ListHabit.entity == entity.id,
        )
    )
    if found is None:
        found = ListHabit(user_id=user_id, entity=entity.id, columns=[], widths={})
        session.add(found)
    return found


def width(value: Any) -> int:
    """A column's width, within what can be used."""
    return min(max(int(value), LEAST_WIDTH), MOST_WIDTH)
