"""Engine, sessions, column types, the clock and migrations: the bottom layer that all others stand on."""

from core.data import clock
from core.data.base import Base, Posted, RowVersion, Unrecorded
from core.data.errors import SetupError, UserError, Warned
from core.data.sequences import next_number
from core.data.sql import greatest, least
from core.data.types import Money, Quantity, UtcDateTime

__all__ = [
    "Base",
    "Money",
    "Posted",
    "Quantity",
    "RowVersion",
    "SetupError",
    "Unrecorded",
    "UserError",
    "UtcDateTime",
    "Warned",
    "clock",
    "greatest",
    "least",
    "next_number",
]
