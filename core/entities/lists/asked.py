"""What the address of a list asks for, and the addresses that lead on from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from core.entities.lists.arguments import COLUMNS, LANGUAGE, PASSING, VIEW
from core.entities.lists.columns import known, shown_columns
from core.entities.lists.keeping import Kept, arguments_of, kept
from core.entities.lists.models import ListView
from core.entities.query import MAX_ID, ListQuery, from_arguments
from core.entities.spec import Entity


@dataclass(frozen=True)
class Asked:
    """A list as it is asked for. `arguments` are the address's, or those of the view with which the list opens."""

    entity: Entity
    arguments: Mapping[str, str]
    kept: Kept = field(default_factory=Kept)
    view: ListView | None = None

    @cached_property
    def query(self) -> ListQuery:
        return from_arguments(self.entity, self.arguments)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns: those of the address, else of the view, else the person's own."""
        given = self.arguments.get(COLUMNS, "")
        named = known(self.entity, given.split(",")) if given else ()
        return named or shown_columns(self.entity, self.kept, self.view)

    @cached_property
    def stays(self) -> dict[str, str]:
        """The arguments that hold from page to page."""
        return {key: value for key, value in self.arguments.items() if key not in PASSING and value}

    @property
    def is_changed(self) -> bool:
        """Whether this is no longer the view that was chosen."""
        if self.view is None:
            return False
        same_columns = not self.arguments.get(COLUMNS) or list(self.columns) == list(self.view.columns)
        return arguments_of(self.stays) != self.view.arguments or not same_columns

    def address(self, changes: Mapping[str, str] | None = None, tail: str = "", **more: str) -> str:
        """This list from its first page with changes, an empty value taking an argument away.

        `tail` is put behind the list's path.
        """
        given = {**self.stays, **(changes or {}), **more}
        left = {key: value for key, value in given.items() if value}
        if set(left) == {VIEW} and self.view is not None:
            left["q"] = ""  # a view alone would stand for its own filters
        return f"{self.entity.path}{tail}" + (f"?{urlencode(left)}" if left else "")


def asked_for(session: Session, entity: Entity, given: Mapping[str, str]) -> Asked:
    """What an address asks for. One that says nothing, or only names a view, stands for what the view says."""
    keeps = kept(session, entity)
    arguments = {key: value for key, value in given.items() if key != LANGUAGE}
    text = arguments.get(VIEW, "" if arguments else str(keeps.view_id or ""))
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
    view = keeps.view(number) if 0 < number <= MAX_ID else None
    if view is not None and set(arguments) <= {VIEW}:
        arguments = {**view.arguments, VIEW: str(view.id)}
    elif view is None and number:
        arguments.pop(VIEW, None)
    return Asked(entity, arguments, keeps, view)
