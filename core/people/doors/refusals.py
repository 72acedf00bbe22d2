"""What is refused for want of a right, a token or a fit file: a line each in the log, of nothing that anybody typed."""

from __future__ import annotations

import logging
from collections import Counter
from threading import Lock

from flask import current_app, has_request_context, request

from core.branches.scope import current_scope
from core.data import UserError, clock
from core.installation import installation
from core.people.access import current_user_id
from core.people.doors.attempts import network_of

log = logging.getLogger(__name__)
EXTENSION = "zhidu_refusals"
OF_ONE, OF_ALL = 20, 600
"""Lines a minute and process: of one person or address, and of everybody."""
NO_RIGHT, NO_TOKEN, NO_FILE = "no right", "no form token", "no such file is taken"


class Room:
    """How many lines are left in this minute, so that nobody fills the log by asking again and again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._told: Counter[str] = Counter()

    def take(self, who: str) -> int:
        """How many lines are left, with this one; 0: none."""
        minute = int(clock.now().timestamp()) // 60
        with self._lock:
            if minute != self._minute:
                self._minute, self._told = minute, Counter()
            left = min(OF_ONE - self._told[who], OF_ALL - self._told.total())
            if left > 0:
                self._told[who] += 1
        return max(left, 0)


def note_refusal(what: str, why: str = "") -> None:
    """Write that the present request is refused: `what` is a word of above, `why` a text of the program's own."""
    if not has_request_context():
        return
    user_id = current_user_id()
    who = f"person {user_id}" if user_id is not None else f"nobody at {network_of(request.remote_addr or '')}"
    left = current_app.extensions.setdefault(EXTENSION, Room()).take(who)
    if not left:
        return
    log.warning(
        "refused, %s: %s, branch %s, from %s: %s %s%s%s",
        what,
        who,
        current_scope().active,
        request.remote_addr,
        request.method,
        _asked_for(),
        f": {why}" if why else "",
        "; more in this minute is not told" if left == 1 else "",
    )


def note_error(error: UserError) -> None:
    """Write it down when somebody lacked a right; everything else that a UserError says is everyday business."""
    if error.status == 403:
        note_refusal(NO_RIGHT, error.message)


def _asked_for() -> str:
    """The endpoint, its entity and its record: of the address only what the program knows itself."""
    given = request.view_args or {}
    entity = given.get("entity_id") or given.get("kind_id") or f"{given.get('plugin')}.{given.get('name')}"
    known = entity if entity in installation().entities or entity in installation().imports else ""
    number = given.get("record_id") or given.get("id")
    named = f" {number}" if isinstance(number, int) else ""
    return f"{request.endpoint}{f' {known}' if known else ''}{named}"
