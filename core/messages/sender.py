"""Sends what is due from the outbox: claimed first, then sent, then noted, each in a transaction of its own.

A sender that is killed leaves what it had in hand claimed. What the other side knows again by its key (a short
message) is sent anew; of a letter nobody can say whether it went out, so that it goes to the dead letters, where a
person decides. So nothing is lost, and nothing is told twice.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.branches.scope import system_scope
from core.data import clock
from core.data.database import Database
from core.data.marks import N_
from core.installation import EXTENSION, Installation
from core.messages.channels import FinalError, Letter, PassingError, UnsureError, hand_over, is_repeatable
from core.messages.kinds import EMAIL, IN_APP, SMS, MessageTemplate
from core.messages.models import DEAD, FAILED, OPTED_OUT, SENDING, SENT, WAITING, Outgoing
from core.messages.quiet import send_from
from core.messages.told import message_told
from core.messages.ways import Way, is_set_up, next_way, unwanted

log = logging.getLogger(__name__)
AT_ONCE = 50
PAUSES = (1, 5, 15, 60, 240, 720)
"""Minutes until a message is tried again; after the last it is given up."""
LEASE = timedelta(minutes=5)
"""So long a sender that is not heard of keeps what it claimed; longer than any channel takes."""
NOT_SET_UP = N_("This channel is not set up.")
NO_TEMPLATES: Mapping[str, MessageTemplate] = MappingProxyType({})
UNSURE = N_("It is not known whether this went out. Ask whoever it was for before it is sent again.")


@dataclass(frozen=True)
class SenderOptions:
    """`poll`: seconds between two looks into the outbox. `minute`: the seconds of a pause's minute."""

    poll: float = 2.0
    minute: float = 60.0


class Sender:
    """Sends until `end` is set, in a thread of its own: a slow server holds up nothing else."""

    def __init__(
        self, app: Flask, name: str, end: threading.Event, options: SenderOptions | None = None
    ) -> None:
        self.app, self.name, self.end = app, name, end
        self.options = options or SenderOptions()
        installed: Installation = app.extensions[EXTENSION]
        self.templates = installed.templates
        self.settings, self.database, self.rules = installed.settings, installed.database, installed.rules

    def start(self) -> threading.Thread:
        thread = threading.Thread(target=self.run, name="zhidu-sender")
        thread.start()
        return thread

    def run(self) -> None:
        """Look again and again; a database that does not answer is asked again."""
        with system_scope("the sender hands over messages of every branch"):
            self._quietly(lambda: release(self.database, self.name))
            while not self.end.is_set():
                if not self._quietly(self.send_due):
                    self.end.wait(self.options.poll)

    def send_due(self) -> int:
        """Send what is due now, one after the other; answers how many were tried."""
        release(self.database)
        with self.database.sessions() as session:
            due = [row[0] for row in session.execute(_due())]
        tried = 0
        for number in due:
            if self.end.is_set():
                break
            with self.app.app_context():
                letter = claim(self.database, number, self.name, self.templates)
                if letter is not None:
                    tried += 1
                    self._send(number, letter)
        return tried

    def _send(self, number: int, letter: Letter) -> None:
        if not is_set_up(self.settings, letter.channel) and self._pass_on(number, NOT_SET_UP):
            return
        try:
            hand_over(self.settings, letter)
        except PassingError as error:
            self._later(number, str(error))
        except FinalError as error:
            self._give_up(number, str(error))
        except UnsureError as error:
            if is_repeatable(letter.channel):
                self._later(number, str(error))
            else:
                _note(self.database, number, state=DEAD, error=UNSURE)
        else:
            _note(self.database, number, state=SENT, sent_at=clock.now(), error=None)

    def _later(self, number: int, error: str) -> None:
        with self.database.sessions.begin() as session:
            tries = session.scalar(select(Outgoing.tries).where(Outgoing.id == number)) or 1
            if tries <= len(PAUSES):
                pause = timedelta(seconds=PAUSES[tries - 1] * self.options.minute)
                _set(session, number, state=FAILED, error=error, next_at=clock.now() + pause)
                return
        self._give_up(number, error)

    def _give_up(self, number: int, error: str) -> None:
        """A message that will not go out this way takes the next one of its rule, or is a dead letter."""
        if not self._pass_on(number, error):
            _note(self.database, number, state=DEAD, error=error)

    def _pass_on(self, number: int, error: str) -> bool:
        """Let the next channel that its rule names take a message; False where there is none."""
        with self.database.sessions.begin() as session:
            row = session.get_one(Outgoing, number)
            way = next_way(session, self.settings, self.rules, row)
            if way is None:
                return False
            values: dict[str, Any] = {"state": WAITING, "tries": 0, "error": error, "claimed_by": None}
            values["next_at"] = send_from(session, row.branch_id, way.channel, clock.now())
            if way.channel == IN_APP:
                values |= {"state": SENT, "sent_at": clock.now()}
            if _set(session, number, channel=way.channel, address=way.address or None, **values):
                _tell(session, number, values["state"])
            return True

    def _quietly(self, work: Any) -> Any:
        try:
            return work()
        except SQLAlchemyError:
            log.warning("the database did not answer the sender; trying again", exc_info=True)
            return 0


def _due() -> Any:
    wanted = select(Outgoing.id).where(
        Outgoing.state.in_((WAITING, FAILED)),
        Outgoing.channel.in_((EMAIL, SMS)),
        Outgoing.next_at <= clock.now(),
    )
    return wanted.order_by(Outgoing.next_at, Outgoing.id).limit(AT_ONCE)


def claim(
    database: Database, number: int, name: str, templates: Mapping[str, MessageTemplate] = NO_TEMPLATES
) -> Letter | None:
    """Take a message in hand, finished as its template says; None where another sender has, its branch is quiet, or it
    is not wanted any more."""
    with database.sessions.begin() as session:
        taken: Any = session.execute(
            update(Outgoing)
            .where(Outgoing.id == number, Outgoing.state.in_((WAITING, FAILED)))
            .values(state=SENDING, claimed_by=name, claimed_at=clock.now(), tries=Outgoing.tries + 1)
            .execution_options(synchronize_session=False)
        )
        if taken.rowcount != 1:
            return None
        row = session.get_one(Outgoing, number)
        begins = send_from(session, row.branch_id, row.channel, clock.now())
        if begins > clock.now():
            _set(session, number, state=WAITING, next_at=begins, tries=row.tries - 1)
            return None
        body = _finished(session, row, templates)
        if body is None or _is_unwanted(session, row):
            _set(session, number, state=OPTED_OUT)
            _tell(session, number, OPTED_OUT)
            return None
        return Letter(row.key, row.channel, row.address or "", row.subject, body)


def release(database: Database, name: str = "") -> None:
    """Give back what dead senders had in hand: all of one whose name is taken anew, or what is claimed too long."""
    gone = Outgoing.claimed_by == name if name else Outgoing.claimed_at < clock.now() - LEASE
    with database.sessions.begin() as session:
        stuck = session.execute(
            select(Outgoing.id, Outgoing.channel).where(Outgoing.state == SENDING, gone)
        ).all()
        for number, channel in stuck:
            if is_repeatable(channel):
                _set(session, number, state=FAILED, next_at=clock.now())
            else:
                _set(session, number, state=DEAD, error=UNSURE)


def _finished(session: Session, row: Outgoing, templates: Mapping[str, MessageTemplate]) -> str | None:
    """The body with what stands in no outbox; None where what it tells of is over."""
    template = templates.get(row.template)
    finish = template.finish if template is not None else None
    return finish(session, row.record_id, row.body) if finish is not None else row.body


def _is_unwanted(session: Session, row: Outgoing) -> bool:
    return bool(unwanted(session, row.branch_id, [Way(row.channel, row.address or "")]))


def _note(database: Database, number: int, **values: Any) -> None:
    with database.sessions.begin() as session:
        if _set(session, number, **values):
            _tell(session, number, values["state"])


def _set(session: Session, number: int, **values: Any) -> bool:
    """Whether the message was still in this sender's hand."""
    done: Any = session.execute(
        update(Outgoing)
        .where(Outgoing.id == number, Outgoing.state == SENDING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)


def _tell(session: Session, number: int, state: str) -> None:
    """What waits for a message begins in the transaction that notes its end: it is neither lost nor told twice."""
    if state in (SENT, OPTED_OUT):
        message_told(session, number)
