"""What stands in the outbox goes out once: by mail, as a short message, after failures, and not to whom wants none."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from core.messages import sender as sending
from core.messages.models import OptOut, Outgoing, QuietHours
from core.messages.quiet import after_quiet
from leave_office import application
from pages import Page
from sent_letters import Post

PHONE = "13800001111"


def test_a_letter_arrives_in_the_language_of_the_branch(post: Post):
    number = application(post.office, title="Leave in June", days=4)
    row = post.tell(number, "wang@example.com", "one", "email")
    post.send(2)
    [(message_id, subject, text)] = post.mail.taken
    assert subject == "已批准：Leave in June"
    assert text.startswith("已批准休假4天")
    assert f"https://zhidu.example/leave/application/{number}" in text
    assert message_id.endswith("@zhidu.example>")
    assert post.row(row).state == "sent"


def test_a_short_message_arrives_once_though_the_gateway_fails_first(post: Post):
    post.gateway.answers += [500, 503, 429]
    row = post.tell(application(post.office), PHONE, "one", "sms")
    post.send(6)
    assert (post.row(row).state, post.row(row).tries) == ("sent", 4)
    assert next(iter(post.gateway.told.values()))[0] == PHONE
    assert sum(post.gateway.requests.values()) == 4


def test_a_gateway_that_kept_what_it_refused_is_told_by_the_same_key(post: Post):
    post.gateway.answers += [500]
    post.gateway.takes_anyway = True
    post.tell(application(post.office), PHONE, "one", "sms")
    post.send(3)
    assert [len(post.gateway.told), sum(post.gateway.requests.values())] == [1, 2]


def test_a_mail_server_that_is_busy_is_asked_again(post: Post):
    post.mail.answers += ["451 later", "452 later"]
    row = post.tell(application(post.office), "wang@example.com", "one", "email")
    post.send(4)
    assert (post.row(row).state, len(post.mail.taken)) == ("sent", 1)


def test_the_pauses_grow_and_the_last_failure_is_a_dead_letter(post: Post):
    post.gateway.answers += [500] * 20
    row = post.tell(application(post.office), PHONE, "one", "sms")
    post.send(10)
    found = post.row(row)
    assert (found.state, found.tries) == ("dead", len(sending.PAUSES) + 1)
    assert found.error.startswith("500")
    assert list(sending.PAUSES) == sorted(set(sending.PAUSES))


def test_what_is_refused_for_good_is_not_tried_again(post: Post):
    post.gateway.answers += [400]
    sms = post.tell(application(post.office), PHONE, "one", "sms")
    post.mail.answers += ["550 nobody here"]
    letter = post.tell(application(post.office), "gone@example.com", "two", "email")
    post.send(3)
    assert [(each.state, each.tries) for each in (post.row(sms), post.row(letter))] == [("dead", 1)] * 2


def test_a_dead_letter_is_sent_again_by_hand(post: Post):
    post.gateway.answers += [400]
    row = post.tell(application(post.office), PHONE, "one", "sms")
    post.send()
    clerk = post.office.client_of("asking")
    assert clerk.post(f"/core/message/{row}/again").status_code == 403
    manager = post.office.client_of("leading")
    manager.get(f"/core/outgoing/{row}")
    assert manager.post(f"/core/message/{row}/again").status_code == 302
    assert post.row(row).state == "waiting"
    post.send()
    assert (post.row(row).state, len(post.gateway.told)) == ("sent", 1)
    assert manager.post(f"/core/message/{row}/again").status_code == 409


def test_dead_letters_are_sent_again_all_at_once(post: Post):
    number = application(post.office)
    post.gateway.answers += [400, 400]
    rows = [post.tell(number, PHONE, each, "sms") for each in ("one", "two")]
    post.send(2)
    fine = post.tell(number, PHONE, "three", "sms")
    post.send()
    assert [post.row(each).state for each in (*rows, fine)] == ["dead", "dead", "sent"]
    bulk, sent = "/core/outgoing/bulk/again", {"ids": [*rows, fine]}
    assert post.office.client_of("asking").post(bulk, sent).status_code == 403
    manager = post.office.client_of("leading")
    assert "/bulk/again" in manager.get("/core/outgoing/").text
    page = manager.post(bulk, sent).text
    assert page.count("This cannot be done to this record as it is now.") == 1
    assert [post.row(each).state for each in rows] == ["dead", "dead"]
    form = page[page.index('class="form-page bulk-form"') :]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))
    assert manager.post(bulk, hidden).status_code == 302
    assert [post.row(each).state for each in rows] == ["waiting", "waiting"]
    post.send(2)
    assert [post.row(each).state for each in (*rows, fine)] == ["sent"] * 3
    assert len(post.gateway.told) == 3


def test_nothing_is_told_twice_for_one_cause(post: Post):
    number = application(post.office)
    assert post.tell(number, PHONE, "bill-7-late", "sms") is not None
    assert post.tell(number, PHONE, "bill-7-late", "sms") is None
    assert post.tell(number, PHONE, "bill-8-late", "sms") is not None
    assert len(post.rows()) == 2


def test_who_wants_no_messages_gets_the_next_channel_or_none(post: Post):
    number = application(post.office)
    before = post.tell(number, PHONE, "before", "sms")
    post.office.put("east", OptOut(channel="sms", address=PHONE))
    called = post.row(post.tell(number, PHONE, "one", "sms", "call_list"))
    silent = post.row(post.tell(number, PHONE, "two", "sms"))
    assert [(called.channel, called.state), (silent.channel, silent.state)] == [
        ("call_list", "waiting"),
        ("sms", "opted_out"),
    ]
    post.send()
    assert (post.row(before).state, post.gateway.told) == ("opted_out", {})


def test_in_quiet_hours_nothing_goes_out(post: Post):
    here = datetime.now(ZoneInfo("Asia/Shanghai"))
    begins, ends = (f"{here + timedelta(hours=each):%H:%M}" for each in (-2, 2))
    post.office.put("east", QuietHours(begins=begins, ends=ends))
    row = post.tell(application(post.office), PHONE, "one", "sms")
    with post.office.session("east") as session:
        session.execute(update(Outgoing).values(next_at=datetime(2020, 1, 1, tzinfo=UTC)))
    post.send(2)
    found = post.row(row)
    assert (found.state, found.tries, post.gateway.told) == ("waiting", 0, {})


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-05-01T13:00", None),  # 21:00 is when they begin
        ("2026-05-01T12:59", "2026-05-01T12:59"),
        ("2026-05-01T23:59", None),
        ("2026-05-02T00:00", "2026-05-02T00:00"),  # 08:00 is when they end
    ],
)
def test_quiet_hours_over_midnight(at: str, until: str | None):
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(until or "2026-05-02T00:00").replace(tzinfo=UTC)
    assert after_quiet(now, "21:00", "08:00", "Asia/Shanghai") == expected


def test_what_a_dead_sender_had_in_hand_is_neither_lost_nor_told_twice(post: Post):
    from core.branches import system_scope

    number = application(post.office)
    rows = [post.tell(number, PHONE, "sms", "sms"), post.tell(number, "a@example.com", "mail", "email")]
    with system_scope("a sender that is killed now"):
        assert all(sending.claim(post.office.database, each or 0, "dead") for each in rows)
        sending.release(post.office.database, "dead")
    post.send()
    assert [post.row(each).state for each in rows] == ["sent", "dead"]
    assert "not known whether" in post.row(rows[1]).error
    assert post.mail.taken == []


def test_two_senders_take_a_message_once(post: Post):
    from core.branches import system_scope

    row = post.tell(application(post.office), PHONE, "one", "sms") or 0
    with system_scope("two senders"):
        found = [sending.claim(post.office.database, row, name) for name in ("one", "two")]
    assert [each is not None for each in found] == [True, False]


def test_under_the_bell_it_is_there_at_once(post: Post):
    number = application(post.office, title="Leave in July")
    post.tell_person(number, "asking", "one", "in_app")
    assert "Leave in July" in post.office.client_of("asking").get("/notices/").text
    assert "Leave in July" not in post.office.client_of("leading").get("/notices/").text


def test_a_call_list_is_worked_through_with_results(post: Post):
    row = post.tell(application(post.office, title="Leave in May"), PHONE, "one", "call_list")
    manager, other = post.office.client_of("leading"), post.office.client_of("helping")
    assert "People to call" in manager.get("/my-work/").text
    assert f'"/core/message/{row}/call"' in manager.get(f"/core/outgoing/{row}").text
    path = f"/core/message/{row}/call"
    manager.get(path)
    assert manager.post(path, {"result": " "}).status_code == 422
    assert manager.post(path, {"result": "Comes on Monday."}).status_code == 302
    found = post.row(row)
    assert (found.state, found.result, found.done_by) == (
        "sent",
        "Comes on Monday.",
        post.office.people["leading"],
    )
    other.get("/my-work/")
    faster = other.post(path, {"result": "Later, and not on Monday."})
    assert faster.status_code == 409
    assert "Somebody has entered the result of this call already." in faster.text
    assert Page(faster.text).entries["result"].strip() == "Later, and not on Monday."
    assert post.office.client_of("asking").get(path).status_code == 403


def test_what_is_rolled_back_tells_nobody(post: Post):
    from leave.models import Application

    from core.messages.outbox import Cause, tell_address

    number = application(post.office)
    with post.office.session("east") as session:
        record = session.get_one(Application, number)
        assert tell_address(session, "leave.granted", record, PHONE, Cause("one"), ("sms",))
        session.rollback()
    assert post.rows() == []


def test_a_notice_rule_tells_after_its_event(post: Post):
    asking = post.office.people["asking"]
    number = application(post.office, title="Leave in August", state="submitted", person_id=asking)
    done = post.office.api_of("leading")("POST", f"/api/v1/leave/application/{number}/grant", json={})
    assert done.status_code == 200
    [row] = post.rows()
    assert (row.user_id, row.channel, row.rule, row.state) == (asking, "in_app", "LEAVE-R03", "sent")
