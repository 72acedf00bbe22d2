"""What the core says of files through the hooks."""

from __future__ import annotations

from typing import Any

from core.files import models  # noqa: F401 - its table is the core's to migrate
from core.hooks import hookimpl


@hookimpl
def views() -> list[type[Any]]:
    from core.files.views import FileView

    return [FileView]
