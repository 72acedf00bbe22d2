"""A thing to mend, as the checks report it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`place` is a file or a name in the code, `text` what is wrong there, `advice` what to do."""

    place: str
    text: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" + (f"; {self.advice}" if self.advice else "")
