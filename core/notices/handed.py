"""Positions that colleagues have handed to the person, as notices from the first day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from core.data import clock
from core.installation import installation
from core.notices.kinds import Notice, NoticeKind
from core.people.access import current_user_id
from core.people.models import Appointment
from core.people.rights.delegating import delegated_to
from core.people.rights.words import names_of
from core.ui import format as shown


def handed_over(session: Session, since: datetime) -> Sequence[Notice]:
    """One for each delegation that has begun."""
    begun = [(each, _begin(each)) for each in delegated_to(session, current_user_id() or 0)]
    counted = [(each, at) for each, at in begun if since <= at <= clock.now()]
    names = names_of(session, {each.acting_for_id or 0 for each, _at in counted})
    return [_notice(each, at, names.get(each.acting_for_id or 0, shown.DASH)) for each, at in counted]


def _begin(each: Appointment) -> datetime:
    return datetime.combine(each.valid_from, time.min, ZoneInfo(each.branch.time_zone))


def _notice(each: Appointment, at: datetime, name: str) -> Notice:
    position = installation().positions.get(each.position)
    return Notice(
        gettext(
            "You act for %(person)s as %(position)s",
            person=name,
            position=str(position.label) if position else each.position,
        ),
        url_for("DelegationView.overview"),
        at,
        hint=gettext("until %(date)s", date=shown.date(each.valid_to)),
        tone="info",
    )


NOTICES = (NoticeKind("core.handed-over", handed_over, icon="user-share"),)
