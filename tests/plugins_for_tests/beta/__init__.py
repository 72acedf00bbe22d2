"""A small plugin for tests: it requires alpha, and has no tables."""
