"""Senders that are killed at any moment: nothing is lost, nothing is told twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

import leave_office
from company import SHOP, Company
from core.messages.models import DEAD, SENT, Outgoing
from core.messages.sender import UNSURE
from leave_office import LEAVE, application
from run_folder import kills
from sent_letters import Post

LETTERS = 40  # for each kill: more than are sent before it
SENDING = Path(leave_office.__file__).with_name("sending.py")


@pytest.fixture
def start(office: Company, post: Post) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts senders under one name; whichever still runs at the end is killed."""
    settings = office.installation.settings
    environment = {
        **os.environ,
        "ZHIDU_DATABASE_URL": office.database.url,
        "ZHIDU_HOME": str(settings.home),
        "ZHIDU_PLUGIN_FOLDERS": os.pathsep.join((str(SHOP), str(LEAVE))),
        "ZHIDU_SMTP_URL": post.mail.url,
        "ZHIDU_MAIL_FROM": settings.mail_from,
        "ZHIDU_PUBLIC_URL": settings.public_url,
        "ZHIDU_SMS_URL": post.gateway.url,
    }
    started: list[subprocess.Popen[bytes]] = []

    def start_one() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, str(SENDING), "one"], env=environment))
        return started[-1]

    yield start_one
    for each in started:
        each.kill()
        each.wait()


def over(post: Post) -> int:
    with post.office.session("east") as session:
        found = select(func.count()).select_from(Outgoing).where(Outgoing.state.in_((SENT, DEAD)))
        return session.scalar(found) or 0


def test_killed_again_and_again_a_sender_loses_nothing_and_tells_nothing_twice(
    post: Post, start, backend: str
):
    count = LETTERS * kills(backend)
    post.gateway.delay = post.mail.delay = 0.01
    number = application(post.office)
    for each in range(count):
        post.tell(number, f"1380000{each:04}", f"sms-{each}", "sms")
        post.tell(number, f"customer-{each}@example.com", f"mail-{each}", "email")
    for _kill in range(kills(backend)):
        before, sender = over(post), start()
        while over(post) < before + 5:
            assert sender.poll() is None
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.1))
        sender.kill()
        sender.wait()
    start()
    while over(post) < 2 * count:
        time.sleep(0.05)
    rows = post.rows()
    assert [each.state for each in rows if each.channel == "sms"] == [SENT] * count
    assert len(post.gateway.told) == count
    arrived = Counter(message_id for message_id, _subject, _text in post.mail.taken)
    unsure = [each for each in rows if each.state == DEAD]
    assert set(arrived.values()) == {1}
    assert all((each.channel, each.error) == ("email", UNSURE) for each in unsure)
    assert len(unsure) <= kills(backend)
    assert count - len(unsure) <= len(arrived) <= count
