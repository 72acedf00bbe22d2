"""What the core says of the search through the hooks: its page and its REST call."""

from __future__ import annotations

from typing import Any

from core.hooks import hookimpl


@hookimpl
def views() -> list[type[Any]]:
    from core.search.screens.views import SearchApi, SearchView

    return [SearchView, SearchApi]
