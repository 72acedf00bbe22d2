"""A schedule (进度图): for each row what was planned and what came of it as bars over days, its pauses, and today.

Where everything stands is worked out here, in parts of a hundred of the width, so that the drawing fits any screen
without a script; `macros/schedule.html` draws it, and says the same as a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext
from markupsafe import Markup

from core.ui import format as shown

MOST_DAYS = 400
"""What a drawing spans at most; what lies beyond is in the table alone."""
BEFORE_TODAY = 250
"""Days before today that are kept in sight of a longer span."""
MOST_MONTHS = 6
"""Months that are named above the drawing."""
Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class Bar:
    """A part of a row: its name, the days planned, and the real ones, both included. A real one without an end runs
    still. `mark` is what stands in the bar where there is no room for the name, such as its number; the only bar of a
    row has its name."""

    label: str
    planned: Days = (None, None)
    real: Days = (None, None)
    mark: str = ""


@dataclass(frozen=True)
class Track:
    """A row: its bars in order, and its pauses as the first day and the day of going on, None while it rests."""

    bars: Sequence[Bar] = ()
    pauses: Sequence[Days] = ()


@dataclass(frozen=True)
class Window:
    """The days that a drawing shows."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def at(self, day: date) -> float:
        """Where a day begins, in parts of a hundred."""
        return round((day - self.first).days * 100 / self.days, 3)

    def span(self, first: date | None, last: date | None) -> dict[str, float] | None:
        """Where the days from first to last lie, cut to what is shown; None for what lies beyond."""
        if first is None or last is None or last < self.first or first > self.last:
            return None
        begins, ends = self.at(max(first, self.first)), self.at(min(last, self.last) + timedelta(days=1))
        return {"x": begins, "width": round(max(ends - begins, 0.3), 3)}


def schedule(rows: Sequence[tuple[Mapping[str, Any], Track]], today: date, label: str) -> dict[str, Any]:
    """The context of the macro `schedule`. Each row is what is said of it (title, url, lines, state, tone) and its
    track."""
    window = window_of([track for _told, track in rows], today)
    return {
        "label": label,
        "rows": [{**told, **_row(track, window, today)} for told, track in rows],
        "months": list(_months(window)),
        "today": {"x": window.at(today)} if window.first <= today <= window.last else None,
        "today_text": shown.date(today),
        "marks": _marks([track for _told, track in rows]),
        "has_pauses": any(track.pauses for _told, track in rows),
        "from": shown.date(window.first),
        "until": shown.date(window.last),
    }


def panel(track: Track, today: date, label: str) -> Markup:
    """The drawing of one row, for the page of its record; nothing where nothing is known yet."""
    if not track.bars:
        return Markup("")
    draw = get_template_attribute("macros/schedule.html", "one")
    drawn: Markup = draw(schedule([({"title": label}, track)], today, label))
    return drawn


def window_of(tracks: Sequence[Track], today: date) -> Window:
    """From the first day to the last of what is drawn; of more than MOST_DAYS those around today."""
    known = [day for track in tracks for day in _days(track, today)] or [today]
    first, last = min(known), max(known)
    if (last - first).days >= MOST_DAYS:
        first = max(first, min(today, last) - timedelta(days=BEFORE_TODAY))
        last = min(last, first + timedelta(days=MOST_DAYS - 1))
    return Window(first, last)


def _days(track: Track, today: date) -> Iterator[date]:
    for bar in track.bars:
        yield from (day for day in (*bar.planned, *bar.real) if day is not None)
        if bar.real[0] is not None and bar.real[1] is None:
            yield max(today, bar.real[0])


def _row(track: Track, window: Window, today: date) -> dict[str, Any]:
    alone = len(track.bars) == 1
    bars = [_bar(bar, window, today, alone) for bar in track.bars]
    pauses = [_pause(pause, window, today) for pause in track.pauses]
    said = [each["said"] for each in (*bars, *pauses)]
    return {"bars": bars, "pauses": pauses, "said": "; ".join(said)}


def _bar(bar: Bar, window: Window, today: date, alone: bool) -> dict[str, Any]:
    begun, ended = bar.real
    until = ended if ended is not None or begun is None else max(today, begun)
    planned = window.span(*bar.planned)
    real = window.span(begun, until)
    planned_last = bar.planned[1]
    is_late = planned_last is not None and begun is not None and (until or today) > planned_last
    return {
        "label": bar.label,
        "mark": bar.mark or (bar.label if alone else bar.label[:1]),
        "planned": planned,
        "real": real,
        "runs": begun is not None and ended is None,
        "late": is_late,
        "planned_text": _between(*bar.planned),
        "real_text": _between(begun, ended),
        "said": gettext(
            "%(label)s: planned %(planned)s, really %(real)s",
            label=bar.label,
            planned=_between(*bar.planned),
            real=_between(begun, ended),
        ),
    }


def _pause(pause: Days, window: Window, today: date) -> dict[str, Any]:
    first, on = pause
    last = on - timedelta(days=1) if on is not None else today
    text = _between(first, on)
    return {
        "span": window.span(first, last),
        "text": text,
        "said": gettext("Pause: %(days)s", days=text),
    }


def _between(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return shown.DASH
    return f"{shown.date(first)} – {shown.date(last)}" if last is not None else f"{shown.date(first)} –"


def _months(window: Window) -> Iterator[dict[str, Any]]:
    """The first days of months, of which some are named."""
    firsts: list[date] = []
    day = window.first.replace(day=1)
    while day <= window.last:
        if day >= window.first:
            firsts.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    every = max(1, -(-len(firsts) // MOST_MONTHS))
    for place, first in enumerate(firsts):
        x = window.at(first)
        yield {"x": x, "text": f"{first:%Y-%m}" if place % every == 0 and x < 88 else ""}


def _marks(tracks: Sequence[Track]) -> list[dict[str, str]]:
    """What the marks in the bars stand for, each once."""
    found = {bar.mark: bar.label for track in tracks for bar in track.bars if bar.mark}
    return [{"mark": mark, "label": label} for mark, label in sorted(found.items())]
