"""What a plugin declares about what comes for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Notice:
    """One thing that came for the person: when, and the page that shows it. `tone` is that of a badge."""

    title: str
    url: str
    at: datetime
    hint: str = ""
    tone: str = "neutral"


@dataclass(frozen=True)
class NoticeKind:
    """Notices of one kind.

    `find` is called for whoever is logged in, with the instant from which on things count, and judges by itself what
    the person may see in the active branch. It answers at most some dozens, the latest first, with a number of
    statements that depends on no number of rows. `id` starts with its owner's.
    """

    id: str
    find: Callable[[Session, datetime], Sequence[Notice]]
    icon: str = "bell"
