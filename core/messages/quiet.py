"""Hours in which nobody is disturbed, by the clock of their branch."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.messages.kinds import EMAIL, SMS
from core.messages.models import QuietHours

DISTURBING = (EMAIL, SMS)


def send_from(session: Session, branch_id: int, channel: str, now: datetime) -> datetime:
    """The instant from which a message may go out: now, or when the quiet hours of the branch end."""
    if channel not in DISTURBING:
        return now
    found = session.execute(
        select(QuietHours, Branch.time_zone)
        .join(Branch, Branch.id == QuietHours.branch_id)
        .where(QuietHours.branch_id == branch_id)
    ).first()
    return after_quiet(now, found[0].begins, found[0].ends, found[1]) if found is not None else now


def after_quiet(now: datetime, begins: str, ends: str, time_zone: str) -> datetime:
    """`now`, or the end of the quiet hours that it falls into; they may run over midnight.

    The instant at which they begin is quiet, that at which they end is not.
    """
    zone = ZoneInfo(time_zone)
    here = now.astimezone(zone)
    first, last, at = time.fromisoformat(begins), time.fromisoformat(ends), here.time()
    over_midnight = first > last
    quiet = (at >= first or at < last) if over_midnight else first <= at < last
    if not quiet:
        return now
    day = here.date() + timedelta(days=1 if over_midnight and at >= first else 0)
    return datetime.combine(day, last, zone).astimezone(now.tzinfo)
