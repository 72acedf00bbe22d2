"""What the core says of notices through the hooks."""

from __future__ import annotations

from typing import Any

from core.hooks import hookimpl
from core.notices.kinds import NoticeKind


@hookimpl
def views() -> list[type[Any]]:
    from core.notices.views import NoticesView

    return [NoticesView]


@hookimpl
def notices() -> list[NoticeKind]:
    from core.notices.handed import NOTICES

    return list(NOTICES)
