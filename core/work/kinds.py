"""What a plugin declares about work that waits for people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class WorkItem:
    """A number of things of one kind that wait: one line of the home page. Of more than `cap`, by default
    `entities.counting.COUNT_CAP`, it says no more than that; nobody needs to count further.

    `url` leads to the list of exactly these things. `due` is the day by which they have to be done, in the active
    branch's calendar; without one they wait. `hint` is a short text beside the title, such as an amount; `subject` is
    the name of the record that the line is about, as it was entered.
    """

    title: str
    count: int
    url: str
    due: date | None = None
    hint: str = ""
    subject: str = ""
    cap: int | None = None


@dataclass(frozen=True)
class WorkKind:
    """Work of one kind: who sees it, and what of it there is.

    `find` is called with the business date of the active branch where the person holds `right` on `entity`, and reads
    what the page behind it would show. It takes a number of statements that depends on no number of rows, and counts in
    each no further than COUNT_CAP + 1. Without
    `entity`, `find` judges by itself what the person may see; `id` starts with its owner's, as an entity's does.
    """

    id: str
    find: Callable[[Session, date], Sequence[WorkItem]]
    entity: str = ""
    right: str = "see"
    icon: str = "clipboard-check"
    rules: Callable[[], Collection[str]] | None = None
    """Rules of which the page behind the lines shows what is owed; whoever has these lines gets no others for that."""
