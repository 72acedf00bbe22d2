"""What the dashboard shows: figures of a month, charts of twelve, a table over the branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask_babel import get_locale, gettext
from sqlalchemy.orm import Session

from core.entities.spanning import branches as nodes
from core.installation import installation
from core.measures.figures import Figures, read
from core.measures.kinds import SHARE
from core.measures.months import FORM, Months, first_day, month_of, moved
from core.measures.reach import TARGET, Reach, reach, reading
from core.measures.why import address
from core.measures.words import UNITS, figure, judged, plain, span
from core.people.access import by_right, may
from core.people.rights.snapshot import Node
from core.ui import format as shown

PATH = "/dashboard/"
MOST_BRANCHES = 200
"""So many rows has the table over the branches at most; its last row counts all."""


@dataclass(frozen=True)
class Board:
    """What was read for one page."""

    reach: Reach
    months: Months
    read: Sequence[Figures]
    branches: Sequence[Node]

    @property
    def month(self) -> str:
        return self.months.last

    def only(self, each: Figures) -> str:
        """The code of the only branch of a figure; empty where there are several."""
        codes = [one.code for one in self.branches if one.id in each.branches]
        return codes[0] if len(codes) == 1 else ""

    def link(self, each: Figures, month: str, branch_id: int | None = None) -> dict[str, str]:
        """The way to the rows behind a figure; a switch of the branch first where they lie in another."""
        url = each.measure.url(month, self.months)
        if branch_id is None and len(each.branches) > 1:
            return {"url": url} if each.lists == each.branches else {}
        wanted = each.branches[0] if branch_id is None else branch_id
        node = next((one for one in self.branches if one.id == wanted), None)
        if wanted not in each.lists:
            place = self.reach.person.place(wanted)
            return {"url": url, "switch": place.code} if place is not None else {}
        if len(self.reach.person.readable) == 1 or node is None:
            return {"url": url}
        return {"url": f"{url}{'&' if '?' in url else '?'}{urlencode({'f_branch': node.code})}"}


def may_see() -> bool:
    """Whether the person of this request may see a dashboard at all."""
    return may(TARGET, "see")


def asked_month(text: str, months_today: str) -> str:
    """The month of an address; the last one that is over for what is none, or has not come."""
    known = FORM.fullmatch(text) and text <= months_today
    return text if known else moved(months_today, -1)


def dashboard(session: Session, day: Any, asked: str) -> dict[str, Any] | None:
    """The page's context; None where the person gets no figures in the active branch."""
    now = month_of(day)
    months = Months(asked_month(asked, now), day)
    with by_right(TARGET, "see"):
        mine = reach()
        found = read(session, mine, months) if mine is not None else []
        if mine is None or not found:
            return None
        ids = tuple(dict.fromkeys(each for one in found for each in one.branches))
        with reading(ids):
            board = Board(mine, months, found, [each for each in nodes() if each.id in ids])
    return {
        "month": shown.month(first_day(months.last)),
        "earlier": {"url": _address(moved(months.last, -1)), "label": gettext("Month before")},
        "later": {
            "url": _address(moved(months.last, 1)) if months.last < now else "",
            "label": gettext("Month after"),
        },
        "figures": [_tile(board, each) for each in found],
        "trends": [_chart(board, each) for each in found],
        "overview": _overview(board) if len(ids) > 1 else None,
        "worked": _worked(board),
    }


def _worked(board: Board) -> dict[str, str] | None:
    """When the figures of the month were worked out, where they change yet; they can be worked out anew."""
    known = [at for each in board.read if (at := each.worked_at(board.month)) is not None]
    if not known:
        return None
    return {"at": shown.datetime(min(known)), "url": f"{PATH}anew?{urlencode({'month': board.month})}"}


def branches_shown() -> tuple[int, ...]:
    """The branches whose figures the person gets."""
    with by_right(TARGET, "see"):
        mine = reach()
        if mine is None:
            return ()
        found = (mine.figures(each) for _owner, each in installation().measures)
        return tuple(sorted({branch for each in found for branch in each}))


def _address(month: str) -> str:
    return f"{PATH}?{urlencode({'month': month})}"


def _told(board: Board, each: Figures, month: str, branch_id: int | None = None) -> dict[str, Any]:
    """A figure with its target, its standing and the way to its rows."""
    found = each.verdict(month, branch_id)
    running = each.running(month, board.months, branch_id)
    value, target = found.figure, found.target
    return {
        "figure": figure(each.measure, value),
        "value": plain(each.measure, value),
        "target": figure(each.measure, target) if target is not None else "",
        "target_value": plain(each.measure, target),
        "state": judged(found, running, at_most=each.at_most),
        "link": board.link(each, month, branch_id),
    }


def _tile(board: Board, each: Figures) -> dict[str, Any]:
    told = _told(board, each, board.month)
    clause = each.clause if told["target"] and not each.is_entered(board.month) else ""
    label, why = str(each.measure.label), address(each.measure, board.month, board.only(each))
    return {**told, "label": label, "about": str(each.measure.about), "clause": clause, "why": why}


def _chart(board: Board, each: Figures) -> dict[str, Any]:
    rows = [
        {
            **_told(board, each, month),
            "label": month,
            "title": shown.month(first_day(month)),
            "is_over": board.months.is_over(month),
        }
        for month in board.months.all
    ]
    return {
        "id": each.measure.id.replace(".", "-"),
        "kind": "line" if each.measure.unit == SHARE else "bar",
        "title": str(each.measure.label),
        "unit": str(UNITS[each.measure.unit]),
        "period": span(board.months.all),
        "about": str(each.measure.about),
        "has_values": any(row["value"] for row in rows),
        "has_targets": any(row["target"] for row in rows),
        "most": str(100) if each.measure.unit == SHARE else "",
        "rows": rows,
    }


def _overview(board: Board) -> dict[str, Any]:
    """The branches down, the measures across; a measure that does not reach a branch leaves its place empty."""
    locale = str(get_locale() or "en")
    rows = [
        {
            "name": each.name(locale),
            "switch": each.code if board.reach.person.place(each.id) is not None else "",
            "url": _address(board.month),
            "cells": [
                _told(board, one, board.month, each.id) if each.id in one.branches else {}
                for one in board.read
            ],
        }
        for each in board.branches[:MOST_BRANCHES]
    ]
    return {
        "headings": [str(each.measure.label) for each in board.read],
        "rows": rows,
        "total": [_told(board, each, board.month) for each in board.read],
        "is_cut": len(board.branches) > MOST_BRANCHES,
        "most": shown.number(MOST_BRANCHES),
    }
