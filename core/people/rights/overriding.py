"""Changing what a position may do, and taking it back: the only place where overrides are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches.models import Branch
from core.data import UserError, clock
from core.data.marks import N_
from core.installation import installation
from core.people.access import Person
from core.people.positions import Position
from core.people.rights.effective import ENTERING, effective, level_in
from core.people.rights.levels import MASKED, WRITE, Level
from core.people.rights.models import ACTION, FIELD, GRANTED, REFUSED, RightOverride
from core.people.rights.reach import demand_branch
from core.people.rights.snapshot import present

LONGEST_REASON = 300
SEES_ALL = N_("The administrator of the head office may do everything, so that nobody is locked out.")
NEEDS_FIELD = N_("This position adds records, and they need this field. Take the right to add away first.")


@dataclass(frozen=True)
class Change:
    """What is wanted: `value` is "granted" or "refused" for an action, a level's code for a field.

    `branch_id` None: in the whole company. `reason` is the clause or the sentence that justifies it.
    """

    position: str
    entity: str
    kind: str
    name: str
    value: str
    branch_id: int | None
    valid_from: date
    reason: str


def override(session: Session, editor: Person, wanted: Change) -> RightOverride:
    """Write a change, in force from its day on. The caller commits.

    Raises UserError for what is not there, beyond the editor's reach, or more than the editor holds.
    """
    position = _position(wanted.position)
    _check_name(wanted)
    demand_branch(wanted.branch_id)
    if not wanted.reason.strip():
        raise UserError("Name the clause or the reason that justifies this.", field="reason")
    if len(wanted.reason) > LONGEST_REASON:
        raise UserError("Use at most %(count)s characters.", count=LONGEST_REASON, field="reason")
    if wanted.valid_from < clock.today(_time_zone(session, wanted.branch_id)):
        raise UserError(
            "Choose today or a later day: what was allowed before stays as it was.", field="valid_from"
        )
    _check_held(session, editor, position, wanted)
    row = RightOverride(**{**wanted.__dict__, "reason": wanted.reason.strip()}, set_by=editor.user_id)
    for earlier in _in_force(session, wanted):
        if earlier.valid_from >= wanted.valid_from:
            _take_back(earlier, editor)
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, editor: Person, override_id: int) -> RightOverride:
    """Take a change back, with those that it replaced: the plugin's word, or the company's, counts again.

    Raises NotFound for one that is not there, UserError for one beyond the editor's reach or above what they hold.
    """
    row = session.get(RightOverride, override_id)
    if row is None or row.withdrawn_at is not None:
        raise NotFound
    demand_branch(row.branch_id)
    if not editor.everything and not _narrows(row):
        # What the plugin says may be more than the editor holds.
        raise UserError("Only the head office administrator takes this back.", status=403)
    for each in _in_force(session, row):
        _take_back(each, editor)
    session.flush()
    return row


def _narrows(row: RightOverride) -> bool:
    """Whether taking the row back cannot give anything."""
    return row.kind == ACTION and row.value == GRANTED


def _position(position_id: str) -> Position:
    position = installation().positions.get(position_id)
    if position is None:
        raise NotFound
    if position.everything:
        raise UserError(SEES_ALL)
    return position


def _check_name(wanted: Change) -> None:
    entity = installation().entities.get(wanted.entity)
    if entity is None:
        raise NotFound
    actions = (*entity.rights, *(right for right, _label in entity.extra_rights))
    known = {
        ACTION: (actions, (GRANTED, REFUSED)),
        FIELD: (tuple(entity.by_name), tuple(each.code for each in Level)),
    }
    names, values = known.get(wanted.kind, ((), ()))
    if wanted.name not in names:
        raise UserError("Choose one of the options.", field="name")
    if wanted.value not in values:
        raise UserError("Choose one of the options.", field="value")


def _check_held(session: Session, editor: Person, position: Position, wanted: Change) -> None:
    """Nobody grants what they do not hold; and what has to be filled in stays within reach of who adds records."""
    if wanted.kind == ACTION:
        holds = editor.everything or wanted.name in editor.grants.get(wanted.entity, ())
        if wanted.value == GRANTED and not holds:
            raise UserError(
                "You do not hold this right yourself, so you cannot give it.", field="value", status=403
            )
        return
    entity = installation().entities[wanted.entity]
    each, level = entity.field(wanted.name), Level[wanted.value.upper()]
    default = MASKED if each.mask else WRITE
    if not editor.everything and level > level_in(editor.rights, entity.id, each.name, default):
        raise UserError(
            "You do not hold this right yourself, so you cannot give it.", field="value", status=403
        )
    rights = effective(present(session), position, wanted.branch_id, wanted.valid_from)
    adds = rights.actions.get(entity.id, frozenset()) & (ENTERING - {"edit"})
    if level < WRITE and adds and entity.writable(each) and entity.is_required(each):
        raise UserError(NEEDS_FIELD, field="value")


def _in_force(session: Session, key: Change | RightOverride) -> list[RightOverride]:
    """The rows of the same right, position and branch that are not taken back."""
    same = [
        getattr(RightOverride, name) == getattr(key, name)
        for name in ("position", "entity", "kind", "name", "branch_id")
    ]
    return list(session.scalars(select(RightOverride).where(*same, RightOverride.withdrawn_at.is_(None))))


def _take_back(row: RightOverride, editor: Person) -> None:
    row.withdrawn_by, row.withdrawn_at = editor.user_id, clock.now()


def _time_zone(session: Session, branch_id: int | None) -> str:
    branch = session.get(Branch, branch_id) if branch_id is not None else None
    if branch_id is not None and branch is None:
        raise UserError("Choose one from the list; this one is not there.", field="branch_id")
    return branch.time_zone if branch is not None else clock.DEFAULT_TIME_ZONE
