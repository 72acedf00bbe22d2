"""What stands around the rows of a list, drawn once for all who may do the same and ask for the same.

What was typed into the search is filled in each time: else every text would be drawn for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from flask_babel import gettext
from markupsafe import Markup

from core.entities.lists.arguments import EDITOR
from core.entities.lists.asked import Asked
from core.entities.lists.bulk import acts
from core.entities.lists.choosing import offered
from core.entities.lists.head import bulk_key, bulk_menu, columns_menu, views_menu
from core.entities.lists.keeping import is_mine
from core.entities.lists.modes import mode_of, modes
from core.entities.lists.rows import described
from core.entities.registry import allowed
from core.entities.spanning import BRANCH, spans
from core.people.alike import alike, once_for_alike
from core.ui.drawn import Drawn, piece, place

SEARCH, SOUGHT = "q", "sought"


@dataclass(frozen=True)
class Frame:
    """The frame of a list as it is asked for. `fault`: why a view was not saved; such a frame is never kept."""

    asked: Asked
    fault: str = ""

    @cached_property
    def can_pick(self) -> bool:
        """Whether the reader may do anything to selected rows."""
        entity = self.asked.entity
        return bool(once_for_alike(("acts", entity.serial), lambda: bool(acts(entity))))

    @cached_property
    def bar(self) -> Markup:
        """The line above the list: views, filters, columns, files."""
        return self._filled(self._drawn("macros/list_head.html", "bar", self._bar))

    @cached_property
    def headings(self) -> Markup:
        return self._filled(self._drawn("macros/tables.html", "headings", lambda: [self._headings()]))

    @cached_property
    def columns(self) -> list[dict[str, Any]]:
        """The names of the columns, and how wide each is; 0 is by itself."""
        widths = self.asked.kept.widths
        found = [{"name": name, "width": widths.get(name, 0)} for name in self.asked.columns]
        return [{"name": BRANCH, "width": 0}, *found] if spans(self.asked.entity) else found

    def bulk_bar(self, total: str) -> Markup:
        """What can be done to the selected rows; nothing where that is nothing."""
        if not self.can_pick:
            return Markup("")
        drawn = self._drawn("macros/list_head.html", "bulk_bar", self._bulk)
        return self._filled(drawn, total=total, holder=bulk_key(self.asked.entity))

    @cached_property
    def _standing(self) -> Asked:
        """What is asked for, with a place for the text that is searched."""
        asked = self.asked
        if SEARCH not in asked.stays:
            return asked
        return replace(asked, arguments={**asked.arguments, SEARCH: place(SOUGHT)})

    @cached_property
    def _key(self) -> Hashable:
        asked, kept, reader = self.asked, self.asked.kept, alike()
        if reader is None or self.fault or EDITOR & asked.arguments.keys():
            return None
        views = tuple((each.id, each.name, each.shared, each.position, is_mine(each)) for each in kept.views)
        habit = (bool(kept.columns), tuple(kept.widths.items()), kept.view_id)
        chosen = (asked.view.id, asked.is_changed) if asked.view is not None else None
        stays = tuple(self._standing.stays.items())
        return (reader, asked.entity.serial, stays, asked.columns, views, habit, chosen)

    def _drawn(self, template: str, macro: str, given: Callable[[], Sequence[Any]]) -> Drawn:
        return piece(template, macro, self._key, given)

    def _filled(self, drawn: Drawn, **values: Any) -> Markup:
        return drawn.filled({SOUGHT: quote_plus(self.asked.arguments.get(SEARCH, "")), **values})

    def _bar(self) -> Sequence[Any]:
        asked = self._standing
        views = views_menu(asked, self.fault)
        if views is not None:
            views["changed"] = self.asked.is_changed
        fields = [{**each, "url": asked.address(add=each["name"])} for each in offered(asked.entity)]
        plural, arranging = asked.entity.label_plural, None if mode_of(asked) else columns_menu(asked)
        return [{"fields": fields}, _exports(asked), views, arranging, plural, modes(asked), self._headings()]

    def _headings(self) -> list[dict[str, Any]]:
        asked = self._standing
        found = described(asked.entity, self.columns, asked.query, asked.address)
        return [
            {**each, "grip": each["name"] != BRANCH, "pick": self.can_pick and not number}
            for number, each in enumerate(found)
        ]

    def _bulk(self) -> Sequence[Any]:
        menu = bulk_menu(self._standing)
        return [{**(menu or {}), "key": place("holder")}, place("total")]


def _exports(asked: Asked) -> list[dict[str, Any]]:
    """The files in which exactly this list can be had."""
    if not allowed(asked.entity, "export"):
        return []
    return [
        {"label": label, "url": asked.address(tail=f"export.{kind}", size="")}
        for kind, label in (("xlsx", gettext("Excel workbook (xlsx)")), ("csv", gettext("Text table (csv)")))
    ]
