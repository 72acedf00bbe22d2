"""Two questions with answers: what can this person do here, and who can do this; each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.branches.models import HEAD_OFFICE, Branch
from core.data import clock
from core.installation import installation
from core.people.access import Person
from core.people.models import Appointment
from core.people.rights.cell import sentence
from core.people.rights.effective import effective
from core.people.rights.holding import Held, held_by, in_period, name_of
from core.people.rights.snapshot import Node, Snapshot
from core.people.rights.why import Reason, reasons_of_action
from core.people.rights.words import actions_of, names_of

MOST = 200


def what_can(session: Session, tree: dict[int, Node], asked: Person) -> Iterator[dict[str, Any]]:
    """What somebody may do in their active branch: business object, actions, and what each rests on."""
    known, branch = asked.known, asked.branch
    if known is None or branch is None:
        return
    day, names = clock.today(branch.time_zone), _editors(session, known)
    for entity in installation().entities.values():
        actions = actions_of(entity)
        held = [name for name in actions if asked.everything or name in asked.grants.get(entity.id, ())]
        if not held:
            continue
        lines = []
        for each in asked.held:
            for name in held:
                reasons = reasons_of_action(known, each.position, entity.id, name, branch.id, day)
                if gives(known, each, entity.id, name, branch.id):
                    lines.append((told(tree, names, each, reasons), str(actions[name])))
        yield {"entity": str(entity.label_plural), "url": entity.path, "lines": _together(lines)}


def _together(lines: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Actions that rest on the same reason, in one line."""
    found: dict[str, list[str]] = {}
    for reason, action in lines:
        found.setdefault(reason, []).append(action)
    return [{"actions": " · ".join(actions), "reason": reason} for reason, actions in found.items()]


def gives(known: Snapshot, held: Held, entity_id: str, action: str, branch_id: int) -> bool:
    """Whether a position that is held gives an action in a branch."""
    if held.position.everything:
        return held.branch.kind == HEAD_OFFICE
    day = clock.today(held.branch.time_zone)
    return action in effective(known, held.position, branch_id, day).actions.get(entity_id, ())


def told(tree: dict[int, Node], names: dict[int, str], held: Held, reasons: list[Reason]) -> str:
    """The last word on a right, with the position that it came by."""
    last = reasons[-1] if reasons else None
    if last is None:
        because = ""
    elif last.override is None:
        because = last.clause
    else:
        because = sentence(tree, last.override, names)
    position = str(held.position.label)
    if held.acting_for:
        position = gettext("%(position)s (acting for %(person)s)", position=position, person=held.acting_for)
    return gettext("%(position)s: %(reason)s", position=position, reason=because)


def who_can(
    session: Session, known: Snapshot, tree: dict[int, Node], entity_id: str, action: str, branch: Branch
) -> tuple[list[dict[str, Any]], bool]:
    """Who may take an action in a branch today and why; at most MOST of them, and whether there are more."""
    wanted = {
        each.id
        for each in installation().positions.values()
        if each.everything
        or action
        in effective(known, each, branch.id, clock.today(branch.time_zone)).actions.get(entity_id, ())
    }
    administers = [each.id for each in installation().positions.values() if each.everything]
    today = clock.today(branch.time_zone)
    rows = session.execute(
        select(User.id, User)
        .join(Appointment, Appointment.user_id == User.id)
        .where(Appointment.position.in_(wanted), User.active, in_period(Appointment, today, today))
        .where(or_(Appointment.branch_id == branch.id, Appointment.position.in_(administers)))
        .order_by(User.last_name, User.id)
        .distinct()
        .limit(MOST + 1)
    ).all()
    names, people = _editors(session, known), []
    holding = held_by(session, [row[0] for row in rows[:MOST]])
    for user_id, user in rows[:MOST]:
        for held in holding[user_id]:
            here = held.branch.id == branch.id or held.position.everything
            if not here or not gives(known, held, entity_id, action, branch.id):
                continue
            reasons = reasons_of_action(known, held.position, entity_id, action, branch.id, today)
            reason = told(tree, names, held, reasons)
            people.append({"name": name_of(user), "url": f"/core/person/{user_id}", "reason": reason})
    return people, len(rows) > MOST


def _editors(session: Session, known: Snapshot) -> dict[int, str]:
    """The names of everybody who changed something that counts."""
    said = (each for overrides in known.overrides.values() for each in overrides)
    return names_of(session, {each.set_by for each in said if each.set_by is not None})
