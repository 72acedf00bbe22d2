"""Stages and pauses of sites as bars over days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.entities.registry import entity_by_id
from core.installation import installation
from core.people.access import may
from core.ui.schedule import Bar, Days, Track, panel
from core.work.groups import today
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_stages import Pause, Stage
from plugins.decoration.rules import names_construction as c


def of_sites(session: Session, sites: Sequence[Any]) -> Mapping[int, Track]:
    """What was planned and what came of each site; two statements. A site without stages is one bar."""
    ids = [each.id for each in sites]
    bars: dict[int, list[Bar]] = defaultdict(list)
    pauses: dict[int, list[Days]] = defaultdict(list)
    if may(c.STAGE, "see"):
        names = dict(entity_by_id(c.STAGE).field("stage").options)
        asked = select(Stage).where(Stage.site_id.in_(ids)).order_by(Stage.site_id, Stage.position)
        for each in session.scalars(asked):
            bars[each.site_id].append(_bar(each, str(names.get(each.stage, each.stage))))
    if may(c.PAUSE, "see"):
        rests = select(Pause.site_id, Pause.paused_on, Pause.resumed_on).where(Pause.site_id.in_(ids))
        for site_id, first, last in session.execute(rests.order_by(Pause.id)):
            pauses[site_id].append((first, last))
    return {each.id: Track(bars.get(each.id) or [_whole(each)], pauses.get(each.id, [])) for each in sites}


def site_panel(site: Site) -> Markup:
    """The schedule of one site on its page."""
    track = of_sites(installation().database.session(), [site])[site.id]
    return panel(track, today(), gettext("Schedule of the works"))


def _bar(stage: Stage, label: str) -> Bar:
    begun = stage.started_on or stage.passed_on
    real = (begun, stage.passed_on)
    return Bar(label, (stage.planned_from, stage.planned_until), real, str(stage.position))


def _whole(site: Site) -> Bar:
    planned, real = (site.planned_from, site.planned_until), (site.started_on, site.completed_on)
    return Bar(gettext("Works"), planned, real)
