"""Links: made, sent, found by what somebody brings. A token is `<branch>-<secret>`: the branch says where to look, so
that no row of another one is read. Of the secret the hash is kept, and a seed out of which only the program's own key
makes it again, for the short message when it leaves."""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
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
from core.messages.kinds import SMS
from core.messages.models import OPTED_OUT
from core.messages.outbox import Cause, tell_address
from core.messages.ways import is_set_up
from core.people.access import current_user_id, today_in
from core.people.doors.sessions import fingerprint
from plugins.decoration.models.construction import Site
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Commission
from plugins.decoration.models.owner import OwnerLink
from plugins.decoration.rules import names_owner as o

DAYS = (30, 90, 180, 365)
TOKEN = re.compile(r"([0-9]{1,10})-([A-Za-z0-9_-]{43})")
NOTED_AGAIN = timedelta(minutes=10)


def make(
    session: Session, about: Site | Commission, days: int, contact: str, phone: str, locale: str | None
) -> OwnerLink:
    """A link to the page of a site or a commission, good for so many days. The caller commits."""
    seed = secrets.token_urlsafe(32)
    secret = _secret_of(seed)
    is_site = isinstance(about, Site)
    made = OwnerLink(
        customer_id=about.customer_id,
        site_id=about.id if is_site else None,
        commission_id=about.commission_id if isinstance(about, Site) else about.id,
        token_hash=fingerprint(secret),
        seed=seed,
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
    return made


def token_of(link: OwnerLink) -> str:
    """What the customer gets; it stands nowhere."""
    return f"{link.branch_id}-{_secret_of(link.seed)}"


def path_of(token: str) -> str:
    return f"/decoration/owner/{token}"


def address_of(link: OwnerLink) -> str:
    """The whole address of a link's page."""
    return installation().settings.public_url + path_of(token_of(link))


def can_send() -> bool:
    """Whether short messages go out from here. The call list is no way: nobody reads such an address to somebody."""
    return is_set_up(installation().settings, SMS)


def send(session: Session, link: OwnerLink) -> bool:
    """Put the link into the outbox for the customer's telephone; whether it goes out. The caller commits."""
    customer = session.get_one(Customer, link.customer_id)
    cause = Cause(f"{o.OWNER_LINK}:{link.id}")
    sent = tell_address(session, o.MESSAGE, link, customer.phone, cause, (SMS,))
    return sent is not None and sent.state != OPTED_OUT


def with_address(session: Session, link_id: int, text: str) -> str | None:
    """The words of a message as they leave, with the address in its place; None once the link was taken back."""
    link = session.get(OwnerLink, link_id)
    if link is None or link.state != o.OPEN:
        return None
    return text.replace(o.KNOWN_TO_CUSTOMER, address_of(link))


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


def _secret_of(seed: str) -> str:
    made = hmac.digest(
        installation().settings.secret_key.encode(), f"{o.OWNER_LINK}:{seed}".encode(), "sha256"
    )
    return urlsafe_b64encode(made).decode().rstrip("=")


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
