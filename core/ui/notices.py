"""What an action did is said where the action was: a form names its place on the page in the field `at`."""

from __future__ import annotations

import re
from typing import Any

from flask import flash, request

FIELD = "at"
_PLACE = re.compile(r"[a-z][a-z-]{0,29}")


def place() -> str:
    """The panel that the present post came from; empty where it named none."""
    named = request.values.get(FIELD, "")
    return named if _PLACE.fullmatch(named) else ""


def tell(message: Any, tone: str = "success") -> None:
    """Show a message on the next page, in the panel that the post came from, else on top."""
    flash(message, f"{tone}@{at}" if (at := place()) else tone)


def back_to(address: str) -> str:
    """The address with the place, so that the browser goes there."""
    return f"{address}#{at}" if (at := place()) else address
