"""Rules that an administrator writes without code: a condition built over fields, and what comes of it."""
