"""The permission matrix of section 1.1 for record cards and members, and who keeps the files."""

from __future__ import annotations

import pytest

from core.people.positions import Position
from plugins.decoration.positions import POSITIONS
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c

HELD = {
    n.CUSTOMER: {
        n.MANAGER: "print decide",
        n.ASSISTANT: "print",
        n.SPECIALIST: "print",
        n.VIP_KEEPER: "print",
    },
    c.MEMBER: {
        n.MANAGER: "see add admit",
        n.ASSISTANT: "see",
        n.SPECIALIST: "see add propose",
        n.VIP_KEEPER: "see edit",
    },
    c.COLLECTION: {
        n.MANAGER: "see export",
        n.ASSISTANT: "see export",
        n.SPECIALIST: "see hand-in",
        n.VIP_KEEPER: "see hand-in",
    },
    c.FILE_READING: {n.MANAGER: "see add export", n.ASSISTANT: "see"},
    c.DUPLICATE: {
        n.MANAGER: "see add tell-apart merge export",
        n.ASSISTANT: "see add tell-apart",
        n.SPECIALIST: "see add tell-apart",
    },
}
"""A specialist proposes members by adding them; the manager alone merges, as the manager answers for the archive."""
SHOWN_ELSEWHERE = {n.CUSTOMER: {"see", "add", "edit", "export", "import", "see-all", "see-sites", "see-vips"}}


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.name)
@pytest.mark.parametrize("entity", HELD)
def test_positions_may_what_the_matrix_says(position: Position, entity: str) -> None:
    held = {action for each in position.grants if each.entity == entity for action in each.actions}
    expected = set(HELD[entity].get(position.id, "").split())
    assert held - SHOWN_ELSEWHERE.get(entity, set()) == expected
    assert all(str(each.clause) for each in position.grants if each.entity == entity)
