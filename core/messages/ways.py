"""Through what a message may reach somebody: channels that are set up here, and that nobody has closed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.handbook.kinds import Notice
from core.handbook.registry import RuleBook
from core.handbook.settings import settings_on
from core.messages.addresses import plain
from core.messages.kinds import CALL_LIST, EMAIL, IN_APP, SMS
from core.messages.models import OptOut, Outgoing
from core.people.doors.mail import NOBODY
from core.settings import Settings


@dataclass(frozen=True)
class Way:
    """A channel, and the number or address that it takes; empty where it needs none."""

    channel: str
    address: str


def is_set_up(settings: Settings, channel: str) -> bool:
    """Whether anything here sends through a channel: a mail server, a gateway."""
    return bool({EMAIL: settings.smtp_url, SMS: settings.sms_url}.get(channel, True))


def ways_to_user(user: User) -> dict[str, Way]:
    """How one of the staff is reached, by channel."""
    found = {IN_APP: Way(IN_APP, "")}
    if user.email and not user.email.endswith(NOBODY):
        found[EMAIL] = Way(EMAIL, user.email)
    return found


def ways_to_address(address: str) -> dict[str, Way]:
    """How a customer is reached, by channel: through the mail, or by telephone; of whom no number is known, the call
    list tells."""
    if "@" in address:
        return {EMAIL: Way(EMAIL, address)}
    found = {CALL_LIST: Way(CALL_LIST, address)}
    return {**found, SMS: Way(SMS, address)} if address else found


def first_open(session: Session, settings: Settings, branch_id: int, ways: Sequence[Way]) -> tuple[Way, bool]:
    """The first of the ways that is set up and wanted, and True; else the first that is set up, or just the first, and
    False where it is not wanted."""
    return open_of(settings, ways, unwanted(session, branch_id, ways))


def open_of(settings: Settings, ways: Sequence[Way], closed: Collection[Way]) -> tuple[Way, bool]:
    """The same, where it is known which ways are closed."""
    tried = [each for each in ways if is_set_up(settings, each.channel)] or list(ways)
    found = next((each for each in tried if each not in closed), tried[0])
    return found, found not in closed


def unwanted(session: Session, branch_id: int, ways: Sequence[Way]) -> frozenset[Way]:
    """The ways that an opt-out of the branch closes; one statement."""
    addresses = {plain(each.address) for each in ways if each.address}
    if not addresses:
        return frozenset()
    found = session.execute(
        select(OptOut.channel, OptOut.address).where(
            OptOut.branch_id == branch_id, OptOut.address.in_(addresses)
        )
    )
    closed = {(row[0], row[1]) for row in found}
    return frozenset(each for each in ways if (each.channel, plain(each.address)) in closed)


def next_way(session: Session, settings: Settings, rules: RuleBook, row: Outgoing) -> Way | None:
    """The next channel after its own that the rule of a message names and the branch has chosen.

    It is set up, wanted, and reaches whom the message is for; None where there is none.
    """
    rule = rules.get(row.rule) if row.rule else None
    if not isinstance(rule, Notice):
        return None
    day = row.written_at.date()
    channels = rule.channels_by(settings_on(session, rule, row.branch_id, day) if rule.chosen else {})
    if row.channel not in channels:
        return None
    user = session.get(User, row.user_id) if row.user_id is not None else None
    known = ways_to_user(user) if user is not None else ways_to_address(row.address or "")
    left = channels[channels.index(row.channel) + 1 :]
    ways = [known[each] for each in left if each in known and is_set_up(settings, each)]
    closed = unwanted(session, row.branch_id, ways)
    return next((each for each in ways if each not in closed), None)
