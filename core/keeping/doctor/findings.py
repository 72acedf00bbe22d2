"""What the doctor finds: a state, a line that says it, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask
from sqlalchemy.orm import Session

from core.installation import EXTENSION, Installation
from core.settings import Settings

OK, WARN, FAIL = "ok", "warn", "fail"
MOST_NAMED = 3


@dataclass(frozen=True)
class Finding:
    """`check` is the part that was looked at, as a fixed word; `text` and `advice` are in the reader's language."""

    check: str
    state: str
    text: str
    advice: str = ""


@dataclass(frozen=True)
class Patient:
    """What is looked at. The session sees every branch. With `mend`, what is safe to put right is put right."""

    app: Flask
    session: Session
    mend: bool = False

    @property
    def installed(self) -> Installation:
        found: Installation = self.app.extensions[EXTENSION]
        return found

    @property
    def settings(self) -> Settings:
        return self.installed.settings


def some(names: Sequence[object]) -> str:
    """The first few names, and how many more there are."""
    shown = ", ".join(str(each) for each in names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{shown} (+{more})" if more > 0 else shown


def megabytes(size: float) -> str:
    """A number of bytes in MB, as text."""
    return f"{size / 1024 / 1024:,.0f}"
