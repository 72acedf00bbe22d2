"""Links: made, found by what somebody brings. A token is `<branch>-<secret>`: the branch says where to look, so that no
row of another one is read, and only the secret's hash is kept."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.branches import Branch, branch_scope
from core.branches.scope import current_branch_id
from core.branches.switches import plugin_on
from core.data import clock
from core.entities.query import MAX_ID
from core.entities.registry import entity_by_id
from core.entities.service import ADDED, SAVED, tell
from core.installation import installation
from core.people.access import current_user_id, today_in
from core.people.doors.sessions import fingerprint
from plugins.decoration.models.construction import Site
from plugins.decoration.models.design import Commission
from plugins.decoration.models.owner import OwnerLink
from plugins.decoration.rules import names_owner as o

DAYS = (30, 90, 180, 365)
TOKEN = re.compile(r"([0-9]{1,10})-([A-Za-z0-9_-]{43})")
NOTED_AGAIN = timedelta(minutes=10)


def make(
    session: Session, about: Site | Commission, days: int, contact: str, phone: str, locale: str | None
) -> str:
    """A link to the page of a site or a commission, good for so many days; answers its token. The caller commits."""
    secret = secrets.token_urlsafe(32)
    is_site = isinstance(about, Site)
    made = OwnerLink(
        customer_id=about.customer_id,
        site_id=about.id if is_site else None,
        commission_id=about.commission_id if isinstance(about, Site) else about.id,
        token_hash=fingerprint(secret),
        locale=locale,
        contact=contact,
        contact_phone=phone,
        made_by=current_user_id(),
        ends_on=today(session) + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    for what in (ADDED, SAVED):
        tell(session, entity_by_id(o.OWNER_LINK), made, what)
    return f"{current_branch_id()}-{secret}"


def path_of(token: str) -> str:
    return f"/decoration/owner/{token}"


@contextmanager
def opened(token: str) -> Iterator[OwnerLink | None]:
    """The link of a token, inside whose branch alone everything is read; None for one that was taken back, is past its
    last day, is of a branch that is closed or uses this no more, or never was one: nobody learns which."""
    parts = TOKEN.fullmatch(token)
    branch_id, secret = (int(parts[1]), parts[2]) if parts else (0, "")
    with branch_scope(branch_id if branch_id <= MAX_ID else 0):
        yield _found(installation().database.session(), branch_id if branch_id <= MAX_ID else 0, secret)


def note_opened(session: Session, link: OwnerLink) -> None:
    """Remember that the page was looked at; not at each turn. Commits."""
    now = clock.now()
    if link.opened_at is None or link.opened_at < now - NOTED_AGAIN:
        seen = update(OwnerLink).where(OwnerLink.id == link.id).values(opened_at=now)
        session.execute(seen.execution_options(synchronize_session=False))
        session.commit()


def today(session: Session) -> date:
    """The business date of the active branch."""
    return today_in(session, current_branch_id())


def _found(session: Session, branch_id: int, secret: str) -> OwnerLink | None:
    """One look for every token, so that the time says nothing about it."""
    asked = (
        select(OwnerLink, Branch.active)
        .join(Branch, Branch.id == OwnerLink.branch_id)
        .where(OwnerLink.token_hash == fingerprint(secret))
    )
    row = session.execute(asked).one_or_none()
    if row is None or not row.active or row.OwnerLink.state != o.OPEN:
        return None
    link: OwnerLink = row.OwnerLink
    is_good = today(session) <= link.ends_on and plugin_on("decoration", branch_id)
    return link if is_good else None
