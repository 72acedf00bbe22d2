"""What the cards bring: nothing but a position."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.hooks import hookimpl
from core.people.positions import Position


@hookimpl
def positions() -> list[Position]:
    return [Position("shopcards.clerk", _("Shop clerk"))]
