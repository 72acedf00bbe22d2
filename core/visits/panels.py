"""From a visit to the record that it made, and back."""

from __future__ import annotations

from typing import Any

from flask import get_template_attribute
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import select

from core.entities.registry import allowed
from core.installation import installation
from core.people.access import current_person
from core.ui import format as shown
from core.visits.models import TakenVisit

MACROS = "macros/visits.html"
VISIT = "core.visit"


def record_panel(visit: TakenVisit) -> Markup:
    """The way from a visit to the record it made, or to the stop that was passed over, for those who may see it."""
    entity = installation().entities.get(visit.entity or "")
    if entity is None or not visit.record_id or not allowed(entity, "see"):
        return Markup()
    return _drawn("made", label=entity.label, url=f"{entity.path}{visit.record_id}")


def visit_panel(entity_id: str, record: Any) -> Markup:
    """The visit that made a record: when, why an odd figure is right, and what was noted. For an entity's `panels`."""
    if not allowed(installation().entities[VISIT], "see"):
        return Markup()
    session = installation().database.session()
    found = session.scalar(
        select(TakenVisit).where(TakenVisit.entity == entity_id, TakenVisit.record_id == record.id).limit(1)
    )
    return _drawn("visit", facts=_facts(found)) if found is not None else Markup()


def _facts(visit: TakenVisit) -> list[dict[str, Any]]:
    person = current_person()
    zone = person.branch.time_zone if person and person.branch else None
    reason = dict(installation().entities[VISIT].field("reason").options).get(visit.reason or "", "")
    every = (
        (gettext("Visited at"), shown.datetime(visit.visited_at, zone)),
        (gettext("Reason"), str(reason)),
        (gettext("Note"), visit.note or ""),
    )
    return [{"label": label, "value": value} for label, value in every if value]


def _drawn(macro: str, **context: Any) -> Markup:
    return Markup(get_template_attribute(MACROS, macro)(**context))  # noqa: S704 - Jinja escapes
