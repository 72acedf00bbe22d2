"""Search: tokens that are kept with the rows that they are of, by which lists, pickers and the whole shell find them.

Below the entities, which say what is searched; `core.search.screens` are the screens above them.
"""

from core.search import keeping  # it listens

__all__ = ["keeping"]
