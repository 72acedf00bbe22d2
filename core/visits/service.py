"""Takes a visit in: once, whatever way it is sent again, and through the gate of the plugin whose round it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches.scope import ScopeError
from core.data import UserError, Warned
from core.data.marks import N_
from core.entities.service import refusal
from core.files import service as files
from core.installation import installation
from core.visits.kinds import Round
from core.visits.models import ENTERED, SKIPPED, TakenVisit
from core.visits.sent import Envelope, Photo, Sent, read

ACCEPTED, REFUSED, CONFIRM = "accepted", "refused", "confirm"

OTHER_FIGURES = N_(
    "This visit has been sent before with other figures, and those were taken. Look at the record."
)
NOT_YOURS = N_("This visit was sent by somebody else.")
ELSEWHERE = N_("This visit is of another branch. Change to the branch %(branch)s; it is sent there.")
NOT_HERE = N_("This stop is not in your branch any more.")


@dataclass(frozen=True)
class Answer:
    """What became of a visit: accepted, refused with the reason, or to be confirmed. `url` is what it made."""

    state: str
    message: str = ""
    field: str = ""
    url: str = ""


def take(session: Session, round_: Round, outside: Envelope, branch: str, user_id: int) -> Answer:
    """Enter a visit in the active branch, of the code `branch`, and commit.

    One whose key is known takes no effect again, and is answered as it was. What is refused leaves nothing behind, its
    key neither: it may be sent again when the reason is gone.
    """
    known = _earlier(session, round_, outside, user_id)
    if known is not None:
        return known
    try:
        sent = read(round_, outside)
    except UserError as error:
        return _refused(round_, error)
    if sent.branch != branch:
        return Answer(REFUSED, str(UserError(ELSEWHERE, branch=sent.branch)))
    taken = _noted(round_, outside, sent, user_id)
    session.add(taken)
    try:
        # First of all: whoever sends the same at the same time waits here until this one is through.
        session.flush()
    except IntegrityError:
        session.rollback()
        return _earlier(session, round_, outside, user_id) or Answer(REFUSED, str(UserError(NOT_YOURS)))
    try:
        if not sent.skip:
            _enter(session, round_, sent, user_id, taken)
        _tell(session, taken)
        session.commit()
    except (UserError, NotFound, ScopeError, IntegrityError) as error:
        session.rollback()
        return _refused(round_, error)
    return Answer(ACCEPTED, url=_url(taken))


def _noted(round_: Round, outside: Envelope, sent: Sent, user_id: int) -> TakenVisit:
    return TakenVisit(
        key=outside.key,
        digest=outside.digest,
        round=round_.id,
        stop_id=sent.visit.stop,
        user_id=user_id,
        outcome=SKIPPED if sent.skip else ENTERED,
        reason=sent.skip or sent.visit.reason or None,
        note=sent.note or None,
        entity=round_.stop_entity if sent.skip else None,
        record_id=sent.visit.stop if sent.skip else None,
        visited_at=sent.visit.at,
    )


def _enter(session: Session, round_: Round, sent: Sent, user_id: int, taken: TakenVisit) -> None:
    made = round_.enter(session, sent.visit, user_id)
    taken.entity, taken.record_id = made.entity, made.record_id
    session.flush()
    _keep_photos(session, taken, sent.photos, user_id)


def _tell(session: Session, taken: TakenVisit) -> None:
    """A visit is an event of the rule book (`core.visit.added`), also where the stop was passed over."""
    told = installation().happened
    if told is not None:
        told(session, installation().entities["core.visit"], taken, "added")


def _keep_photos(session: Session, taken: TakenVisit, photos: Sequence[Photo], user_id: int) -> None:
    for each in photos:
        files.store(session, taken.entity or "", taken.record_id or 0, each.stream, each.name, user_id)


def _earlier(session: Session, round_: Round, outside: Envelope, user_id: int) -> Answer | None:
    """How a visit of this key was answered before, or None when it is new."""
    known = session.scalar(select(TakenVisit).where(TakenVisit.key == outside.key))
    if known is None:
        return None
    if known.user_id != user_id or known.round != round_.id:
        return Answer(REFUSED, str(UserError(NOT_YOURS)))
    if known.digest != outside.digest:
        return Answer(REFUSED, str(UserError(OTHER_FIGURES)), url=_url(known))
    return Answer(ACCEPTED, url=_url(known))


def _refused(round_: Round, error: Any) -> Answer:
    if isinstance(error, Warned):
        return Answer(CONFIRM, str(error), error.field or "")
    if isinstance(error, IntegrityError):
        error = refusal(installation().entities[round_.entity], error)
    if isinstance(error, UserError):
        return Answer(REFUSED, str(error), error.field or "")
    return Answer(REFUSED, str(UserError(NOT_HERE)))


def _url(taken: TakenVisit) -> str:
    entity = installation().entities.get(taken.entity or "")
    return f"{entity.path}{taken.record_id}" if entity is not None and taken.record_id else ""
