"""What beta brings to the shell."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.hooks import hookimpl
from core.people.positions import Position, grant


@hookimpl
def positions() -> list[Position]:
    see = grant("alpha.parcel", "see", clause="BETA 1")
    return [Position("beta.watcher", _("Watcher of parcels"), (see,))]
