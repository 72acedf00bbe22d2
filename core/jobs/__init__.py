"""Durable long-running work with progress, in chunks, on DBOS."""
