"""The engine writes to the project's log, and only what an operator needs to know."""

from __future__ import annotations

import logging

LEVEL = "WARNING"


def quiet() -> None:
    """Call before anything of the engine runs: with a handler present it adds none of its own to the console."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.propagate = True
    logger.setLevel(LEVEL)
