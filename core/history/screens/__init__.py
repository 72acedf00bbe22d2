"""The history as people read it, and as they bring something back from it."""
