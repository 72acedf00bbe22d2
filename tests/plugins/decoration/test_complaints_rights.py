"""The permission matrix of section 1.1 for complaints, penalties, repair files and repairs."""

from __future__ import annotations

import pytest

from core.people.positions import Position
from plugins.decoration.positions import POSITIONS
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c

CALLED = {"L": "see", "A": "add", "E": "edit", "X": "export"}
FILED = {
    n.MANAGER: "L",
    n.ASSISTANT: "LX",
    n.SPECIALIST: "LAE",
    n.VIP_KEEPER: "L",
    n.ENGINEERING: "LE",
    n.INSPECTOR: "LE",
}
MATRIX = {
    c.COMPLAINT: {
        n.MANAGER: "LE",
        n.ASSISTANT: "LAE",
        n.SPECIALIST: "LAE",
        n.VIP_KEEPER: "LA",
        n.GENERAL_MANAGER: "L",
        n.DESIGNER: "L",
        n.ENGINEERING: "L",
        n.INSPECTOR: "L",
    },
    c.PENALTY: {
        n.MANAGER: "LA",
        n.ASSISTANT: "LA",
        n.SPECIALIST: "LA",
        n.GENERAL_MANAGER: "L",
        n.DESIGNER: "L",
        n.ENGINEERING: "L",
        n.INSPECTOR: "L",
        n.FINANCE: "L",
    },
    c.REPAIR_FILE: FILED,
    c.REPAIR: FILED,
}
"""What the matrix lets each do. Who proposes a penalty sees that one (L), which the matrix has as A alone."""
MOVES = {
    c.COMPLAINT: {
        n.MANAGER: {"assign", "resolve", "verify"},
        n.ASSISTANT: {"record", "respond"},
        n.SPECIALIST: {"record", "resolve", "verify"},
        n.DESIGNER: {"resolve"},
        n.ENGINEERING: {"resolve"},
        n.INSPECTOR: {"resolve"},
    },
    c.PENALTY: {
        n.MANAGER: {"decide"},
        n.GENERAL_MANAGER: {"decide"},
        n.ASSISTANT: {"propose"},
        n.SPECIALIST: {"propose"},
    },
    c.REPAIR: {
        n.SPECIALIST: {"move", "call-back"},
        n.ENGINEERING: {"move"},
        n.INSPECTOR: {"move"},
    },
}
"""T of the matrix, by the moves of DEC-W4."""
BESIDE = {"print"}


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.name)
@pytest.mark.parametrize("entity", MATRIX)
def test_positions_may_what_the_matrix_says(position: Position, entity: str) -> None:
    held = {action for each in position.grants if each.entity == entity for action in each.actions}
    plain = {CALLED[letter] for letter in MATRIX[entity].get(position.id, "")}
    moves = MOVES.get(entity, {}).get(position.id, set())
    rows = {action for action in held if action.startswith("see-")}
    assert held - rows - BESIDE == plain | moves
