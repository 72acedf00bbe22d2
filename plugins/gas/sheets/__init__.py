"""The sheets that the gas office fills in and uploads."""

from core.exchange.kinds import ImportKind
from plugins.gas.sheets.opening import OPENING_SHEET
from plugins.gas.sheets.reading import READING_SHEET

IMPORTS: tuple[ImportKind, ...] = (READING_SHEET, OPENING_SHEET)

__all__ = ["IMPORTS"]
