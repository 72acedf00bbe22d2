"""How large an uploaded or downloaded sheet may be, and why it stays so: a bad file must never exhaust the server."""

from __future__ import annotations

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 150 * 1024 * 1024
MAX_PARTS = 1_000
MAX_ROWS = 200_000
MAX_COLUMNS = 100
# Larger ones, up and down, are work for a worker, with a bar.
MAX_ROWS_AT_ONCE = 2_000
# A reader holds the whole rectangle between A1 and the last cell in memory.
MAX_CELLS = 3_000_000
MAX_CELL_LENGTH = 32_767
MAX_EXPORT_ROWS = 200_000
MAX_EXPORT_BYTES = 200 * 1024 * 1024
