"""What the core says of rounds through the hooks."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity, Field
from core.hooks import hookimpl
from core.installation import installation
from core.visits.models import ENTERED, SKIPPED, TakenVisit
from core.visits.panels import record_panel


@hookimpl
def views() -> list[type[Any]]:
    from core.visits.views import RoundView

    return [RoundView]


@hookimpl
def entities() -> list[Entity]:
    return [_visit()]


def _visit() -> Entity:
    """Visits are made on rounds; this shows them, above all the stops that were passed over and why."""
    return Entity(
        id="core.visit",
        model=TakenVisit,
        label=_("Visit"),
        label_plural=_("Visits of rounds"),
        fields=(
            Field("visited_at", _("Visited at"), readonly=True),
            Field("round", _("Round"), choices_from=_rounds, readonly=True, filterable=True),
            Field("user_id", _("Visited by"), target="core.person", readonly=True, filterable=True),
            Field(
                "outcome",
                _("Outcome"),
                choices=((ENTERED, _("Entered")), (SKIPPED, _("Passed over"))),
                tones={ENTERED: "success", SKIPPED: "warning"},
                readonly=True,
                filterable=True,
            ),
            Field("reason", _("Reason"), choices_from=_reasons, readonly=True),
            Field("note", _("Note"), readonly=True),
            Field("received_at", _("Taken in at"), readonly=True),
        ),
        title="visited_at",
        list_columns=("visited_at", "round", "user_id", "outcome", "reason", "note"),
        order=("-id",),
        rights=("see", "export"),
        panels=(record_panel,),
        state="outcome",
        icon="walk",
    )


def _rounds() -> tuple[tuple[str, Any], ...]:
    return tuple((each.id, each.label) for each in installation().rounds.values())


def _reasons() -> tuple[tuple[str, Any], ...]:
    every = (each for known in installation().rounds.values() for each in (*known.skips, *known.reasons))
    return tuple(dict(every).items())
