"""A list as a board: one column for each choice of a field, its first records as cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext

from core.entities import counting
from core.entities.cells import text_for_reader
from core.entities.changing import may_edit
from core.entities.counting import first_of_each, records_by_id, told
from core.entities.forms import is_written
from core.entities.lists.arguments import SHOWN_AS
from core.entities.lists.asked import Asked
from core.entities.query import order_of, statement_of, titles
from core.entities.reading import readable, title_for_reader
from core.entities.spanning import branch_names, is_own, spans
from core.entities.spec import Entity
from core.installation import installation
from core.ui.format import DASH

CARDS = 20
"""How many records a column shows."""
LINES = 3
"""How many further fields a card shows."""


def has_board(entity: Entity) -> bool:
    """Whether the entity has a board that the reader may see: they see its states whole."""
    return bool(entity.board) and readable(entity, entity.board)


def board_context(asked: Asked) -> dict[str, Any]:
    """The columns of the board in the order of the choices. Two statements, and one for each reference on a card."""
    entity = asked.entity
    each = entity.field(entity.board)
    codes = [code for code, _label in each.options]
    ids, counts = _first(asked, codes)
    records = records_by_id(
        installation().database.session(), entity, [one for some in ids.values() for one in some]
    )
    names = _card_names(asked)
    found = titles(installation().database.session(), entity, list(records.values()), names)
    states = [(code, str(label)) for code, label in each.options]
    ways = _ways(entity, records.values())
    return {
        "columns": [
            {
                "code": code,
                "label": label,
                "tone": each.tones.get(code, "neutral"),
                "count_text": told(counts.get(code, 0), counting.GLANCE_CAP),
                "cards": [
                    _card(asked, records[one], names, found, states, ways)
                    for one in ids.get(code, ())
                    if one in records
                ],
                "more_url": asked.address({f"f_{entity.board}": code}, **{SHOWN_AS: ""}),
                "more": counts.get(code, 0) > CARDS,
            }
            for code, label in states
        ],
        "label": gettext("%(things)s by %(field)s", things=entity.label_plural, field=each.label),
    }


def _first(asked: Asked, codes: Sequence[str]) -> tuple[dict[str, list[int]], dict[str, int]]:
    """The ids of the first records of every column, and how many each has; one statement, bounded for each column."""
    entity, session = asked.entity, installation().database.session()
    state = getattr(entity.model, entity.board)
    query = replace(asked.query, after="", before="")
    order = order_of(entity, query)
    parts = {code: statement_of(entity, query).where(state == code) for code in codes}
    return first_of_each(session, entity, parts, order, CARDS, counting.GLANCE_CAP)


def _card_names(asked: Asked) -> list[str]:
    """The first columns of the list, but for the state, which the board's columns say, and the title."""
    entity = asked.entity
    return [name for name in asked.columns if name not in (entity.board, entity.title)][:LINES]


def _card(
    asked: Asked,
    record: Any,
    names: Sequence[str],
    found: Any,
    states: Sequence[tuple[str, str]],
    ways: Mapping[int, Sequence[Any]],
) -> dict[str, Any]:
    entity = asked.entity
    lines = []
    for name in names:
        each = entity.field(name)
        value = each.value(record) if each.value is not None else getattr(record, name)
        lines.append({"label": each.label, "value": text_for_reader(entity, each, value, found)})
    if spans(entity):
        lines.insert(0, {"label": gettext("Branch"), "value": branch_names().get(record.branch_id, DASH)})
    now = str(getattr(record, entity.board))
    return {
        "id": record.id,
        "title": title_for_reader(entity, record),
        "url": f"{entity.path}{record.id}",
        "lines": lines,
        "move": _move(entity, record, now, states),
        "ways": ways.get(record.id, ()),
    }


def _ways(entity: Entity, records: Iterable[Any]) -> dict[int, list[dict[str, Any]]]:
    """By id the moves of the entity's workflow that lead a card into another column."""
    moves = installation().moves_on_board
    return moves(entity, [each for each in records if is_own(each)]) if moves is not None else {}


def _move(entity: Entity, record: Any, now: str, states: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """The way of a card into another column, for whoever may write the field in this record."""
    each = entity.field(entity.board)
    if not (may_edit(entity, record) and is_written(entity, each, record)):
        return None
    return {
        "url": f"{entity.path}{record.id}/move",
        "version": str(getattr(record, "row_version", "") or ""),
        "targets": [{"code": code, "label": label} for code, label in states if code != now],
    }
