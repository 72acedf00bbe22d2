"""What the core says of the history through the hooks: the list for administrators, and who may read it."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity, Field
from core.history.models import HistoryEntry
from core.hooks import hookimpl


@hookimpl
def views() -> list[type[Any]]:
    from core.history.screens.views import HistoryView

    return [HistoryView]


@hookimpl
def entities() -> list[Entity]:
    """The screens are the history's own; this gives the right to see them, and the plain facts over REST."""
    from core.history.screens.words import ACTIONS, TONES

    return [
        Entity(
            id="core.history",
            model=HistoryEntry,
            label=_("History entry"),
            label_plural=_("History"),
            fields=(
                Field("at", _("When"), readonly=True),
                Field("user_id", _("Who"), target="core.person", readonly=True, filterable=True),
                Field("for_user_id", _("Acting for"), target="core.person", readonly=True),
                Field(
                    "action", _("What was done"), choices=ACTIONS, tones=TONES, readonly=True, filterable=True
                ),
                Field("table_name", _("Table"), readonly=True),
                Field("record_id", _("Record"), readonly=True),
                Field("branch_id", _("Branch"), target="core.branch", readonly=True),
                Field("origin", _("From where"), readonly=True),
            ),
            title="action",
            list_columns=("at", "user_id", "action", "table_name", "record_id", "branch_id", "origin"),
            order=("-id",),
            rights=("see",),
            icon="history",
        )
    ]
