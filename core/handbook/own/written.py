"""What an administrator writes down, as it comes from a form or a file; `core.handbook.own.demands` judges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.data import UserError
from core.data.marks import N_
from core.handbook.own.expression import Condition, of_plain

NO_FILE = N_("This is no file of own rules.")
TEXTS = ("entity", "moment", "name", "document", "heading", "says", "effect")
DETAIL = ("owner", "length", "kind", "anchor")
FURTHER = ("of", "rate", "low", "high", "measured", "target", "bound", "over", "level")
"""What only some effects need; texts, which are kept where something was entered."""
LONGEST_FIGURE = 80


@dataclass(frozen=True)
class Written:
    """A rule in an administrator's words.

    `owner` is a position, `length` and `kind` a length of time, `anchor` the field from which a series is counted.
    `of` is the field that is kept from people to its `level` (masked, hidden), or of which `rate` percent are worked
    out; `low` and `high` are yuan. A count is `measured` as count or share, compared with its `target` as its `bound`
    (at_least, at_most) says, `over` a month, quarter, half or year.
    """

    entity: str
    moment: str
    name: str
    document: str
    heading: str
    says: str
    effect: str
    conditions: tuple[Condition, ...]
    all_of: bool = True
    owner: str = ""
    length: int = 0
    kind: str = ""
    anchor: str = ""
    of: str = ""
    rate: str = ""
    low: str = ""
    high: str = ""
    measured: str = ""
    target: str = ""
    bound: str = ""
    over: str = ""
    level: str = ""

    @classmethod
    def of_plain(cls, given: Mapping[str, Any]) -> Written:
        """From a file or a form. UserError where something is missing."""
        try:
            texts = {name: str(given[name]).strip() for name in TEXTS}
            rows, length = given["conditions"], given.get("length") or 0
            if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
                raise UserError(NO_FILE)
            number = int(length) if str(length).isascii() and str(length).isdigit() else 0
            further = {name: str(given.get(name) or "").strip()[:LONGEST_FIGURE] for name in FURTHER}
            return cls(
                **texts,
                **further,
                conditions=tuple(of_plain(rows)),
                all_of=bool(given.get("all_of", True)),
                owner=str(given.get("owner", "")),
                length=number,
                kind=str(given.get("kind", "")),
                anchor=str(given.get("anchor", "")),
            )
        except KeyError:
            raise UserError(NO_FILE) from None

    @property
    def detail(self) -> dict[str, Any]:
        """What the effect needs, as it is kept."""
        always = {name: getattr(self, name) for name in DETAIL}
        return always | {name: value for name in FURTHER if (value := getattr(self, name))}

    def plain(self) -> dict[str, Any]:
        """As `of_plain` takes it."""
        texts = {name: getattr(self, name) for name in TEXTS}
        rows = [each.plain() for each in self.conditions]
        return {**texts, "conditions": rows, "all_of": self.all_of, **self.detail}
