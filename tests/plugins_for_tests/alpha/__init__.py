"""A small plugin for tests: one entity."""
