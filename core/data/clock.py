"""The one clock. Instants are kept in UTC; business dates are read in a branch's time zone.

Tests and demonstrations move it with `frozen`; a whole process may be moved with the setting ZHIDU_NOW.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DEFAULT_TIME_ZONE = "Asia/Shanghai"
_frozen: ContextVar[datetime | None] = ContextVar("zhidu_clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    held = _frozen.get()
    if held is not None:
        return held
    setting = os.environ.get("ZHIDU_NOW")
    if setting:
        return _aware(datetime.fromisoformat(setting))
    return datetime.now(UTC)


def today(time_zone: str = DEFAULT_TIME_ZONE) -> date:
    """The business date in `time_zone` (an IANA name)."""
    return now().astimezone(ZoneInfo(time_zone)).date()


def local(instant: datetime, time_zone: str = DEFAULT_TIME_ZONE) -> datetime:
    """`instant` as the wall clock of `time_zone` shows it."""
    return instant.astimezone(ZoneInfo(time_zone))


@contextlib.contextmanager
def frozen(instant: datetime) -> Iterator[datetime]:
    """Hold the clock at `instant` (taken as UTC when it carries no zone) inside the block."""
    token = _frozen.set(_aware(instant))
    try:
        yield _aware(instant)
    finally:
        _frozen.reset(token)


def _aware(instant: datetime) -> datetime:
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
