"""The construction file of a site: its stages and acceptances, laid out when the works start (DEC-R11, DEC-R62)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.entities.registry import entity_by_id
from core.entities.service import ADDED, SAVED, claim, tell
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.people.access import today_in
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_stages import Acceptance, Stage
from plugins.decoration.rules import names_construction as c

CHECKPOINTS = "DEC-R11"


def added(session: Session, entity: str, *rows: object) -> None:
    """Write rows as if somebody had entered them: what waits for them hears of it."""
    session.add_all(rows)
    session.flush()
    for row in rows:
        for what in (ADDED, SAVED):
            tell(session, entity_by_id(entity), row, what)


def open_file(session: Session, site: Site) -> None:
    """The stages of a site in the branch's order, the first of them under way, and an acceptance for each.

    Nothing is opened a second time.
    """
    if session.scalar(select(Stage.id).where(Stage.site_id == site.id).limit(1)) is not None:
        return
    day = site.started_on or today_in(session, site.branch_id)
    settings = settings_on(session, book().rules[CHECKPOINTS], site.branch_id, day)
    order = settings["checkpoints"] or c.CHECKPOINTS
    own = {"site_id": site.id, "customer_id": site.customer_id}
    stages = [
        Stage(stage=stage, position=position, planned_from=first, planned_until=last, **own)
        for position, (stage, (first, last)) in enumerate(
            zip(order, planned_days(site, len(order)), strict=True), 1
        )
    ]
    stages[0].state, stages[0].started_on = c.WORKING, site.started_on
    added(session, c.STAGE, *stages)
    planned = [Acceptance(checkpoint=each.stage, planned_on=each.planned_until, **own) for each in stages]
    added(session, c.ACCEPTANCE, *planned)
    at_stage(session, site, order[0])


def planned_days(site: Site, count: int) -> Iterator[tuple[date | None, date | None]]:
    """From when to when each of so many stages is planned: alike long, over what is planned for the site."""
    begins, ends = site.started_on or site.planned_from, site.planned_until
    if begins is None or ends is None or (ends - begins).days + 1 < count:
        yield from ((None, None) for _each in range(count))
        return
    days = (ends - begins).days + 1
    firsts = [begins + timedelta(days=days * place // count) for place in range(count)]
    for place, first in enumerate(firsts):
        yield first, (firsts[place + 1] - timedelta(days=1) if place + 1 < count else ends)


def at_stage(session: Session, site: Site, stage: str) -> None:
    """The site says which stage is under way."""
    if site.stage != stage:
        with session.no_autoflush:
            site.stage = stage
            claim(session, site)
        session.flush()
