"""The inspector's round with a phone: the sites under way, each looked at and photographed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError, clock
from core.data.marks import N_
from core.entities.reading import shown_to_reader
from core.entities.registry import entity_by_id
from core.entities.service import SAVE, judged
from core.people.access import current_user_id, time_zone, today_in
from core.ui import format as shown
from core.visits.kinds import CHOICE, MOST_STOPS, NOTE, PHOTO, Book, Entry, Made, Round, Stop, Stops, Visit
from plugins.decoration import reach
from plugins.decoration.checks.construction_works import check_site_check
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_stages import SiteCheck
from plugins.decoration.models.customers import Customer, House
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.works.opening import added

MINE, ALL = "mine", "all"
ISSUE = "issue"
NOT_HERE = N_("This site is not under way any more.")
SAY_WHAT = N_("Say what was found.")


def books(_session: Session) -> Sequence[Book]:
    """One's own sites, and those of the branch that one sees."""
    return [Book(MINE, gettext("My sites"), True), Book(ALL, gettext("All sites"))]


def stops(session: Session, book: str | None) -> Stops:
    """The sites under way that were not looked at today, the one that waits longest first."""
    today = today_in(session, current_branch_id())
    own = [Site.inspector_id == current_user_id()] if book == MINE else []
    last = (
        select(SiteCheck.site_id, func.max(SiteCheck.checked_on).label("day"))
        .where(SiteCheck.branch_id == current_branch_id())
        .group_by(SiteCheck.site_id)
        .subquery()
    )
    asked = (
        select(Site, House.address, Customer.name, last.c.day)
        .join(House, House.id == Site.house_id)
        .join(Customer, Customer.id == Site.customer_id)
        .outerjoin(last, last.c.site_id == Site.id)
        .where(Site.state == n.UNDER_WAY, *own, *reach.of_own_customers(Site)())
        .order_by(last.c.day.is_not(None), last.c.day, Site.id)
        .limit(MOST_STOPS)
    )
    found = session.execute(asked).all()
    left = [row for row in found if row[3] != today]
    return Stops([_stop(*row) for row in left], len(found) - len(left), {}, shown.date(today))


def _stop(site: Site, address: str, customer: str, last: Any) -> Stop:
    entity = entity_by_id(n.SITE)
    stages = dict(entity.field("stage").options)
    lines = (
        (gettext("Customer"), str(shown_to_reader(entity_by_id(n.CUSTOMER), "name", customer) or "")),
        (gettext("Stage of the works"), str(stages.get(site.stage or "", shown.DASH))),
        (gettext("Checked last"), shown.date(last) if last is not None else shown.DASH),
    )
    title = str(shown_to_reader(entity_by_id(n.HOUSE), "address", address) or "")
    return Stop(site.id, title, site.number, lines)


def enter(session: Session, visit: Visit, user_id: int) -> Made:
    """Keep what was found on a site, through the same gate as what is entered at the desk."""
    site = session.get(Site, visit.stop)
    if site is None or site.state not in (n.UNDER_WAY, n.PAUSED):
        raise UserError(NOT_HERE)
    found = str(visit.values.get("found") or "").strip() or None
    is_issue = visit.values["verdict"] == ISSUE
    if is_issue and found is None:
        raise UserError(SAY_WHAT, field="found")
    day = clock.local(visit.at, time_zone(session, current_branch_id())).date()
    made = SiteCheck(site_id=site.id, checked_on=day, checked_by=user_id, found=found if is_issue else None)
    with session.no_autoflush:
        check_site_check(made)
        afterwards = judged(session, entity_by_id(c.SITE_CHECK), made, SAVE)
    added(session, c.SITE_CHECK, made)
    afterwards()
    return Made(c.SITE_CHECK, made.id)


ROUNDS = (
    Round(
        id="decoration.site-checks",
        label=_("Site round"),
        entity=c.SITE_CHECK,
        right="add",
        stop_entity=n.SITE,
        entries=(
            Entry(
                "verdict",
                _("How does the site look?"),
                CHOICE,
                choices=(("fine", _("In order")), (ISSUE, _("A quality issue"))),
                required=True,
            ),
            Entry("found", _("Quality issue"), NOTE),
            Entry("photo", _("Photo"), PHOTO),
        ),
        stops=stops,
        enter=enter,
        books=books,
        skips=(("closed", _("Nobody opened")), ("resting", _("Nobody works there today"))),
        help=_("Every site under way, the one that waits longest first."),
    ),
)
