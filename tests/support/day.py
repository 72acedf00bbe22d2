"""A day's work as it is done with paper and as it is done in the screens, counted in the same way.

**A handling** is each thing that a hand fetches, opens, turns to, lays ready, stamps, tears off, passes on or puts
back. **A press** is each time that mouse or thumb goes down on the screen, counted in the page itself; choosing from a
list that the browser draws is two, choosing a file two, taking a photo three (camera, shutter, keep it). Writing with
a pen is no handling, and typing, with the Enter that ends it, no press. What is done either way counts in neither:
counting notes, walking the route, looking at the dial, listening to the customer. Of what is done for every account
alike, such as writing out the bills, only what frames it counts, so that the number of customers decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from visitor import Visitor

COUNTING = """
addEventListener("pointerdown", (event) => {
  if (!event.isTrusted || window !== top) return;
  sessionStorage.setItem("test.presses", Number(sessionStorage.getItem("test.presses")) + 1);
}, true);
"""
COUNTED = "return Number(sessionStorage.getItem('test.presses'))"
LIST, FILE, PHOTO = 2, 2, 3
"""Presses outside the page: in a list that the browser draws, in its dialogue for files, in the camera."""


@dataclass(frozen=True)
class Piece:
    """A piece of a day's work: the handlings that it takes with paper, the presses that its screens were drawn for."""

    paper: tuple[str, ...]
    presses: int


class Day:
    """Somebody's day, piece by piece. It begins before the person has logged in."""

    def __init__(self, person: Visitor, pieces: Mapping[str, Piece]) -> None:
        self.person = person
        self.pieces = pieces
        self.made: dict[str, int] = {}
        self.outside = 0
        self._driver = person.browser.driver
        self._driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": COUNTING})

    @contextmanager
    def doing(self, name: str) -> Iterator[None]:
        """Do a piece; AssertionError when it took more presses than it was drawn for."""
        before = self._presses()
        yield
        self.made[name] = self._presses() - before
        most = self.pieces[name].presses
        assert self.made[name] <= most, f"“{name}” took {self.made[name]} presses, drawn for {most}"

    def also(self, presses: int) -> None:
        """Count what happens outside the page: LIST, FILE or PHOTO."""
        self.outside += presses

    def ends(self) -> None:
        """Every piece is done, and the day took fewer presses than it takes handlings with paper."""
        assert list(self.made) == list(self.pieces)
        presses = sum(self.made.values())
        handlings = sum(len(each.paper) for each in self.pieces.values())
        told = "\n".join(
            f"{self.made[name]:3} presses, {len(each.paper):3} handlings: {name}"
            for name, each in self.pieces.items()
        )
        assert 0 < presses < handlings, f"{presses} presses, with paper {handlings} handlings\n{told}"

    def _presses(self) -> int:
        counted: int = self._driver.execute_script(COUNTED)
        return counted + self.outside
