"""The drawing of a workflow: states in columns by how many moves they are from the first, moves as lines between.

All figures are pixels. The drawing says nothing that the table beside it does not say.
"""

from __future__ import annotations

from typing import Any

from core.workflow.kinds import Transition, Workflow
from core.workflow.texts import told

WIDTH, HEIGHT = 132, 44
"""Of the box of a state."""
BETWEEN, BELOW, MARGIN = 148, 60, 24
BULGE = 56
"""How far a line goes out that passes other states of its column."""
LETTER, HAN = 7.2, 13.0


def drawn(workflow: Workflow, here: str = "") -> dict[str, Any]:
    """The context of the macro `drawing`; `here` is the state of the record that it is shown for."""
    places = _places(workflow)
    width = max(_width(told(each.label)) for each in workflow.states)
    pairs = _pairs(workflow)
    labels = max((_wide(_said(moves)) for moves in pairs.values()), default=0)
    step = width + max(BETWEEN, labels + 40)
    boxes = {
        name: {"x": MARGIN + column * step, "y": MARGIN + row * (HEIGHT + BELOW)}
        for name, (column, row) in places.items()
    }
    columns, rows = (1 + max(each[axis] for each in places.values()) for axis in (0, 1))
    lines = [_line(boxes, pair, moves, width, rows) for pair, moves in pairs.items()]
    back = sum(1 for line in lines if line["back"])
    return {
        "width": int(
            2 * MARGIN
            + columns * step
            - (step - width)
            + max((line.get("beside", 0) for line in lines), default=0)
        ),
        "height": int(2 * MARGIN + rows * (HEIGHT + BELOW) - BELOW + (36 + 22 * back if back else 0)),
        "boxes": [
            {
                **boxes[each.id],
                "width": width,
                "height": HEIGHT,
                "label": told(each.label),
                "tone": each.tone,
                "here": each.id == here,
            }
            for each in workflow.states
        ],
        "lines": _spread(lines, rows),
    }


def _places(workflow: Workflow) -> dict[str, tuple[int, int]]:
    """Column and row of each state; those that nothing leads to come last."""
    column = {workflow.initial: 0}
    ahead = [workflow.initial]
    for here in ahead:
        for move in workflow.out_of(here):
            if move.to not in column:
                column[move.to] = column[here] + 1
                ahead.append(move.to)
    filled: dict[int, int] = {}
    found = {}
    for each in sorted(workflow.states, key=lambda state: column.get(state.id, 0)):
        place = column.get(each.id, 0)
        found[each.id] = (place, filled.get(place, 0))
        filled[place] = filled.get(place, 0) + 1
    return found


def _pairs(workflow: Workflow) -> dict[tuple[str, str], list[Transition]]:
    """The moves between each two states, which share a line."""
    pairs: dict[tuple[str, str], list[Transition]] = {}
    for each in workflow.transitions:
        for source in each.source:
            pairs.setdefault((source, each.to), []).append(each)
    return pairs


def _line(
    boxes: dict[str, Any], pair: tuple[str, str], moves: list[Transition], width: float, rows: int
) -> dict[str, Any]:
    source, target = boxes[pair[0]], boxes[pair[1]]
    label = _said(moves)
    line = {"source": source, "target": target, "width": width, "label": label}
    if target["x"] > source["x"]:
        x1, y1 = source["x"] + width, source["y"] + HEIGHT / 2
        x2, y2 = target["x"] - 2, target["y"] + HEIGHT / 2
        middle = (x1 + x2) / 2
        path = f"M{x1:.0f} {y1:.0f}C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
        return {**line, "back": False, "path": path, "x": middle, "y": (y1 + y2) / 2 - 8}
    if target["x"] == source["x"] and pair[0] != pair[1] and abs(target["y"] - source["y"]) <= HEIGHT + BELOW:
        down = target["y"] > source["y"]
        x = source["x"] + width * (0.35 if down else 0.65)
        y1 = source["y"] + (HEIGHT if down else 0)
        y2 = target["y"] + (-2 if down else HEIGHT + 2)
        return {
            **line,
            "back": False,
            "path": f"M{x:.0f} {y1:.0f}L{x:.0f} {y2:.0f}",
            "x": x,
            "y": (y1 + y2) / 2 + 4,
        }
    if target["x"] == source["x"] and pair[0] != pair[1]:  # past the states between them
        x, y1, y2 = source["x"] + width, source["y"] + HEIGHT / 2, target["y"] + HEIGHT / 2
        path = f"M{x:.0f} {y1:.0f}C{x + BULGE:.0f} {y1:.0f} {x + BULGE:.0f} {y2:.0f} {x + 2:.0f} {y2:.0f}"
        wide = _wide(label)
        return {
            **line,
            "back": False,
            "path": path,
            "beside": BULGE + wide,
            "x": x + BULGE * 0.75 + 4 + wide / 2,
            "y": (y1 + y2) / 2 + 4,
        }
    return {**line, "back": True}


def _said(moves: list[Transition]) -> str:
    return " / ".join(told(each.label) for each in moves)


def _spread(lines: list[dict[str, Any]], rows: int) -> list[dict[str, Any]]:
    """Lines that lead back run below everything, each on a level of its own."""
    floor = MARGIN + rows * (HEIGHT + BELOW) - BELOW
    level = 0
    for each in lines:
        if not each["back"]:
            continue
        level += 1
        bottom = floor + 14 + 22 * level
        x1 = each["source"]["x"] + each["width"] * 0.6
        x2 = each["target"]["x"] + each["width"] * 0.4
        y1, y2 = each["source"]["y"] + HEIGHT, each["target"]["y"] + HEIGHT + 2
        each["path"] = f"M{x1:.0f} {y1:.0f}L{x1:.0f} {bottom:.0f}L{x2:.0f} {bottom:.0f}L{x2:.0f} {y2:.0f}"
        each["x"], each["y"] = (x1 + x2) / 2, bottom - 4
    return [{name: each[name] for name in ("path", "label", "x", "y")} for each in lines]


def _width(label: str) -> float:
    return max(WIDTH, _wide(label) + 28)


def _wide(label: str) -> float:
    return sum(HAN if ord(letter) > 0x2E80 else LETTER for letter in label)
