"""Items of the side bar, as plugins and the core's own features describe them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

RULES, MESSAGES = "rules", "messages"
"""Groups of what the core itself brings, beside its administration: `group` of an item or an entity names one."""


@dataclass(frozen=True)
class MenuItem:
    """A link. `entity` and `right` say who sees it; `plugin` whose switch it obeys (taken from the entity's id).

    `endpoint` is a Flask endpoint, called with `arguments`; without one the link goes to the entity's list.
    """

    label: Any
    entity: str
    right: str = "see"
    endpoint: str = ""
    arguments: tuple[tuple[str, str], ...] = ()
    icon: str = "table"
    order: int = 50
    group: str = ""
