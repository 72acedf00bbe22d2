"""What the core says of entities themselves: the screens and REST calls of all of them."""

from __future__ import annotations

from typing import Any

from core.entities.rest import EntityApi
from core.entities.views import EntityView
from core.hooks import hookimpl


@hookimpl
def views() -> list[type[Any]]:
    return [EntityView, EntityApi]
