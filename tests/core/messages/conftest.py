"""The company with the leave department, a mail server and a gateway of short messages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

import leave_office
import local_post
from company import Company
from core.messages.models import OptOut, Outgoing, OwnTemplate, QuietHours
from sent_letters import Post

PUBLIC = "https://zhidu.example"


@pytest.fixture(scope="module")
def gateway() -> Iterator[local_post.Gateway]:
    with local_post.gateway() as found:
        yield found


@pytest.fixture(scope="module")
def mail() -> Iterator[local_post.Mail]:
    with local_post.mail_server() as found:
        yield found


@pytest.fixture(scope="module")
def office(backend: str, mail, gateway, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    settings = {"smtp_url": mail.url, "mail_from": "zhidu@zhidu.example", "public_url": PUBLIC}
    home = tmp_path_factory.mktemp("post")
    with leave_office.opened(backend, home, sms_url=gateway.url, **settings) as made:
        yield made


@pytest.fixture
def post(office: Company, mail, gateway) -> Post:
    """An empty outbox."""
    with office.session() as session:
        for model in (Outgoing, OptOut, OwnTemplate, QuietHours):
            session.execute(delete(model))
    mail.taken.clear()
    mail.answers.clear()
    gateway.told.clear()
    gateway.requests.clear()
    gateway.answers.clear()
    gateway.takes_anyway = False
    return Post(office, mail, gateway)
