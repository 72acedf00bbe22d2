"""An outbox, and where its messages arrive."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

import local_post
from company import Company
from core.branches import system_scope
from core.messages.models import Outgoing
from core.messages.outbox import Cause, tell_address, tell_user
from core.messages.sender import Sender, SenderOptions


@dataclass
class Post:
    """The company, its outbox, and where its messages arrive."""

    office: Company
    mail: local_post.Mail
    gateway: local_post.Gateway

    def tell(self, number: int, address: str, key: str, *channels: str, rule: str = "") -> int | None:
        """Write a message to a customer into the outbox, as a rule wants it; answers its id."""
        from leave.models import Application

        with self.office.session("east") as session:
            record = session.get_one(Application, number)
            row = tell_address(session, "leave.granted", record, address, Cause(key, rule), channels)
            session.flush()
            return row.id if row is not None else None

    def tell_person(self, number: int, username: str, key: str, *channels: str, rule: str = "") -> int | None:
        from leave.models import Application

        with self.office.session("east") as session:
            record = session.get_one(Application, number)
            user = self.office.people[username]
            row = tell_user(session, "leave.granted", record, user, Cause(key, rule), channels)
            session.flush()
            return row.id if row is not None else None

    def sender(self, name: str = "one", minute: float = 0.0) -> Sender:
        return Sender(self.office.app, name, threading.Event(), SenderOptions(0.01, minute))

    def send(self, times: int = 1) -> None:
        for _time in range(times):
            with system_scope("the test sends"):
                self.sender().send_due()

    def row(self, number: int | None) -> Any:
        with self.office.session("east") as session:
            found = session.get_one(Outgoing, number)
            session.expunge(found)
            return found

    def rows(self) -> list[Any]:
        with self.office.session("east") as session:
            found = list(session.scalars(select(Outgoing).order_by(Outgoing.id)))
            session.expunge_all()
            return found
