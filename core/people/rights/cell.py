"""What the page of one position and one business object shows: every action and field, who said so, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.people.positions import Position
from core.people.rights.effective import effective, level_in
from core.people.rights.levels import MASKED, WRITE, Level
from core.people.rights.snapshot import Node, Override, Snapshot
from core.people.rights.why import Reason, coming, reasons_of_action, reasons_of_field
from core.people.rights.words import ALLOWED, LEVELS, NOT_ALLOWED, actions_of, names_of, place, value_of
from core.ui import format as shown


@dataclass(frozen=True)
class Cell:
    """A position's rights on a business object in a branch (None: in the whole company) on a day."""

    known: Snapshot
    tree: dict[int, Node]
    position: Position
    entity: Any
    branch_id: int | None
    day: date


def tables(session: Session, cell: Cell, may_change: bool) -> dict[str, Any]:
    """The two tables, and what begins later."""
    later = coming(cell.known, cell.position, cell.entity.id, cell.branch_id, cell.day)
    said = [*_said(cell), *later]
    names = names_of(session, {each.set_by for each in said if each.set_by is not None})
    return {
        "actions": [
            _action(cell, name, label, names, may_change) for name, label in actions_of(cell.entity).items()
        ],
        "fields": [_field(cell, each, names, may_change) for each in cell.entity.fields],
        "coming": [_coming(cell, each, names, may_change) for each in later],
    }


def _said(cell: Cell) -> list[Override]:
    found = cell.known.of(cell.position.id, cell.branch_id, cell.day)
    return [each for each in found if each.entity == cell.entity.id]


def _action(cell: Cell, name: str, label: Any, names: dict[int, str], may_change: bool) -> dict[str, Any]:
    reasons = reasons_of_action(cell.known, cell.position, cell.entity.id, name, cell.branch_id, cell.day)
    rights = effective(cell.known, cell.position, cell.branch_id, cell.day)
    allowed = cell.position.everything or name in rights.actions.get(cell.entity.id, ())
    now = {"label": str(ALLOWED if allowed else NOT_ALLOWED), "tone": "success" if allowed else "neutral"}
    return {"label": str(label), "now": now, **_told(cell, reasons, names, may_change)}


def _field(cell: Cell, each: Any, names: dict[int, str], may_change: bool) -> dict[str, Any]:
    reasons = reasons_of_field(cell.known, cell.position, cell.entity.id, each.name, cell.branch_id, cell.day)
    rights = effective(cell.known, cell.position, cell.branch_id, cell.day)
    default = MASKED if each.mask else WRITE
    sees = bool(rights.actions.get(cell.entity.id))
    level = level_in([rights], cell.entity.id, each.name, default) if sees else Level.HIDDEN
    level = WRITE if cell.position.everything else level
    tones = {Level.HIDDEN: "neutral", Level.MASKED: "warning", Level.READ: "info", Level.WRITE: "success"}
    now = {"label": str(LEVELS[level]), "tone": tones[level]}
    return {"label": str(each.label), "now": now, **_told(cell, reasons, names, may_change)}


def _told(cell: Cell, reasons: list[Reason], names: dict[int, str], may_change: bool) -> dict[str, Any]:
    plugin = [each.clause for each in reasons if each.override is None]
    changes = [each.override for each in reasons if each.override is not None]
    last = changes[-1] if changes else None
    return {
        "plugin": "; ".join(plugin) or shown.DASH,
        "change": sentence(cell.tree, last, names) if last else shown.DASH,
        "withdraw_url": f"/core/rights/withdraw/{last.id}" if last and may_change else "",
    }


def _coming(cell: Cell, each: Override, names: dict[int, str], may_change: bool) -> dict[str, Any]:
    labels = {**{field.name: field.label for field in cell.entity.fields}, **actions_of(cell.entity)}
    return {
        "label": str(labels.get(each.name, each.name)),
        "change": sentence(cell.tree, each, names),
        "withdraw_url": f"/core/rights/withdraw/{each.id}" if may_change else "",
    }


def sentence(tree: dict[int, Node], each: Override, names: dict[int, str]) -> str:
    """A change in words: what, where, since when, by whom and why."""
    return gettext(
        "%(value)s in %(place)s since %(day)s, by %(person)s: %(reason)s",
        value=value_of(each),
        place=place(tree, each.branch_id),
        day=shown.date(each.valid_from),
        person=names.get(each.set_by or 0, shown.DASH),
        reason=each.reason,
    )
