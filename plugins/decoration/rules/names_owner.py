"""The names that only the customer's own page needs."""

from __future__ import annotations

OWNER_LINK = "decoration.owner-link"

OPEN, REVOKED = "open", "revoked"
"""A link: good until its last day, or taken back before."""
REVOKE = "revoke"
LINK = "link"
"""The right to make links and to release photos, on what a link leads to."""
