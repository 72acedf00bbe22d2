"""Customers who are told in sets: as each would be told alone, by a number of statements that does not grow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import event, select

from core.messages.models import OPTED_OUT, WAITING, OptOut, Outgoing, QuietHours
from core.messages.outbox import Cause, Said, tell_addresses
from leave_office import application
from sent_letters import Post

SMS, CALLS = "sms", "call_list"


def said(record: Any, number: int, address: str = "", channels: Sequence[str] = (SMS, CALLS)) -> Said:
    return Said(record, address or f"1380000{number:04d}", Cause(f"R|{number}", "LEAVE-R04"), channels)


@pytest.fixture
def record(post: Post) -> Any:
    from leave.models import Application

    number = application(post.office)
    with post.office.session("east") as session:
        found = session.get_one(Application, number)
        session.expunge(found)
    return found


def rows(post: Post) -> list[tuple[str | None, str, str]]:
    with post.office.session("east") as session:
        found = session.scalars(select(Outgoing).order_by(Outgoing.id)).all()
        return [(each.address, each.channel, each.state) for each in found]


def test_each_takes_its_own_way_and_nobody_is_told_twice(post: Post, record: Any):
    with post.office.session("east") as session:
        session.add_all(
            [OptOut(channel=SMS, address="13800000002"), OptOut(channel=SMS, address="13800000003")]
        )
        session.add_all([OptOut(channel=CALLS, address="13800000003")])
        session.flush()
        some = [said(record, each) for each in (1, 2, 3)]
        nameless = said(record, 4, " ", (SMS,))
        assert tell_addresses(session, "leave.granted", [*some, some[0], nameless]) == 3
        assert tell_addresses(session, "leave.granted", [*some, said(record, 5, channels=(CALLS,))]) == 1
    assert rows(post) == [
        ("13800000001", SMS, WAITING),
        ("13800000002", CALLS, WAITING),
        ("13800000003", SMS, OPTED_OUT),
        ("13800000005", CALLS, WAITING),
    ]


def test_alone_and_in_sets_say_the_same(post: Post, record: Any):
    with post.office.session("east") as session:
        session.add(QuietHours(begins="00:00", ends="23:59"))
    alone = post.row(post.tell(record.id, "13800000001", "R|1", SMS, CALLS, rule="LEAVE-R04"))
    with post.office.session("east") as session:
        assert tell_addresses(session, "leave.granted", [said(record, 1)]) == 0, "it is the same message"
        assert tell_addresses(session, "leave.granted", [said(record, 2)]) == 1
        other = session.scalars(select(Outgoing).order_by(Outgoing.id.desc()).limit(1)).one()
        session.expunge(other)
    same = ("template", "channel", "entity", "record_id", "rule", "subject", "body", "state", "next_at")
    assert [getattr(other, each) for each in same] == [getattr(alone, each) for each in same]


def test_statements_do_not_grow_with_the_messages(post: Post, record: Any):
    def counted(first: int, last: int) -> int:
        told: list[str] = []
        with post.office.session("east") as session:
            engine = session.get_bind()

            def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
                told.append(statement)

            event.listen(engine, "before_cursor_execute", note)
            try:
                some = [said(record, each) for each in range(first, last)]
                assert tell_addresses(session, "leave.granted", some) == last - first
            finally:
                event.remove(engine, "before_cursor_execute", note)
        return len(told)

    assert counted(100, 300) == counted(10, 20)
