"""Notes: a plugin from outside the tree."""
