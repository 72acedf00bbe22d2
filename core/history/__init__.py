"""Who changed what, when and from where; restoring an earlier version; seals that show tampering.

`recording` and `statements` listen on the project's session class: nothing has to be told by whoever changes a row.
What changes no row (a log-in, an export, a print) is told by `note`; work by the thousand runs inside `one_entry`.
A model says `Unrecorded` when it is the program's own bookkeeping, a column `info={"history": False}` when its changes
say nothing, and `info={"secret": True}` when its values must not be kept (names such as `password` or `token_hash` do
so by themselves).
"""

from core.history import recording, statements  # they listen
from core.history.actor import Actor, acting, acting_for, current_actor
from core.history.chunks import checksum, one_entry
from core.history.models import HistoryEntry
from core.history.writing import described, note

__all__ = [
    "Actor",
    "HistoryEntry",
    "acting",
    "acting_for",
    "checksum",
    "current_actor",
    "described",
    "note",
    "one_entry",
    "recording",
    "statements",
]
