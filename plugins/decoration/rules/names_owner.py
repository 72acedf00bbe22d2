"""The names that only the customer's own page needs."""

from __future__ import annotations

OWNER_LINK = "decoration.owner-link"

OPEN, REVOKED = "open", "revoked"
"""A link: good until its last day, or taken back before."""
REVOKE = "revoke"
MESSAGE = "decoration.owner-page"
KNOWN_TO_CUSTOMER = "•••"
"""Stands in the place of an address that the customer alone knows."""
LINK = "link"
"""The right to make links and to release photos, on what a link leads to."""
