"""The words of a list's address, but for those of `core.entities.query`."""

PAGE = frozenset({"page", "after", "before"})
"""What an address says of one page alone; it is left behind when anything else changes."""
EDITOR = frozenset({"add", "arrange", "edit", "ff", "fk", "fo", "ft", "fv"})
"""What opens the editor of a filter, and what it sends."""
LANGUAGE = "_l_"
VIEW = "view"
"""The number of a saved view; 0 is the list as described, where it would open with a view."""
COLUMNS = "cols"
"""The columns, where they are not those that are kept."""
SHOWN_AS, MONTH = "as", "month"
"""How the list is shown, and which month of a calendar."""
PASSING = PAGE | EDITOR | {LANGUAGE}
