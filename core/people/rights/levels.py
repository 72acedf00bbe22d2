"""How much of a field a position is shown."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """What a reader gets of a field; each level includes those below it.

    HIDDEN: the field does not exist for them. MASKED: they see that it is filled, and a part of it. READ: they see it,
    and may filter, sort and search by it. WRITE: they may enter it where they may add or edit at all.
    """

    HIDDEN = 0
    MASKED = 1
    READ = 2
    WRITE = 3

    @property
    def code(self) -> str:
        """The level's name in tables and addresses."""
        return self.name.lower()


HIDDEN, MASKED, READ, WRITE = Level.HIDDEN, Level.MASKED, Level.READ, Level.WRITE
