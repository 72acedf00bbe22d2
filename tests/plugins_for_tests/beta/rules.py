"""Beta's rule book."""

LONGEST_WAIT = 3  # days
