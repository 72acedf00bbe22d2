"""The notices of the person of this request, of all kinds in one order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from core.branches.switches import plugin_on
from core.data import clock
from core.installation import installation
from core.notices.kinds import Notice

DAYS = 14
"""So long a notice is kept."""
MOST = 30


@dataclass(frozen=True)
class Told:
    """A notice with the icon of its kind."""

    notice: Notice
    icon: str


def notices(session: Session) -> list[Told]:
    """The latest MOST of the last DAYS, from the plugins that are on in the active branch, the latest first."""
    since = clock.now() - timedelta(days=DAYS)
    found = [
        Told(each, kind.icon)
        for owner, kind in installation().notices
        if plugin_on(owner)
        for each in kind.find(session, since)
    ]
    found.sort(key=lambda told: told.notice.at, reverse=True)
    return found[:MOST]
