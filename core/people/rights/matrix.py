"""What the matrix of rights shows: business objects down, positions across, a page of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext, ngettext

from core.installation import installation
from core.people.positions import Position
from core.people.rights.effective import Rights, declared, effective
from core.people.rights.snapshot import Snapshot
from core.people.rights.words import actions_of, plugin_label
from core.ui import format as shown

ROWS, COLUMNS = 20, 6


@dataclass(frozen=True)
class Asked:
    """What part of the matrix is wanted; pages count from 1."""

    plugin: str = ""
    branch: str = ""
    page: int = 1
    across: int = 1

    def address(self, **changes: Any) -> str:
        """The matrix's address with changes."""
        values = {**self.__dict__, **changes}
        given = {key: value for key, value in values.items() if value not in ("", 1)}
        return f"/core/rights/?{urlencode(given)}" if given else "/core/rights/"


def plugins() -> list[tuple[str, str]]:
    """The plugins that bring positions or business objects, with their titles."""
    known = installation()
    bringing = [each.plugin for each in known.positions.values()]
    ids = dict.fromkeys([*bringing, *(each.plugin for each in known.entities.values())])
    return [(each, plugin_label(each)) for each in ids]


def matrix(known: Snapshot, asked: Asked, branch_id: int | None, day: date) -> dict[str, Any]:
    """The table's columns and rows, and where the pages lie."""
    positions = [each for each in installation().positions.values() if asked.plugin in ("", each.plugin)]
    entities = [each for each in installation().entities.values() if asked.plugin in ("", each.plugin)]
    across = min(asked.across, max(1, -(-len(positions) // COLUMNS)))
    page = min(asked.page, max(1, -(-len(entities) // ROWS)))
    columns = positions[(across - 1) * COLUMNS : across * COLUMNS]
    rows = entities[(page - 1) * ROWS : page * ROWS]
    rights = {each.id: (declared(each), effective(known, each, branch_id, day)) for each in columns}
    count = len(entities)
    total = ngettext(
        "%(num)s business object", "%(count)s business objects", count, count=shown.number(count)
    )
    return {
        "columns": [{"label": gettext("Business object")}, *({"label": each.label} for each in columns)],
        "rows": [_row(each, columns, rights, asked.branch) for each in rows],
        "page": {
            "number": page,
            "total_text": total,
            "prev_url": asked.address(page=page - 1) if page > 1 else None,
            "next_url": asked.address(page=page + 1) if page * ROWS < len(entities) else None,
        },
        "across": {
            "text": gettext(
                "Positions %(first)s to %(last)s of %(count)s",
                first=(across - 1) * COLUMNS + 1 if columns else 0,
                last=(across - 1) * COLUMNS + len(columns),
                count=len(positions),
            ),
            "prev_url": asked.address(across=across - 1) if across > 1 else None,
            "next_url": asked.address(across=across + 1) if across * COLUMNS < len(positions) else None,
        },
    }


def _row(
    entity: Any, columns: Sequence[Position], rights: dict[str, tuple[Rights, Rights]], branch: str
) -> dict[str, Any]:
    cells: list[dict[str, Any]] = [{"label": str(entity.label_plural), "note": entity.id}]
    for position in columns:
        before, now = rights[position.id]
        query = f"?{urlencode({'branch': branch})}" if branch else ""
        cells.append(
            {"url": f"/core/rights/{position.id}/{entity.id}{query}", **_cell(entity, position, before, now)}
        )
    return {"cells": cells}


def _cell(entity: Any, position: Position, before: Rights, now: Rights) -> dict[str, Any]:
    labels = actions_of(entity)
    if position.everything:
        return {"text": gettext("everything"), "changed": False}
    held = now.actions.get(entity.id, frozenset())
    changed = held != before.actions.get(entity.id, frozenset())
    fields = now.fields.get(entity.id, {}) != before.fields.get(entity.id, {})
    text = " · ".join(str(label) for name, label in labels.items() if name in held)
    return {"text": text or shown.DASH, "nothing": not text, "changed": changed or fields}
