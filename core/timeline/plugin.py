"""What the core says of time lines through the hooks."""

from __future__ import annotations

from typing import Any

from core.hooks import hookimpl
from core.notices.kinds import NoticeKind
from core.timeline import models  # noqa: F401 - its table is the core's to migrate


@hookimpl
def views() -> list[type[Any]]:
    from core.timeline.views import TimelineView

    return [TimelineView]


@hookimpl
def notices() -> list[NoticeKind]:
    from core.timeline.notices import NOTICES

    return list(NOTICES)
