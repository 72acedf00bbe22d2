"""What notes bring to the shell."""

from __future__ import annotations

from core.entities.spec import Entity
from core.hooks import hookimpl
from zhidu_notes.entities import NOTE


@hookimpl
def entities() -> list[Entity]:
    return [NOTE]
